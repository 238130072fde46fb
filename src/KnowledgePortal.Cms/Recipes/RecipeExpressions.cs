using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// Evaluates <c>[js: …]</c> and <c>[file: …]</c> in the strings of a recipe: a fixed set of calls, so that a recipe cannot run code. What is
/// beyond them stays the text it is and is reported.
/// </summary>
internal sealed class RecipeExpressions(Recipe recipe, IReadOnlyDictionary<string, string> parameters, DateTime now)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private const int LongestNamed = 200;
    private readonly Dictionary<string, string?> _variables = [];
    private RecipeStepReport _report = new("");

    /// <summary>A copy of the node with every string value evaluated; names of members never are.</summary>
    public JsonNode? Evaluate(JsonNode? node, RecipeStepReport report)
    {
        _report = report;
        return Evaluate(node);
    }

    /// <summary>A text that <see cref="Evaluate(JsonNode, RecipeStepReport)"/> leaves as it is, or turns back into the given one.</summary>
    public static string Escape(string text)
    {
        if (ExpressionParser.Split(text) is not { } split) return text;
        try
        {
            _ = new ExpressionParser(split.Code, (name, _) => (split.Engine, name) is
                ("js", "uuid" or "parameters" or "configuration" or "base64" or "html" or "gzip" or ExpressionParser.Now) or ("file", "text" or "base64")
                ? "" : throw new NotSupportedException()).Read();
        }
        catch (NotSupportedException)
        {
            return text;
        }
        return $"[js: base64('{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}')]";
    }

    private JsonNode? Evaluate(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Evaluate)]),
        JsonValue v when v.TryGetValue(out string? text) => JsonValue.Create(EvaluateText(text)),
        _ => node?.DeepClone(),
    };

    private string EvaluateText(string text)
    {
        try
        {
            return Value(text);
        }
        catch (NotSupportedException reason)
        {
            _report.Skip(text.Length <= LongestNamed ? text : text[..LongestNamed] + "…", reason.Message);
            return text;
        }
    }

    /// <exception cref="NotSupportedException">The text is an expression that cannot be evaluated.</exception>
    private string Value(string text)
    {
        var value = text;
        for (var pass = 0; pass < RecipeLimits.Evaluations && ExpressionParser.Split(value) is { } split; pass++)
        {
            var isUnpacked = false;
            string next;
            try
            {
                next = new ExpressionParser(split.Code, (name, arguments) =>
                {
                    isUnpacked = name is "base64" or "html" or "gzip";
                    return Call(split.Engine, name, arguments);
                }).Read();
            }
            catch (Exception error) when (error is FormatException or InvalidDataException or DecoderFallbackException)
            {
                throw new NotSupportedException("its argument cannot be decoded; kept as text", error);
            }
            // What was packed is data: a text that looks like an expression can be written in no other way.
            if (isUnpacked || next == value) return next;
            value = next;
        }
        return value;
    }

    private string Call(string engine, string function, IReadOnlyList<string> arguments) => (engine, function, arguments) switch
    {
        ("js", "uuid", []) => NewId(),
        ("js", "variables", [var name]) => Variable(name),
        ("js", "parameters", [var name]) => parameters.GetValueOrDefault(name) ?? throw new NotSupportedException($"the parameter '{name}' is not given; kept as text"),
        // The application's configuration holds secrets, which a recipe must not carry into content: the default stands for it.
        ("js", "configuration", [_, var otherwise]) => otherwise,
        ("js", "base64", [var text]) => StrictUtf8.GetString(Convert.FromBase64String(text)),
        ("js", "html", [var text]) => WebUtility.HtmlDecode(text),
        ("js", "gzip", [var text]) => Convert.ToBase64String(Unzip(Convert.FromBase64String(text))),
        ("js", ExpressionParser.Now, []) => now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ("file", "text", [var path]) => StrictUtf8.GetString(Bytes(path)).TrimStart('\uFEFF').ReplaceLineEndings("\n"),
        ("file", "base64", [var path]) => Convert.ToBase64String(Bytes(path)),
        ("js" or "file", _, _) => throw new NotSupportedException("an expression that is not understood; kept as text"),
        _ => throw new NotSupportedException($"there is no engine '{engine}'; kept as text"),
    };

    private string NewId()
    {
        _report.NewIds++;
        return ContentIds.New();
    }

    private string Variable(string name)
    {
        if (_variables.TryGetValue(name, out var known)) return known ?? throw new NotSupportedException($"the variable '{name}' cannot be evaluated; kept as text");
        if (recipe.Variables[name] is not JsonValue expression) throw new NotSupportedException($"the variable '{name}' is not defined; kept as text");
        // Until it has a value, and for good when it gets none: one that refers to itself ends here.
        _variables[name] = null;
        return _variables[name] = Value(LooseJson.Text(expression) ?? "");
    }

    private static byte[] Unzip(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var buffer = new byte[1 << 14];
        for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
        {
            if (unpacked.Length + read > RecipeLimits.TextBytes) throw new InvalidRecipeException($"gzip(): more than {RecipeLimits.TextBytes / 1024 / 1024} MB unpacked");
            unpacked.Write(buffer, 0, read);
        }
        return unpacked.ToArray();
    }

    private byte[] Bytes(string path)
    {
        using var stream = recipe.OpenFile(path) ?? throw new NotSupportedException($"{path} is missing or lies outside the recipe's folder; kept as text");
        if (stream.Length > RecipeLimits.TextBytes) throw new NotSupportedException($"{path} is larger than {RecipeLimits.TextBytes / 1024 / 1024} MB; kept as text");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
