using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>ContentDefinition</c> merges types and parts into what exists; <c>ReplaceContentDefinition</c> puts them in its place.</summary>
public sealed class ContentDefinitionStep(bool replaces) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => replaces ? "ReplaceContentDefinition" : "ContentDefinition";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var part in context.Objects("ContentParts")) await WriteAsync(DefinitionJson.Part(part, context.Refuse), "content_part_definitions", context);
        foreach (var type in context.Objects("ContentTypes")) await WriteAsync(DefinitionJson.Type(type, context.Refuse), "content_type_definitions", context);
    }

    private async Task WriteAsync(JsonObject definition, string table, RecipeStepContext context)
    {
        var name = definition["Name"]!.GetValue<string>();
        var known = await context.Transaction.FirstAsync<string>($"select document from {table} where name = @name", new { name });
        var merged = known is null || replaces ? definition : DefinitionMerge.Merge(JsonNode.Parse(known)!.AsObject(), definition);
        var document = merged.ToJsonString(JsonText.Options);
        if (document == known) return;
        await context.Transaction.ExecuteAsync(
            $"insert into {table} (name, document) values (@name, @document) on conflict (name) do update set document = excluded.document", new { name, document });
        context.Report.Wrote(name, known is null);
    }
}

/// <summary><c>DeleteContentDefinition</c>: drops types and parts by name; their content stays as it is.</summary>
public sealed class DeleteContentDefinitionStep : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "DeleteContentDefinition";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var name in context.Texts("ContentTypes")) await DeleteAsync(name, "content_type_definitions", context);
        foreach (var name in context.Texts("ContentParts")) await DeleteAsync(name, "content_part_definitions", context);
    }

    private static async Task DeleteAsync(string name, string table, RecipeStepContext context)
    {
        if (await context.Transaction.ExecuteAsync($"delete from {table} where name = @name", new { name }) > 0) context.Report.Removed(name);
    }
}
