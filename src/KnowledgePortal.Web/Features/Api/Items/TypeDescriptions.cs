using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>A content type as JSON Schema describes it: its parts, their fields, what each member holds. Members beside them are allowed and kept.</summary>
public static class TypeDescriptions
{
    public static JsonObject Of(ContentTypeDefinition type)
    {
        var parts = new JsonObject { ["ContentType"] = new JsonObject { ["const"] = type.Name } };
        foreach (var part in type.Parts) parts[part.Name] = Part(part);
        return new JsonObject
        {
            ["name"] = type.Name, ["title"] = type.DisplayName, ["description"] = type.Description, ["creatable"] = type.IsCreatable,
            ["schema"] = new JsonObject
            {
                ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = type.DisplayName, ["type"] = "object", ["required"] = new JsonArray("ContentType"), ["properties"] = parts,
            },
        };
    }

    private static JsonObject Part(ContentTypePartDefinition part)
    {
        var members = new JsonObject();
        foreach (var (name, shape) in FieldShapes.Of(part.PartName)) members[name] = Member(shape, part);
        foreach (var field in part.Fields) members[field.Name] = Field(field);
        return new JsonObject { ["type"] = "object", ["title"] = part.DisplayName, ["x-part"] = part.PartName, ["properties"] = members };
    }

    private static JsonObject Field(ContentFieldDefinition field)
    {
        var members = new JsonObject();
        foreach (var (name, shape) in FieldShapes.Of(field.FieldType)) members[name] = Bounded(Member(shape, null), field, shape);
        var json = new JsonObject { ["type"] = "object", ["title"] = field.DisplayName, ["x-field"] = field.FieldType, ["x-required"] = field.IsRequired, ["properties"] = members };
        if (field.Hint.Length > 0) json["description"] = field.Hint;
        if (LooseJson.Text(field.Settings["TaxonomyContentItemId"]) is { Length: > 0 } taxonomy) json["x-taxonomy"] = taxonomy;
        if (field.FieldType == "ContentPickerField") json["x-types"] = new JsonArray([.. field.Settings.Texts("DisplayedContentTypes").Select(t => (JsonNode?)t)]);
        return json;
    }

    private static JsonObject Member(Shape shape, ContentTypePartDefinition? part) => shape switch
    {
        Shape.Text => Nullable("string"),
        Shape.Number => Nullable("number"),
        Shape.Flag => Nullable("boolean"),
        Shape.Moment => new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "date-time" },
        Shape.Clock => new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "time" },
        Shape.Texts => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        Shape.Items => Items(part),
        _ => new JsonObject { ["type"] = "array" },
    };

    private static JsonObject Items(ContentTypePartDefinition? part)
    {
        var names = part?.PartSettings.Texts("ContainedContentTypes").ToList() ?? [];
        var json = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } };
        if (names.Count > 0) json["x-types"] = new JsonArray([.. names.Select(n => (JsonNode?)n)]);
        return json;
    }

    private static JsonObject Bounded(JsonObject json, ContentFieldDefinition field, Shape shape)
    {
        if (shape == Shape.Number && LooseJson.Number(field.Settings["Minimum"]) is { } least) json["minimum"] = least;
        if (shape == Shape.Number && LooseJson.Number(field.Settings["Maximum"]) is { } most) json["maximum"] = most;
        if (shape == Shape.Text && field.AllSettings["TextFieldPredefinedListEditorSettings"] is JsonObject list && list.Objects("Options").Select(o => LooseJson.Text(o["value"])).OfType<string>().ToList() is { Count: > 0 } options)
            json["x-options"] = new JsonArray([.. options.Select(o => (JsonNode?)o)]);
        return json;
    }

    private static JsonObject Nullable(string type) => new() { ["type"] = new JsonArray(type, "null") };
}
