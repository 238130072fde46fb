using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// Reads the JSON of a recipe. Comments, trailing commas and a byte order mark are forgiven; another encoding than UTF-8, a name that stands twice
/// in one object, half a surrogate pair and too much depth are refused with their place, because each of them means different things to different readers.
/// </summary>
internal static class RecipeJson
{
    private static readonly JsonReaderOptions Scan = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = RecipeLimits.Depth };
    private static readonly JsonDocumentOptions Parse = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = RecipeLimits.Depth };

    public static JsonObject Read(byte[] file, string place)
    {
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || file.AsSpan().StartsWith("\0\0"u8))
            throw new InvalidRecipeException($"{place}: the encoding is not UTF-8 but UTF-16 or UTF-32");
        var json = file.AsMemory(file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        if (!Utf8.IsValid(json.Span)) throw new InvalidRecipeException($"{place}, line {FirstBrokenLine(json.Span)}: the encoding is not UTF-8");
        try
        {
            Check(json.Span, place);
            return JsonNode.Parse(json.Span, documentOptions: Parse) as JsonObject ?? throw new InvalidRecipeException($"{place}: not a JSON object");
        }
        catch (JsonException error)
        {
            throw new InvalidRecipeException($"{place}, line {error.LineNumber + 1}: broken JSON ({error.Message.Split(" LineNumber:")[0]})");
        }
    }

    private static void Check(ReadOnlySpan<byte> json, string place)
    {
        var reader = new Utf8JsonReader(json, Scan);
        var open = new List<HashSet<string>>();
        var (depth, tokens) = (0, 0);
        while (reader.Read())
        {
            if (++tokens > RecipeLimits.JsonTokens) throw new InvalidRecipeException($"{place}: more than {RecipeLimits.JsonTokens} values");
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    if (open.Count == depth) open.Add(new HashSet<string>(StringComparer.Ordinal));
                    open[depth++].Clear();
                    break;
                case JsonTokenType.EndObject:
                    depth--;
                    break;
                case JsonTokenType.PropertyName when !open[depth - 1].Add(Whole(ref reader, json, place)):
                    throw new InvalidRecipeException($"{place}, line {Line(json, reader.TokenStartIndex)}: the name \"{reader.GetString()}\" stands twice in one object");
                case JsonTokenType.String when reader.ValueIsEscaped:
                    Whole(ref reader, json, place);
                    break;
            }
        }
    }

    private static string Whole(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRecipeException($"{place}, line {Line(json, reader.TokenStartIndex)}: half a surrogate pair is no character");
        }
    }

    private static int Line(ReadOnlySpan<byte> json, long at) => json[..(int)at].Count((byte)'\n') + 1;

    private static int FirstBrokenLine(ReadOnlySpan<byte> json)
    {
        var line = 1;
        while (json.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (!Utf8.IsValid(json[..end])) return line;
            json = json[(end + 1)..];
            line++;
        }
        return line;
    }
}
