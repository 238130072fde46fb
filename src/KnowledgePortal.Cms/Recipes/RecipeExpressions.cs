using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// Evaluates <c>[js: …]</c> and <c>[file:text('…')]</c> in the strings of a recipe: calls, string literals and <c>+</c>, nothing else,
/// so that a recipe cannot run code. What it does not understand stays the text it is and is reported.
/// </summary>
internal sealed partial class RecipeExpressions(Recipe recipe, IReadOnlyDictionary<string, string> parameters)
{
    private readonly Dictionary<string, string> _variables = [];

    /// <summary>A copy of the node with every string value evaluated.</summary>
    public JsonNode? Evaluate(JsonNode? node, RecipeStepReport report) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value, report)))),
        JsonArray a => new JsonArray([.. a.Select(n => Evaluate(n, report))]),
        JsonValue v when v.TryGetValue(out string? text) => JsonValue.Create(EvaluateText(text, report)),
        _ => node?.DeepClone(),
    };

    private string EvaluateText(string text, RecipeStepReport report)
    {
        var match = Expression().Match(text);
        if (!match.Success) return text;
        try
        {
            return new Reader(match.Groups[2].Value, (name, argument) => Call(match.Groups[1].Value, name, argument, report)).Read();
        }
        catch (NotSupportedException)
        {
            report.Skip(text, "an expression that is not understood; kept as text");
            return text;
        }
    }

    private string Call(string engine, string function, string argument, RecipeStepReport report) => (engine, function) switch
    {
        ("js", "uuid") => ContentIds.New(),
        ("js", "variables") => Variable(argument, report),
        ("js", "parameters") => parameters.GetValueOrDefault(argument) ?? throw new NotSupportedException(),
        ("js", "base64") => Encoding.UTF8.GetString(Convert.FromBase64String(argument)),
        ("js", "now") => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
        ("file", "text") => FileText(argument),
        ("file", "base64") => Convert.ToBase64String(File.ReadAllBytes(Find(argument))),
        _ => throw new NotSupportedException(),
    };

    private string Variable(string name, RecipeStepReport report)
    {
        if (_variables.TryGetValue(name, out var value)) return value;
        if (recipe.Variables[name] is not JsonValue expression) throw new InvalidRecipeException($"the variable '{name}' is not defined");
        return _variables[name] = EvaluateText(expression.ToString(), report);
    }

    private string FileText(string path) => File.ReadAllText(Find(path)).ReplaceLineEndings("\n");

    private string Find(string path) => recipe.FindFile(path) ?? throw new NotSupportedException();

    [GeneratedRegex(@"^\[([A-Za-z]+):\s*(.*)\]$", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Expression();

    /// <summary>term { + term }, where a term is 'text', name('text'), name() or new Date().toISOString().</summary>
    private sealed class Reader(string source, Func<string, string, string> call)
    {
        private const string IsoNow = "new Date().toISOString()";
        private int _at;

        public string Read()
        {
            var result = new StringBuilder(Term());
            for (Space(); _at < source.Length; Space())
            {
                Expect('+');
                result.Append(Term());
            }
            return result.ToString();
        }

        private string Term()
        {
            Space();
            if (string.CompareOrdinal(source, _at, IsoNow, 0, IsoNow.Length) == 0)
            {
                _at += IsoNow.Length;
                return call("now", "");
            }
            if (_at < source.Length && source[_at] is '\'' or '"') return Literal();
            var start = _at;
            while (_at < source.Length && char.IsAsciiLetterOrDigit(source[_at])) _at++;
            var name = source[start.._at];
            Expect('(');
            Space();
            var argument = _at < source.Length && source[_at] is '\'' or '"' ? Literal() : "";
            Expect(')');
            return call(name, argument);
        }

        private string Literal()
        {
            var quote = source[_at++];
            var text = new StringBuilder();
            while (_at < source.Length && source[_at] != quote)
            {
                if (source[_at] == '\\') _at++;
                if (_at < source.Length) text.Append(source[_at++]);
            }
            Expect(quote);
            return text.ToString();
        }

        private void Space()
        {
            while (_at < source.Length && char.IsWhiteSpace(source[_at])) _at++;
        }

        private void Expect(char wanted)
        {
            Space();
            if (_at >= source.Length || source[_at] != wanted) throw new NotSupportedException();
            _at++;
        }
    }
}
