using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Search.Queries;

/// <summary>The text of a query with what its parser asks about places in it; every question takes constant or linear time.</summary>
internal sealed partial class QueryInput
{
    private const string Quotes = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB";
    private const int MostSlop = 100;
    private const float MostBoost = 100;

    private readonly int[] _closing;
    private readonly int[] _operatorsBefore;

    public QueryInput(string text)
    {
        Text = text;
        _closing = new int[text.Length];
        _operatorsBefore = new int[text.Length + 1];
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                open.Push(i);
            else if (text[i] == ')' && open.TryPop(out var opening))
                _closing[opening] = i;
        }
        for (var i = 0; i < text.Length; i++)
            _operatorsBefore[i + 1] = _operatorsBefore[i] + (IsOperator(i) ? 1 : 0);
    }

    public string Text { get; }

    public int SkipSpace(int i, int end)
    {
        while (i < end && char.IsWhiteSpace(Text[i]))
            i++;
        return i;
    }

    /// <summary>Index of the bracket that closes the one at <paramref name="open"/>; 0 when there is none.</summary>
    public int ClosingBracket(int open) => _closing[open];

    public bool HasOperator(int start, int end) => _operatorsBefore[end] > _operatorsBefore[start];

    public bool IsFollowedByConnector(int i, int end) => ConnectorAt(SkipSpace(i, end), end, out _) > 0;

    /// <summary>Offset after AND, OR, &amp;&amp; or || when something follows it; 0 otherwise.</summary>
    public int ConnectorAt(int i, int end, out bool isAnd)
    {
        var match = Connector().Match(Text, i, end - i);
        isAnd = match.Success && match.ValueSpan[0] is 'A' or '&';
        return match.Success ? i + match.Groups["word"].Length : 0;
    }

    /// <summary>+ - ! before something, and NOT.</summary>
    public (Queries.Occur? Occur, int Start) OperatorAt(int i, int end)
    {
        var not = Not().Match(Text, i, end - i);
        if (not.Success)
            return (Occur.MustNot, i + not.Groups["not"].Length);
        if (i + 1 >= end || char.IsWhiteSpace(Text[i + 1]))
            return (null, i);
        return Text[i] switch
        {
            '+' => (Occur.Must, i + 1),
            '-' or '!' => (Occur.MustNot, i + 1),
            _ => (null, i),
        };
    }

    /// <summary>Offset of the colon after a name; 0 when there is none.</summary>
    public int FieldEnd(int start, int end)
    {
        var i = start;
        while (i < end && (char.IsLetterOrDigit(Text[i]) || Text[i] is '_' or '-' or '.'))
            i++;
        return i > start && i + 1 < end && Text[i] == ':' && !char.IsWhiteSpace(Text[i + 1]) ? i : 0;
    }

    /// <summary>Index of the quote that closes the one at <paramref name="start"/>; 0 when there is none.</summary>
    public int ClosingQuote(int start, int end)
    {
        if (start >= end || !Quotes.Contains(Text[start]))
            return 0;
        var length = Text.AsSpan(start + 1, end - start - 1).IndexOfAny(Quotes);
        return length < 0 ? 0 : start + 1 + length;
    }

    public int ChunkEnd(int start, int end)
    {
        while (start < end && !char.IsWhiteSpace(Text[start]))
            start++;
        return start;
    }

    /// <summary>~ and ^ after a phrase: the slop, the boost, and the offset after both.</summary>
    public (int? Slop, float Boost, int End) Suffixes(int start, int end)
    {
        var match = Suffix().Match(Text, start, end - start);
        return (Slop(match), Boost(match), start + match.Length);
    }

    /// <summary>A chunk without ~ and ^ at its end.</summary>
    public (string Word, int? Slop, float Boost) Word(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (Text[i] is '~' or '^' && Suffix().Match(Text, i, end - i) is var match && match.Length == end - i)
                return (Text[start..i], Slop(match), Boost(match));
        }
        return (Text[start..end], null, 1);
    }

    private static int? Slop(Match match) =>
        !match.Groups["tilde"].Success ? null : int.TryParse(match.Groups["slop"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var slop) ? Math.Min(slop, MostSlop) : 2;

    private static float Boost(Match match) =>
        float.TryParse(match.Groups["boost"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var boost) ? Math.Min(boost, MostBoost) : 1;

    // A word that stands alone, or a sign before something.
    private bool IsOperator(int i)
    {
        var isFirst = IsSpace(i - 1);
        if (Text[i] is '-' or '+' or '!')
            return (isFirst || Text[i - 1] == '(') && !IsSpace(i + 1) && Text[i + 1] != ')';
        return isFirst && Query.Operators.FirstOrDefault(word => Text.AsSpan(i).StartsWith(word, StringComparison.Ordinal)) is { } found && IsSpace(i + found.Length);
    }

    private bool IsSpace(int i) => i < 0 || i >= Text.Length || char.IsWhiteSpace(Text[i]);

    [GeneratedRegex(@"\A(?<word>AND|OR|&&|\|\|)\s+\S", RegexOptions.NonBacktracking)]
    private static partial Regex Connector();

    [GeneratedRegex(@"\A(?<not>NOT\s+)\S", RegexOptions.NonBacktracking)]
    private static partial Regex Not();

    [GeneratedRegex(@"\A(?<tilde>~(?<slop>[0-9]{1,3})?)?(\^(?<boost>[0-9]{1,3}(\.[0-9]{1,3})?))?", RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();
}
