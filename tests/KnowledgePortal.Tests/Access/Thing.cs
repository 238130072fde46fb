using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Tests.Access;

/// <summary>Somebody who asks, as the site knows him.</summary>
public sealed record Person(string Name, string[] Roles, params string[] Groups)
{
    public string UserName => $"{Name}@people.example";
}

/// <summary>
/// Something that some may see. Its words stand nowhere else: the marker in its title and address, the secret in its text, so that an answer that has one
/// of them speaks of it.
/// </summary>
public sealed record Thing(string Name, string Type, string Folder, string[] Seers)
{
    public string Id { get; } = $"4zq{Code(Name),23}".Replace(' ', '0');

    public string Marker => $"zqm{Code(Name)}";

    public string Secret => $"zqs{Code(Name)}";

    public string Path { get; init; } = Folder + $"zqp{Code(Name)}";

    /// <summary>Who may see its drafts, besides.</summary>
    public string[] Previewers { get; init; } = [];

    /// <summary>Media files that it alone uses.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public string[] Words => [Marker, Secret, Id, $"zqp{Code(Name)}"];

    public string Former => $"zqf{Code(Name)}";

    /// <summary>Another one that is nowhere.</summary>
    public Thing Missing => new(Name + "gone", Type, Folder, []) { Path = Path.Replace($"zqp{Code(Name)}", $"zqp{Code(Name + "gone")}"), Files = [.. Files.Select(f => f.Replace(Name, Name + "gone"))] };

    /// <summary>A text in which every word of the thing is replaced by the name of the word.</summary>
    public string Plain(string text) => text.Replace(Id, "{id}").Replace(Id[..25], "{id}").Replace(Marker, "{marker}").Replace(Secret, "{secret}").Replace($"zqp{Code(Name)}", "{path}").Replace(Former, "{former}").Replace(Files.Count > 0 ? Name : "\0", "{name}");

    public ContentItem Item(JsonObject parts, string? owner = null, string[]? groups = null, bool published = true)
    {
        var json = new JsonObject
        {
            ["ContentItemId"] = Id, ["ContentItemVersionId"] = Id[..25] + "v", ["ContentType"] = Type, ["DisplayText"] = $"{Marker} หัวเรื่อง", ["Latest"] = true, ["Published"] = published,
            ["Owner"] = owner, ["Author"] = owner, ["CreatedUtc"] = "2026-11-01T00:00:00Z", ["ModifiedUtc"] = "2026-11-01T00:00:00Z", ["PublishedUtc"] = published ? "2026-11-01T00:00:00Z" : null,
            ["TitlePart"] = new JsonObject { ["Title"] = $"{Marker} หัวเรื่อง" },
            ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = $"zqcommon {Secret} {string.Join(' ', Files.Select(f => $"[ไฟล์](/media/{f})"))}" },
        };
        if (Path.Length > 0 && Type != "Recording") json["AutoroutePart"] = new JsonObject { ["Path"] = Path };
        if (groups is not null) json["ViewGroupsPart"] = new JsonObject { ["Groups"] = new JsonArray([.. groups.Select(g => JsonValue.Create(g))]) };
        foreach (var (name, value) in parts) json[name] = value?.DeepClone();
        return ContentItemJson.Read(json);
    }

    // Letters alone: an analyzer keeps them as one word, and an address as they are. No letter that ids leave out.
    private static string Code(string name) => string.Concat(name.ToLowerInvariant().Select(c => c switch { 'i' => 'y', 'l' => 'k', 'o' => 'q', 'u' => 'w', _ => c })) + "z";
}
