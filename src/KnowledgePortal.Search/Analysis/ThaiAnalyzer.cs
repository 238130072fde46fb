using System.Security.Cryptography;
using System.Text;

namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Turns text into the tokens under which it is indexed and searched. The same for index and query; stop words and synonyms act on queries only.
/// Immutable and safe for use by many threads.
/// </summary>
public sealed class ThaiAnalyzer
{
    private readonly ThaiDictionary _dictionary;
    private readonly ThaiTokenizer _tokenizer;

    /// <summary>An analyzer with the shipped dictionary, synonyms and stop words.</summary>
    public ThaiAnalyzer()
        : this([], [])
    {
    }

    /// <summary>Adds a site's own words to the shipped ones.</summary>
    /// <param name="words">Names and terms to keep together.</param>
    /// <param name="synonyms">Lines such as "KM = การจัดการความรู้"; see <see cref="Synonyms"/>.</param>
    public ThaiAnalyzer(IReadOnlyList<string> words, IReadOnlyList<string> synonyms)
    {
        IReadOnlyList<string> synonymLines = [.. EmbeddedText.Lines("synonyms.txt"), .. synonyms];
        _dictionary = new ThaiDictionary([.. ThaiDictionary.Default.Words, .. words, .. Synonyms.Members(synonymLines)]);
        _tokenizer = new ThaiTokenizer(_dictionary);
        Synonyms = new Synonyms(synonymLines, TermOf);
        Fingerprint = ComputeFingerprint();
    }

    /// <summary>The words that mean the same.</summary>
    public Synonyms Synonyms { get; }

    /// <summary>Changes whenever the same text could give other tokens; an index made with another fingerprint has to be built anew.</summary>
    public string Fingerprint { get; }

    /// <summary>Analyzes any UTF-16 text; never throws.</summary>
    public AnalyzedText Analyze(string text)
    {
        var normalized = ThaiNormalizer.Normalize(text);
        var parts = _tokenizer.Tokenize(normalized.Text);
        var tokens = new List<Token>(parts.Count + parts.Count / 8);
        var found = new List<(int End, string Entry)>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            tokens.Add(ToToken(normalized, part.Start, part.End, part.Term, i, 1, part.Kind));
            if (CalendarYears.ImpliedBy(normalized.Text, parts, i) is { } year)
                tokens.Add(ToToken(normalized, part.Start, part.End, year, i, 1, TokenKind.ImpliedYear));
            AddJoinedNumber(normalized, parts, i, tokens);
            AddCompounds(normalized, parts, i, found, tokens);
        }
        return new AnalyzedText(normalized, tokens) { PositionCount = parts.Count };
    }

    private void AddCompounds(NormalizedText normalized, List<ThaiTokenizer.Part> parts, int first, List<(int End, string Entry)> found, List<Token> tokens)
    {
        _dictionary.Matches(normalized.Text, parts[first].Start, found);
        var last = first;
        foreach (var (end, entry) in found)
        {
            while (last < parts.Count - 1 && parts[last].End < end)
                last++;
            if (last > first && parts[last].End == end)
                tokens.Add(ToToken(normalized, parts[first].Start, end, entry, first, last - first + 1, TokenKind.Compound));
        }
    }

    /// <summary>A chain such as 4/2563 or 15/9/2565 is also one token, added at its first number.</summary>
    private static void AddJoinedNumber(NormalizedText normalized, List<ThaiTokenizer.Part> parts, int first, List<Token> tokens)
    {
        if (parts[first].Kind != TokenKind.Number || first > 0 && IsJoined(normalized.Text, parts[first - 1], parts[first]))
            return;
        var last = first;
        while (last - first < MaximumJoined && last + 1 < parts.Count && IsJoined(normalized.Text, parts[last], parts[last + 1]))
            last++;
        if (last > first)
            tokens.Add(ToToken(normalized, parts[first].Start, parts[last].End, null, first, last - first + 1, TokenKind.JoinedNumber));
    }

    private const int MaximumJoined = 3;

    private static bool IsJoined(string text, ThaiTokenizer.Part left, ThaiTokenizer.Part right) =>
        left.Kind == TokenKind.Number && right.Kind == TokenKind.Number && left.End + 1 == right.Start && text[left.End] == '/' && right.End - left.Start <= 40;

    private static Token ToToken(NormalizedText normalized, int start, int end, string? term, int position, int positionLength, TokenKind kind) =>
        new(start, end - start, term, position, positionLength, normalized.StartOf(start), normalized.EndOf(end - 1), kind);

    /// <summary>The one term that covers all of a dictionary word.</summary>
    private string TermOf(string word)
    {
        var text = Analyze(word);
        foreach (var token in text.Tokens)
        {
            if (token.PositionLength == text.PositionCount)
                return text.TermOf(token).ToString();
        }
        return ThaiDictionary.Canonical(word);
    }

    private string ComputeFingerprint()
    {
        const int FormatOfTokens = 1;
        var source = $"{FormatOfTokens}\n{IcuWordBreaker.Version}\n{string.Join('\n', _dictionary.Words)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 16));
    }
}
