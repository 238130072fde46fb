using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Definitions;

/// <summary>A content type as recipes have defined it, with the fields of its parts.</summary>
/// <param name="Name">The content type.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="IsCreatable">Whether people may make new items of it.</param>
/// <param name="Parts">Its parts by position.</param>
public sealed record ContentTypeDefinition(
    string Name, string DisplayName, string Description, bool IsCreatable, IReadOnlyList<ContentTypePartDefinition> Parts)
{
    /// <summary>Whether there are permissions for this type alone, and its items may be seen by some groups only.</summary>
    public bool IsSecurable { get; init; }

    /// <summary>The part attached under this name, or null.</summary>
    public ContentTypePartDefinition? Part(string name) => Parts.FirstOrDefault(p => p.Name == name);
}

/// <summary>A part on a type.</summary>
/// <param name="PartName">Which part.</param>
/// <param name="Name">The name under which it is attached, which is its key in an item.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">A hint; may be empty.</param>
/// <param name="Settings">All settings of the part on this type.</param>
/// <param name="Fields">The fields of the part by position.</param>
public sealed record ContentTypePartDefinition(
    string PartName, string Name, string DisplayName, string Description, JsonObject Settings, IReadOnlyList<ContentFieldDefinition> Fields)
{
    /// <summary>The part's own settings, such as <c>AutoroutePartSettings</c>; those of before 2019, which lie flat, included.</summary>
    public JsonObject PartSettings => DefinitionSettings.Of(Settings, PartName + "Settings");
}

/// <summary>A field of a part.</summary>
/// <param name="FieldType">The kind of field, such as <c>TextField</c>.</param>
/// <param name="Name">Its key in the part.</param>
/// <param name="DisplayName">Its label.</param>
/// <param name="Editor">The editor that the definition asks for; may be empty.</param>
/// <param name="Settings">The settings of its kind: hint, required, bounds.</param>
/// <param name="AllSettings">Every settings object of the field.</param>
public sealed record ContentFieldDefinition(string FieldType, string Name, string DisplayName, string Editor, JsonObject Settings, JsonObject AllSettings)
{
    /// <summary>Whether an item may not be published without it.</summary>
    public bool IsRequired => LooseJson.Flag(Settings["Required"]);

    /// <summary>What helps to fill it in; may be empty.</summary>
    public string Hint => Settings["Hint"]?.ToString() ?? "";
}

/// <summary>Reads content definitions.</summary>
public sealed class ContentDefinitions(Database database)
{
    /// <summary>The type, or null when no recipe has defined it.</summary>
    public async Task<ContentTypeDefinition?> FindAsync(string contentType)
    {
        var document = await database.FirstAsync<string>("select document from content_type_definitions where name = @contentType", new { contentType });
        return document is null ? null : Type(Parse(document), await PartsAsync());
    }

    /// <summary>The type as a transaction sees it, or null.</summary>
    public static async Task<ContentTypeDefinition?> FindAsync(string contentType, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>("select document from content_type_definitions where name = @contentType", new { contentType });
        if (document is null) return null;
        var type = Parse(document);
        var names = Records(type, DefinitionJson.Parts).Select(r => Text(r, "PartName")).ToList();
        var parts = await transaction.QueryAsync<(string Name, string Document)>("select name, document from content_part_definitions where name in @names", new { names });
        return Type(type, parts.ToDictionary(p => p.Name, p => Parse(p.Document)));
    }

    /// <summary>Every type, by name.</summary>
    public async Task<IReadOnlyDictionary<string, ContentTypeDefinition>> AllAsync()
    {
        var parts = await PartsAsync();
        return (await database.QueryAsync<string>("select document from content_type_definitions order by name"))
            .Select(document => Type(Parse(document), parts)).ToDictionary(type => type.Name);
    }

    /// <summary>The types that have permissions of their own.</summary>
    public async Task<IReadOnlySet<string>> SecurableAsync() =>
        (await database.QueryAsync<string>("select document from content_type_definitions")).Select(Parse).Where(IsSecurable).Select(json => Text(json, "Name")).ToHashSet();

    private static bool IsSecurable(JsonObject json) => LooseJson.Flag(DefinitionSettings.OfRecord(json, "ContentTypeSettings")["Securable"]);

    private async Task<Dictionary<string, JsonObject>> PartsAsync() =>
        (await database.QueryAsync<(string Name, string Document)>("select name, document from content_part_definitions"))
        .ToDictionary(p => p.Name, p => Parse(p.Document));

    private static ContentTypeDefinition Type(JsonObject json, Dictionary<string, JsonObject> parts)
    {
        var name = Text(json, "Name");
        var settings = DefinitionSettings.OfRecord(json, "ContentTypeSettings");
        var creatable = LooseJson.Flag(settings["Creatable"]);
        var attached = Records(json, "ContentTypePartDefinitionRecords").Select(record => (Position: Position(record, "ContentTypePartSettings"), Part: Part(record, parts)));
        return new ContentTypeDefinition(name, OrElse(Text(json, "DisplayName"), name), Text(settings, "Description"), creatable, [.. attached.OrderBy(a => a.Position).Select(a => a.Part)])
        {
            IsSecurable = IsSecurable(json),
        };
    }

    private static ContentTypePartDefinition Part(JsonObject record, Dictionary<string, JsonObject> parts)
    {
        var settings = record.Section("Settings");
        var own = DefinitionSettings.OfRecord(record, "ContentTypePartSettings");
        var partName = Text(record, "PartName");
        var name = OrElse(Text(record, "Name"), partName);
        var fields = parts.TryGetValue(partName, out var part)
            ? Records(part, "ContentPartFieldDefinitionRecords").Select(f => (Position: Position(f, "ContentPartFieldSettings"), Field: Field(f))).OrderBy(f => f.Position).Select(f => f.Field)
            : [];
        return new ContentTypePartDefinition(partName, name, OrElse(Text(own, "DisplayName"), name), Text(own, "Description"), settings, [.. fields]);
    }

    private static ContentFieldDefinition Field(JsonObject record)
    {
        var settings = record.Section("Settings");
        var own = DefinitionSettings.OfRecord(record, "ContentPartFieldSettings");
        var type = Text(record, "FieldName");
        var name = Text(record, "Name");
        return new ContentFieldDefinition(type, name, OrElse(Text(own, "DisplayName"), name), Text(own, "Editor"), DefinitionSettings.Of(settings, type + "Settings"), settings);
    }

    // "1.5" stands between "1" and "2"; what is no number ("before") comes first.
    private static decimal Position(JsonObject record, string settings) =>
        decimal.TryParse(Text(DefinitionSettings.OfRecord(record, settings), "Position"), NumberStyles.Number, CultureInfo.InvariantCulture, out var position) ? position : -1;

    private static IEnumerable<JsonObject> Records(JsonObject json, string name) => (json[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static string Text(JsonObject json, string name) => json[name]?.ToString() ?? "";

    private static string OrElse(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static JsonObject Parse(string document) => JsonNode.Parse(document)!.AsObject();
}
