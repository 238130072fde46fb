using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Reads what a person types. It accepts anything: an operator that makes no sense is searched as text. Only the first 8,192 characters, 256 words and
/// 1,024 pairs of clusters are read, which bounds the work of a search.
/// </summary>
internal sealed class QueryParser(ThaiAnalyzer analyzer)
{
    private const int MaximumLength = 8192;
    private const int MaximumClauses = 256;
    private const int MaximumBigrams = 1024;

    private const string Quotes = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB";

    public Query Parse(string text)
    {
        var input = text.Length > MaximumLength ? text[..MaximumLength] : text;
        var clauses = new Clauses(analyzer);
        var plain = new List<(int Start, int End)>();
        var i = 0;
        while (i < input.Length)
        {
            if (char.IsWhiteSpace(input[i]))
            {
                i++;
                continue;
            }
            var (occur, start) = Operator(input, i);
            var quote = ClosingQuote(input, start);
            if (quote > start)
            {
                clauses.AddPhrase(input[(start + 1)..quote], occur);
                i = quote + 1;
            }
            else
            {
                i = AddChunk(input, start, occur, clauses, plain);
            }
        }
        foreach (var (start, stop) in plain)
            clauses.AddWords(input[start..stop], Occur.Should);
        return clauses.ToQuery(text, MaximumClauses, MaximumBigrams);
    }

    /// <summary>A chunk ends at white space, so that an inch sign or a forgotten quote inside it is text.</summary>
    private static int AddChunk(string input, int start, Occur occur, Clauses clauses, List<(int Start, int End)> plain)
    {
        var end = start;
        while (end < input.Length && !char.IsWhiteSpace(input[end]))
            end++;
        var chunk = input[start..end];
        if (chunk.Length > 1 && chunk.EndsWith('*') && clauses.AddPrefix(chunk.TrimEnd('*'), occur))
            return end;
        if (occur != Occur.Should)
            clauses.AddRequired(chunk, occur);
        else if (plain.Count > 0 && string.IsNullOrWhiteSpace(input[plain[^1].End..start]))
            plain[^1] = (plain[^1].Start, end);
        else
            plain.Add((start, end));
        return end;
    }

    private static (Occur Occur, int Start) Operator(string input, int i)
    {
        if (i + 1 == input.Length || char.IsWhiteSpace(input[i + 1]))
            return (Occur.Should, i);
        return input[i] switch
        {
            '+' => (Occur.Must, i + 1),
            '-' => (Occur.MustNot, i + 1),
            _ => (Occur.Should, i),
        };
    }

    /// <summary>Index of the quote that closes the one at <paramref name="start"/>; -1 when there is none.</summary>
    private static int ClosingQuote(string input, int start) =>
        start < input.Length && Quotes.Contains(input[start]) ? input.IndexOfAny(Quotes.ToCharArray(), start + 1) : -1;
}
