using System.Text.Json;
using System.Text.RegularExpressions;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>The index that all verbs share: a title, a text, nothing stored but the key.</summary>
internal static partial class BenchmarkIndex
{
    private static readonly IndexSchema Schema = new([new TextField("title", 2), new TextField("text", 1)], [], []);

    public static IndexWriter Open(string folder) => IndexWriter.Open(folder, Schema, new ThaiAnalyzer());

    public static Document ToDocument(string id, string title, string text) => new Document(id).AddText("title", title).AddText("text", text);

    public static IEnumerable<JsonElement> Lines(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return JsonDocument.Parse(line).RootElement;
        }
    }

    public static string Text(this JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
        {
            JsonValueKind.String => Decoded(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };

    /// <summary>An escape of half a character cannot be decoded; texts may hold some.</summary>
    private static string Decoded(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return JsonDocument.Parse(Surrogate().Replace(value.GetRawText(), @"�")).RootElement.GetString()!;
        }
    }

    [GeneratedRegex(@"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex Surrogate();
}
