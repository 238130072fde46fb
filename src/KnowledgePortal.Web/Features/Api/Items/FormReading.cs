using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Reads an item that was sent as if it had been typed into its form: what the form refuses is refused, texts are stored as it stores them.</summary>
public sealed class FormReading(FormSchemas schemas, FormChoices choices, ContentDefinitions definitions, Drafts drafts)
{
    public async Task<bool> IsDefinedAsync(string contentType) => (await definitions.AllAsync()).ContainsKey(contentType);

    /// <summary>Whether every member holds what its kind holds; rows get their ids.</summary>
    /// <exception cref="ApiRefusal">The type has no form: nobody writes items of it.</exception>
    public async Task<IReadOnlyList<FieldFault>> CheckAsync(ContentItem item, ContentItem? before, Visitor visitor)
    {
        var schema = await SchemaAsync(item, before, visitor);
        var types = await definitions.AllAsync();
        return
        [
            .. FieldShapes.Check(schema.Type, item.Parts).Where(f => IsChanged(f.Field, item, before)),
            .. schema.Bags.SelectMany(bag => NestedItems.Settle(item, before, bag, types)),
        ];
    }

    public async Task<IReadOnlyList<FieldFault>> ReadAsync(ContentItem item, ContentItem? before, Visitor visitor)
    {
        var schema = await SchemaAsync(item, before, visitor);
        var typed = schema.Fill(item);
        var findings = new FormFindings();
        var read = before?.Copy() ?? drafts.New(item.ContentType, visitor.Actor());
        var offered = await choices.CompleteAsync(schema, typed, visitor);
        offered.Apply(typed, read, findings);
        foreach (var field in schema.Fields) Settle(field, item, read);
        if (schema.Fields.Any(f => f.Editor is TitleEditor)) item.DisplayText = read.DisplayText;
        else if (item.DisplayText.Length == 0) item.DisplayText = schema.Type.DisplayName;
        else item.DisplayText = TypedText.Line(item.DisplayText) is { Length: > TypedText.LongestTitle } title ? title[..TypedText.LongestTitle] : TypedText.Line(item.DisplayText);
        return [.. findings.Problems.Select(p => new FieldFault(p.Path, p.Words))];
    }

    // Texts are stored as the form would have stored them; one that says the same as before stays as it was.
    private static void Settle(FieldPlan field, ContentItem item, ContentItem read)
    {
        if (field.Editor is not (TitleEditor or TextEditor or MarkdownEditor or HtmlEditor or AliasEditor) || field.StoredIn(item.Parts) is not { } stored || field.StoredIn(read.Parts) is not { } settled) return;
        foreach (var name in new[] { "Title", "Text", "Markdown", "Html", "Alias" })
            if (stored[name] is JsonValue && settled[name] is JsonValue value) stored[name] = value.DeepClone();
    }

    /// <summary>Whether the part of a path differs from what is stored.</summary>
    public static bool IsChanged(string path, ContentItem item, ContentItem? before)
    {
        var part = path.Split('.', '[')[0];
        return !JsonNode.DeepEquals(item.Parts[part], before?.Parts[part]);
    }

    private async Task<FormSchema> SchemaAsync(ContentItem item, ContentItem? before, Visitor visitor) =>
        await schemas.FindAsync(item.ContentType, visitor, before) ?? throw new ApiRefusal(new ApiProblem(ProblemKind.Forbidden));
}
