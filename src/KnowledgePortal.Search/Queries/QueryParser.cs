using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Reads what a person types: words, "phrases", "phrases"~3, prefix*, similar~, field:word, field:[a TO b], ^boost, + - !, AND OR NOT, brackets. It accepts
/// anything: an operator that makes no sense is searched as text, and brackets without any operator are punctuation. Only the first 8,192 characters are read,
/// 16 brackets deep and 256 clauses a level, which bounds the work of a search.
/// </summary>
internal sealed class QueryParser(ThaiAnalyzer analyzer, IndexSchema? schema)
{
    private const int MostCharacters = 8192;
    private const int MostDepth = 16;

    public Query Parse(string text)
    {
        var input = new QueryInput(text.Length > MostCharacters ? text[..MostCharacters] : text);
        return ParseLevel(input, 0, input.Text.Length, 0, text);
    }

    /// <summary>One thing between operators.</summary>
    /// <param name="Occur">What an operator before it says.</param>
    /// <param name="Otherwise">What it is without an operator.</param>
    /// <param name="IsText">True for words without any syntax.</param>
    /// <param name="Start">Offset of the first character after the operator.</param>
    /// <param name="End">Offset after the last.</param>
    /// <param name="AddTo">Adds it to a level.</param>
    private sealed record Operand(Occur? Occur, Occur Otherwise, bool IsText, int Start, int End, Action<Clauses, Occur> AddTo)
    {
        /// <summary>True when AND stands before or after it.</summary>
        public bool IsJoined { get; set; }
    }

    /// <summary>OR binds weakest: each of its sides is a group of its own, unless it is a single thing.</summary>
    private Query ParseLevel(QueryInput input, int start, int end, int depth, string text)
    {
        var sides = ReadSides(input, start, end, depth);
        var level = new Clauses(analyzer);
        foreach (var side in sides)
        {
            if (sides.Count == 1)
                AddSide(side, level);
            else if (side is [{ Occur: not Occur.MustNot } only])
                only.AddTo(level, Occur.Should);
            else
                level.AddGroup(ToGroup(side), Occur.Should);
        }
        return level.ToQuery(text);
    }

    private Query ToGroup(List<Operand> side)
    {
        var inner = new Clauses(analyzer);
        AddSide(side, inner);
        return inner.ToQuery("");
    }

    private static void AddSide(List<Operand> side, Clauses level)
    {
        foreach (var operand in side.Take(Clauses.MostClauses))
            operand.AddTo(level, operand.Occur ?? (operand.IsJoined ? Occur.Must : operand.Otherwise));
    }

    private List<List<Operand>> ReadSides(QueryInput input, int start, int end, int depth)
    {
        var sides = new List<List<Operand>> { new() };
        var joins = false;
        var isExpected = false;
        for (var i = input.SkipSpace(start, end); i < end; i = input.SkipSpace(i, end))
        {
            var side = sides[^1];
            if (side.Count > 0 && !isExpected && input.ConnectorAt(i, end, out var isAnd) is > 0 and var after)
            {
                if (isAnd)
                    side[^1].IsJoined = joins = true;
                else
                    sides.Add([]);
                isExpected = true;
                i = after;
                continue;
            }
            var operand = ReadOperand(input, i, end, depth, isExpected);
            operand.IsJoined = joins;
            if (side.Count > 0 && !joins && CanExtend(side[^1], operand))
                side[^1] = Text(input, null, side[^1].Start, operand.End);
            else
                side.Add(operand);
            (joins, isExpected) = (false, false);
            i = operand.End;
        }
        return sides;
    }

    /// <summary>Plain text is analyzed in one piece, so that words with a space inside are found.</summary>
    private static bool CanExtend(Operand left, Operand right) => left is { IsText: true, IsJoined: false, Occur: null } && right is { IsText: true, Occur: null };

    private Operand ReadOperand(QueryInput input, int i, int end, int depth, bool isAfterConnector)
    {
        var (occur, start) = input.OperatorAt(i, end);
        if (start < end && input.Text[start] == '(' && depth < MostDepth && input.ClosingBracket(start) is > 0 and var close && close < end
            && (occur is not null || isAfterConnector || input.HasOperator(start + 1, close) || input.IsFollowedByConnector(close + 1, end)))
        {
            var inner = ParseLevel(input, start + 1, close, depth + 1, "");
            return new Operand(occur, Occur.Should, false, start, close + 1, (level, o) => level.AddGroup(inner, o));
        }
        var fieldEnd = schema is null ? -1 : input.FieldEnd(start, end);
        var operand = fieldEnd > 0 ? FieldReader.Read(input, schema!, input.Text[start..fieldEnd], fieldEnd + 1, end) : null;
        if (operand is { } found)
            return new Operand(occur, Occur.Must, false, start, found.End, found.AddTo);
        if (input.ClosingQuote(start, end) is > 0 and var quote)
        {
            var (slop, boost, after) = input.Suffixes(quote + 1, end);
            var phrase = input.Text[(start + 1)..quote];
            return new Operand(occur, Occur.Must, false, start, after, (level, o) => level.AddPhrase(phrase, o, slop ?? 0, null, boost));
        }
        return Chunk(input, occur, start, input.ChunkEnd(start, end));
    }

    /// <summary>A chunk ends at white space, so that an inch sign or a forgotten quote inside it is text.</summary>
    private static Operand Chunk(QueryInput input, Occur? occur, int start, int end)
    {
        var (word, slop, boost) = input.Word(start, end);
        if (slop is not null && word.Length > 1)
            return new Operand(occur, Occur.Should, false, start, end, (level, o) => { if (!level.AddSimilar(word, o, null, boost)) level.AddText(word, o); });
        if (word.Length > 1 && word.EndsWith('*'))
            return new Operand(occur, Occur.Should, false, start, end, (level, o) => { if (!level.AddPrefix(word.TrimEnd('*'), o, null, boost)) level.AddText(word, o); });
        return boost == 1
            ? Text(input, occur, start, end)
            : new Operand(occur, Occur.Should, false, start, end, (level, o) => level.AddText(word, o, null, boost));
    }

    private static Operand Text(QueryInput input, Occur? occur, int start, int end) =>
        new(occur, Occur.Should, true, start, end, (level, o) => level.AddText(input.Text[start..end], o));
}
