using System.Buffers;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Runs a plan over one segment, clause by clause, and keeps per document the score and how many clauses it matched.
/// The contributions to a score are added in the order of the plan.
/// </summary>
internal sealed class SegmentMatches : IDisposable
{
    private const int RequiredOne = 1 << 16;
    private const int Forbidden = int.MinValue;

    private readonly SegmentView _segment;
    private readonly QueryPlan _plan;
    private readonly Bm25 _bm25;
    private readonly float _unitsPerBoost;
    private readonly float[] _scores;
    private readonly int[] _states;
    private float[]? _sums;

    public SegmentMatches(SegmentView segment, QueryPlan plan, Bm25 bm25, float unitsPerBoost)
    {
        (_segment, _plan, _bm25, _unitsPerBoost) = (segment, plan, bm25, unitsPerBoost);
        var count = segment.Reader.DocumentCount;
        _scores = ArrayPool<float>.Shared.Rent(count);
        _states = ArrayPool<int>.Shared.Rent(count);
        _scores.AsSpan(0, count).Clear();
        _states.AsSpan(0, count).Clear();
        foreach (var group in plan.Groups)
            AddGroup(group);
        foreach (var group in plan.Fuzzy)
            AddFuzzy(group);
        foreach (var phrase in plan.Phrases)
            AddPhrase(phrase);
        foreach (var bigram in plan.Bigrams)
            AddScores(bigram);
    }

    /// <summary>True when the document matches the query and is not deleted.</summary>
    public bool IsMatch(int document)
    {
        var state = _states[document];
        return state >= 0 && state / RequiredOne == _plan.RequiredCount && (state != 0 || _plan.PositiveCount == 0) && _segment.Live.IsLive(document);
    }

    public float Score(int document) =>
        _plan.PositiveCount == 0 ? 0 : _scores[document] * Coordination.Factor(_states[document] % RequiredOne, _plan.PositiveCount);

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<int>.Shared.Return(_states);
        if (_sums is not null)
            ArrayPool<float>.Shared.Return(_sums);
    }

    private void AddGroup(TermGroup group)
    {
        var one = group.Occur == Occur.Must ? RequiredOne + 1 : 1;
        var frequencies = new GroupFrequencies(_segment.Reader, group.Terms);
        while (frequencies.Next())
        {
            var document = frequencies.Document;
            if (group.Occur == Occur.MustNot)
            {
                _states[document] = Forbidden;
                continue;
            }
            _scores[document] += group.Score * _bm25.Saturation(frequencies.Frequency, _segment.Reader.Length(document));
            // A forbidden document stays below zero whatever is added: there are far fewer clauses than bits.
            if (group.Counts)
                _states[document] += one;
        }
    }

    private void AddFuzzy(FuzzyGroup group)
    {
        var count = _segment.Reader.DocumentCount;
        _sums ??= ArrayPool<float>.Shared.Rent(count);
        _sums.AsSpan(0, count).Clear();
        foreach (var bigram in group.Bigrams)
        {
            if (_segment.Reader.Terms.Find(bigram.Key) is not { } entry)
                continue;
            var postings = new Postings(_segment.Reader.File, entry);
            while (postings.NextBlock())
            {
                foreach (var document in postings.Documents)
                    _sums[document] += bigram.Weight;
            }
        }
        for (var document = 0; document < count; document++)
        {
            if (_sums[document] >= group.Enough)
                _states[document] += group.IsRequired ? RequiredOne + 1 : 1;
        }
    }

    private void AddPhrase(PhraseClause phrase)
    {
        var matcher = PhrasePostings.Open(_segment.Reader, phrase.Keys);
        while (matcher is not null && matcher.Next())
        {
            var document = matcher.Document;
            if (phrase.Occur == Occur.MustNot)
            {
                _states[document] = Forbidden;
                continue;
            }
            _scores[document] += phrase.Score * _bm25.Saturation(matcher.Occurrences * _unitsPerBoost, _segment.Reader.Length(document));
            _states[document] += RequiredOne + 1;
        }
    }

    private void AddScores(WeightedTerm bigram)
    {
        if (_segment.Reader.Terms.Find(bigram.Key) is not { } entry)
            return;
        var lengths = _segment.Reader.Lengths;
        var postings = new Postings(_segment.Reader.File, entry);
        while (postings.NextBlock())
        {
            var documents = postings.Documents;
            var frequencies = postings.Frequencies;
            for (var i = 0; i < documents.Length; i++)
                _scores[documents[i]] += bigram.Weight * _bm25.Saturation(frequencies[i], lengths[documents[i]]);
        }
    }
}
