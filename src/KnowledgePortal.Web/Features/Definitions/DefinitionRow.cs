using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>A definition as it is stored. What nobody here knows in it stays as it is.</summary>
/// <param name="Name">The type or part.</param>
/// <param name="Document">Orchard's JSON of it.</param>
/// <param name="Stamp">Changes with every change; a form carries the one that it was made from.</param>
public sealed record DefinitionRow(string Name, JsonObject Document, string Stamp)
{
    public const string TypeParts = "ContentTypePartDefinitionRecords";
    public const string PartFields = "ContentPartFieldDefinitionRecords";

    public static DefinitionRow Of(string name, string document) =>
        new(name, JsonNode.Parse(document)!.AsObject(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)))[..16]);

    public JsonObject Settings => SettingsOf(Document);

    /// <summary>Parts on a type, or fields of a part, by their position.</summary>
    public IReadOnlyList<DefinitionRecord> Records(string list) => Ordered(Document, list);

    public static IReadOnlyList<DefinitionRecord> Ordered(JsonObject document, string list) =>
        document[list] is JsonArray records ? [.. records.OfType<JsonObject>().Select(r => new DefinitionRecord(r)).OrderBy(r => r.Position)] : [];

    /// <summary>The settings of a definition or record; made when there are none.</summary>
    public static JsonObject SettingsOf(JsonObject json)
    {
        if (json["Settings"] is not JsonObject) json["Settings"] = new JsonObject();
        return json["Settings"]!.AsObject();
    }
}

/// <summary>A part on a type, or a field of a part.</summary>
public sealed record DefinitionRecord(JsonObject Json)
{
    public string Kind => Json["PartName"]?.ToString() ?? Json["FieldName"]?.ToString() ?? "";

    public string Name => Json["Name"]?.ToString() is { Length: > 0 } name ? name : Kind;

    public JsonObject Settings => DefinitionRow.SettingsOf(Json);

    public string DisplayName => Own["DisplayName"]?.ToString() is { Length: > 0 } title ? title : PartKinds.Find(Name)?.Title ?? Name;

    /// <summary>What is no number comes first, as everywhere that definitions are read.</summary>
    public decimal Position => decimal.TryParse(Own["Position"]?.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var position) ? position : -1;

    public void SetPosition(int position)
    {
        if (Settings[Section] is not JsonObject) Settings[Section] = new JsonObject();
        Settings[Section]!["Position"] = position.ToString(CultureInfo.InvariantCulture);
    }

    private string Section => Json.ContainsKey("FieldName") ? "ContentPartFieldSettings" : "ContentTypePartSettings";

    private JsonObject Own => Json["Settings"]?[Section] as JsonObject ?? [];
}

/// <summary>Which of the two tables of definitions.</summary>
public enum DefinitionTable
{
    /// <summary>content_type_definitions.</summary>
    Types,

    /// <summary>content_part_definitions.</summary>
    Parts,
}

/// <summary>Reads and writes definitions, one row each.</summary>
public sealed class DefinitionRows(Database database)
{
    public async Task<IReadOnlyList<DefinitionRow>> AllAsync(DefinitionTable table) =>
        [.. (await database.QueryAsync<(string Name, string Document)>($"select name, document from {Table(table)} order by name")).Select(r => DefinitionRow.Of(r.Name, r.Document))];

    public async Task<DefinitionRow?> FindAsync(DefinitionTable table, string name) =>
        await database.FirstAsync<string>($"select document from {Table(table)} where name = @name", new { name }) is { } document ? DefinitionRow.Of(name, document) : null;

    /// <summary>Writes unless somebody else has changed the row since <paramref name="seen"/> (empty for a row that was not there); false then.</summary>
    public static async Task<bool> WriteAsync(DefinitionTable table, string name, JsonObject document, string seen, DatabaseTransaction transaction)
    {
        var before = await transaction.FirstAsync<string>($"select document from {Table(table)} where name = @name", new { name });
        if (seen != (before is null ? "" : DefinitionRow.Of(name, before).Stamp)) return false;
        await transaction.ExecuteAsync(
            $"insert into {Table(table)} (name, document) values (@name, @document) on conflict (name) do update set document = excluded.document",
            new { name, document = document.ToJsonString(JsonText.Options) });
        return true;
    }

    private static string Table(DefinitionTable table) => table == DefinitionTable.Types ? "content_type_definitions" : "content_part_definitions";
}
