using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// The part of JavaScript that recipes use: <c>term { + term }</c>, where a term is a literal, <c>name(term, …)</c>, a term in brackets, or
/// <c>new Date().toISOString()</c>. Calls are made by <paramref name="call"/>; what is not understood throws <see cref="NotSupportedException"/>.
/// </summary>
internal sealed partial class ExpressionParser(string source, Func<string, IReadOnlyList<string>, string> call)
{
    public const string Now = "now";
    private const int MostNesting = 16;
    private int _at;
    private int _nesting;

    /// <summary>Splits <c>[js: uuid()]</c> into its engine and its code; null when the text is no expression.</summary>
    public static (string Engine, string Code)? Split(string text) =>
        text.Length > 3 && text[0] == '[' && text[^1] == ']' && Prefix().Match(text) is { Success: true } match
            ? (match.Groups[1].Value.ToLowerInvariant(), text[match.Length..^1]) : null;

    public string Read()
    {
        var value = Sum();
        Space();
        if (_at < source.Length && source[_at] == ';') _at++;
        Space();
        return _at == source.Length ? value : throw NotUnderstood();
    }

    private string Sum()
    {
        if (++_nesting > MostNesting) throw NotUnderstood();
        var result = new StringBuilder(Term());
        while (Takes('+')) result.Append(Term());
        _nesting--;
        return result.ToString();
    }

    private string Term()
    {
        Space();
        if (NowCall().Match(source, _at, source.Length - _at) is { Success: true } now)
        {
            _at += now.Length;
            return call(Now, []);
        }
        if (_at < source.Length && source[_at] is '\'' or '"') return Literal();
        if (Takes('('))
        {
            var inner = Sum();
            Expect(')');
            return inner;
        }
        var start = _at;
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_')) _at++;
        return call(source[start.._at], Arguments());
    }

    private List<string> Arguments()
    {
        Expect('(');
        var arguments = new List<string>();
        if (Takes(')')) return arguments;
        do arguments.Add(Sum());
        while (Takes(','));
        Expect(')');
        return arguments;
    }

    private string Literal()
    {
        var quote = source[_at++];
        var text = new StringBuilder();
        while (_at < source.Length && source[_at] != quote) text.Append(source[_at] == '\\' ? Escaped() : source[_at++]);
        if (_at++ >= source.Length) throw NotUnderstood();
        return text.ToString();
    }

    private char Escaped()
    {
        if (_at + 1 >= source.Length) throw NotUnderstood();
        var c = source[_at + 1];
        _at += 2;
        return c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'u' => Unicode(), _ when char.IsAsciiLetterOrDigit(c) => throw NotUnderstood(), _ => c };
    }

    private char Unicode()
    {
        if (_at + 4 > source.Length || !ushort.TryParse(source.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) throw NotUnderstood();
        _at += 4;
        return (char)code;
    }

    private void Space()
    {
        while (_at < source.Length && char.IsWhiteSpace(source[_at])) _at++;
    }

    private bool Takes(char wanted)
    {
        Space();
        if (_at >= source.Length || source[_at] != wanted) return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Takes(wanted)) throw NotUnderstood();
    }

    private static NotSupportedException NotUnderstood() => new("an expression that is not understood; kept as text");

    [GeneratedRegex(@"\A\[([A-Za-z]+):", RegexOptions.NonBacktracking)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\Anew\s+Date\s*\(\s*\)\s*\.\s*toISOString\s*\(\s*\)", RegexOptions.NonBacktracking)]
    private static partial Regex NowCall();
}
