using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Chooses which tokens of a query text stand for it: from left to right the longest compound, or else the simple token. The simple tokens inside a
/// chosen compound are its parts.
/// </summary>
internal sealed class QueryCover
{
    private readonly AnalyzedText _text;

    public QueryCover(AnalyzedText text)
    {
        _text = text;
        var tokens = new List<(Token, bool)>();
        var covered = 0;
        foreach (var position in text.Tokens.GroupBy(token => token.Position))
        {
            var simple = position.First(token => !token.IsDerived);
            var compound = position.Where(token => token.Kind == TokenKind.Compound).OrderBy(token => token.PositionLength).LastOrDefault();
            var isInside = position.Key < covered;
            if (!isInside && compound.PositionLength > 0)
            {
                tokens.Add((compound, false));
                covered = compound.Position + compound.PositionLength;
                isInside = true;
            }
            tokens.Add((simple, isInside));
            tokens.AddRange(position.Where(token => token.Kind == TokenKind.JoinedNumber).Select(token => (token, false)));
        }
        Tokens = tokens;
    }

    /// <summary>The chosen tokens and, marked, their parts.</summary>
    public IReadOnlyList<(Token Token, bool IsPart)> Tokens { get; }

    /// <summary>True when Thai text follows the token at once.</summary>
    public bool IsJoinedToNext(Token token)
    {
        var end = token.TermStart + token.TermLength;
        return end < _text.Normalized.Text.Length && ThaiCharacters.IsThai(_text.Normalized.Text[end]);
    }

    /// <summary>True for a Thai token with a single consonant beside other Thai text: ICU leaves such pieces of words that it does not know.</summary>
    public bool IsFragment(Token token)
    {
        if (token.Kind != TokenKind.Thai || _text.TermOf(token).ToString().Count(ThaiCharacters.IsConsonant) > 1)
            return false;
        return IsJoinedToNext(token) || token.TermStart > 0 && ThaiCharacters.IsThai(_text.Normalized.Text[token.TermStart - 1]);
    }
}
