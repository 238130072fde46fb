using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>What became of an entry of a list.</summary>
public enum EntryKind
{
    Same,
    Removed,
    Added,

    /// <summary>A nested item whose fields differ.</summary>
    Changed,

    /// <summary>It stands elsewhere in the list.</summary>
    Moved,
}

/// <summary>An entry of a list; a nested item that changed says in what.</summary>
public sealed record EntryDifference(EntryKind Kind, string Text, IReadOnlyList<FieldDifference> Fields);

/// <summary>A field that differs: a text in pieces, or a list by entry.</summary>
/// <param name="Path">Part and member, as in the item.</param>
/// <param name="Label">What people call it.</param>
public sealed record FieldDifference(string Path, string Label)
{
    public IReadOnlyList<Piece> Pieces { get; init; } = [];

    public IReadOnlyList<EntryDifference> Entries { get; init; } = [];
}

/// <summary>Compares versions for people: by field, with the labels of the definition.</summary>
public sealed record VersionWords(FieldLabels Labels, ItemNames Names, TextDifference Texts)
{
    /// <summary>The fields that differ, in the order of the newer version.</summary>
    public IReadOnlyList<FieldDifference> Between(string contentType, JsonObject older, JsonObject newer) =>
        [.. Order(contentType, ContentDifference.Between(older, newer).SelectMany(Members)).Select(change => Of(contentType, change))];

    /// <summary>The names of the fields that differ.</summary>
    public IReadOnlyList<string> Changed(string contentType, JsonObject older, JsonObject newer) =>
        [.. Order(contentType, ContentDifference.Between(older, newer).SelectMany(Members)).Select(c => Labels.Of(contentType, c.Part, c.Member)).Distinct()];

    /// <summary>How one member differs.</summary>
    public FieldDifference Of(string contentType, ContentChange change)
    {
        var shown = new FieldDifference(change.Member.Length > 0 ? $"{change.Part}.{change.Member}" : change.Part, Labels.Of(contentType, change.Part, change.Member));
        if (IsRows(change.Before) && IsRows(change.After)) return shown with { Entries = Rows(change.Before as JsonArray, change.After as JsonArray) };
        var (before, after) = (Say(contentType, change.Part, change.Member, change.Before), Say(contentType, change.Part, change.Member, change.After));
        return before.Entries is null && after.Entries is null
            ? shown with { Pieces = Texts.Between(before.Text, after.Text) }
            : shown with { Entries = Listed(before.Entries ?? [], after.Entries ?? []) };
    }

    /// <summary>What one member says.</summary>
    public Said Say(string contentType, string part, string member, JsonNode? value) =>
        part == nameof(ViewGroupsPart) && value is JsonArray groups ? new Said("", [.. groups.Select(g => Names.Group(g?.ToString() ?? ""))])
        : value is JsonArray { Count: > 0 } rows && IsRows(rows) ? new Said("", [.. rows.OfType<JsonObject>().Select(Title)]) : FieldWords.Say(value, Labels.Field(contentType, part, member), Names);

    // A part that came or went as a whole is shown by its members.
    private static IEnumerable<ContentChange> Members(ContentChange change) =>
        change.Member.Length == 0 && change.Before is null or JsonObject && change.After is null or JsonObject
            ? ((change.Before as JsonObject) ?? []).Select(m => m.Key).Union(((change.After as JsonObject) ?? []).Select(m => m.Key))
                .Select(name => new ContentChange(change.Part, name, (change.Before as JsonObject)?[name], (change.After as JsonObject)?[name]))
                .Where(c => c.Before is not null || c.After is not null)
            : [change];

    private IEnumerable<ContentChange> Order(string contentType, IEnumerable<ContentChange> changes) =>
        changes.Where(c => c.Member != "TagNames").OrderBy(c => Labels.Position(contentType, c.Part, c.Member));

    private List<EntryDifference> Rows(JsonArray? before, JsonArray? after)
    {
        var (older, newer) = (Keyed(before), Keyed(after));
        var order = ListDifference.Of([.. older.Keys], [.. newer.Keys]);
        var moved = order.Where(r => r.Kind == PieceKind.Added).SelectMany(r => newer.Keys.Skip(r.Start).Take(r.Count)).Where(older.ContainsKey).ToHashSet();
        var entries = new List<EntryDifference>();
        foreach (var (kind, start, count) in order)
            foreach (var id in (kind == PieceKind.Added ? newer.Keys : older.Keys).Skip(start).Take(count))
            {
                if (kind == PieceKind.Removed && moved.Contains(id)) continue;
                if (kind == PieceKind.Removed) entries.Add(new EntryDifference(EntryKind.Removed, Title(older[id]), []));
                else entries.Add(Row(older.GetValueOrDefault(id), newer[id], moved.Contains(id)));
            }
        return entries;
    }

    private EntryDifference Row(JsonObject? before, JsonObject after, bool hasMoved)
    {
        if (before is null) return new EntryDifference(EntryKind.Added, Title(after), []);
        var fields = Between(after["ContentType"]?.ToString() ?? "", before, after).Where(f => f.Path != "DisplayText").ToList();
        return new EntryDifference(fields.Count > 0 ? EntryKind.Changed : hasMoved ? EntryKind.Moved : EntryKind.Same, Title(after), fields);
    }

    private static List<EntryDifference> Listed(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        [.. ListDifference.Of(before, after).SelectMany(run => (run.Kind == PieceKind.Added ? after : before).Skip(run.Start).Take(run.Count)
            .Select(text => new EntryDifference(run.Kind switch { PieceKind.Added => EntryKind.Added, PieceKind.Removed => EntryKind.Removed, _ => EntryKind.Same }, text, [])))];

    private static bool IsRows(JsonNode? value) => value is null || value is JsonArray rows && rows.All(r => r is JsonObject row && row["ContentType"] is JsonValue);

    private string Title(JsonObject row)
    {
        var type = row["ContentType"]?.ToString() ?? "";
        var title = row["DisplayText"]?.ToString() ?? "";
        if (title.Length > 0) return title;
        // A row without a title is known by what stands in it.
        var words = row.Where(m => m.Value is JsonObject).SelectMany(p => p.Value!.AsObject().Select(m => FieldWords.Say(m.Value, Labels.Field(type, p.Key, m.Key), Names)))
            .Select(s => s.Entries is { } entries ? string.Join(", ", entries) : s.Text).Where(t => t.Length > 0);
        return string.Join(" · ", words) is { Length: > 0 } text ? text.Length > LongestTitle ? text[..LongestTitle] + "…" : text : Labels.Type(type);
    }

    private const int LongestTitle = 120;

    private static Dictionary<string, JsonObject> Keyed(JsonArray? rows)
    {
        var keyed = new Dictionary<string, JsonObject>();
        foreach (var row in rows?.OfType<JsonObject>() ?? [])
            keyed[row["ContentItemId"]?.ToString() is { Length: > 0 } id && !keyed.ContainsKey(id) ? id : $"#{keyed.Count}"] = row;
        return keyed;
    }
}
