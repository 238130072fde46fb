using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>ContentDefinition</c>: merges types and parts into what exists; never removes.</summary>
public class ContentDefinitionStep : IRecipeStep
{
    /// <inheritdoc/>
    public virtual string Name => "ContentDefinition";

    /// <summary>Whether a definition of the same name is replaced instead of merged.</summary>
    protected virtual bool Replaces => false;

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var part in context.Objects("ContentParts"))
            await WriteAsync("content_part_definitions", part, context);
        foreach (var type in context.Objects("ContentTypes"))
            await WriteAsync("content_type_definitions", type, context);
    }

    private async Task WriteAsync(string table, JsonObject definition, RecipeStepContext context)
    {
        if (definition["Name"]?.ToString() is not { Length: > 0 } name)
            throw new InvalidRecipeException("a content definition has no Name");
        var known = Replaces ? null : await context.Transaction.FirstAsync<string>($"select document from {table} where name = @name", new { name });
        var merged = known is null ? definition : DefinitionMerge.Merge(JsonNode.Parse(known)!.AsObject(), definition);
        await context.Transaction.ExecuteAsync(
            $"insert into {table} (name, document) values (@name, @document) on conflict (name) do update set document = excluded.document",
            new { name, document = merged.ToJsonString(JsonText.Options) });
        context.Report.Written++;
    }
}

/// <summary><c>ReplaceContentDefinition</c>: the same, but what was there before goes.</summary>
public sealed class ReplaceContentDefinitionStep : ContentDefinitionStep
{
    /// <inheritdoc/>
    public override string Name => "ReplaceContentDefinition";

    /// <inheritdoc/>
    protected override bool Replaces => true;
}
