using System.Text.Json;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>The index that all verbs share: a title, a text, nothing stored but the key.</summary>
internal static class BenchmarkIndex
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
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
}
