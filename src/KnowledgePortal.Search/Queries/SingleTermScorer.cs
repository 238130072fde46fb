using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Finds the best documents of a single term: the most promising blocks first, then those of the others that still can hold a better document.</summary>
internal sealed class SingleTermScorer
{
    private const int FirstBlocks = 8;
    private const float Slack = 1.00001f;

    private readonly SegmentContext _segment;
    private readonly FinalScore _final;
    private readonly Postings _postings;
    private readonly float _weight;
    private readonly float _factor;
    private readonly float _largest;

    private SingleTermScorer(SegmentContext segment, TermEntry entry, float weight, float factor, FinalScore final)
    {
        (_segment, _final, _factor) = (segment, final, factor);
        _postings = new Postings(segment.Reader.File, entry);
        _weight = Bm25.Scaled(weight);
        _largest = BlockBounds.LargestScore(segment.Reader, segment.Bm25, _weight, factor) * Slack;
    }

    /// <summary>Null when the plan has more than one term in this segment.</summary>
    public static SingleTermScorer? For(SegmentContext segment, QueryPlan plan, FinalScore final)
    {
        if (plan.Scoring is not [TermGroup group] || plan.Bigrams.Any(bigram => bigram.Term.Entries[segment.Number] is not null))
            return null;
        var terms = group.Terms.Where(term => term.Term.Entries[segment.Number] is not null).ToList();
        return terms is [var (term, factor)] ? new SingleTermScorer(segment, term.Entries[segment.Number]!.Value, group.Weight, factor, final) : null;
    }

    public void Run(Func<int, bool>? accept, TopDocs best)
    {
        Span<(float Saturation, int Block)> first = stackalloc (float, int)[best.Threshold < 0 && _postings.BlockCount > 2 * FirstBlocks ? FirstBlocks : 0];
        ScoreFirst(first, accept, best);
        var needed = NeededSaturation(best);
        for (var block = 0; block < _postings.BlockCount; block++)
        {
            if (_postings.BlockCount > 1 && _postings.Summary(block).Saturation < needed || IsAmong(first, block))
                continue;
            Score(block, accept, best);
            needed = NeededSaturation(best);
        }
    }

    private static bool IsAmong(Span<(float Saturation, int Block)> first, int block)
    {
        foreach (var (_, other) in first)
        {
            if (other == block)
                return true;
        }
        return false;
    }

    /// <summary>The most promising blocks: the higher the score that a document needs from the beginning, the more is passed over.</summary>
    private void ScoreFirst(Span<(float Saturation, int Block)> first, Func<int, bool>? accept, TopDocs best)
    {
        if (first.Length == 0)
            return;
        first.Clear();
        for (var block = 0; block < _postings.BlockCount; block++)
        {
            var saturation = _postings.Summary(block).Saturation;
            if (saturation <= first[^1].Saturation)
                continue;
            first[^1] = (saturation, block);
            for (var i = first.Length - 1; i > 0 && first[i].Saturation > first[i - 1].Saturation; i--)
                (first[i], first[i - 1]) = (first[i - 1], first[i]);
        }
        foreach (var (_, block) in first)
            Score(block, accept, best);
    }

    /// <summary>No block with a smaller saturation has a document that is kept.</summary>
    private float NeededSaturation(TopDocs best) => best.Threshold < 0 ? 0 : (_final.Needed(best.Threshold, 1) - 2) / _largest / Slack;

    private void Score(int block, Func<int, bool>? accept, TopDocs best)
    {
        _postings.MoveToBlock(block);
        var documents = _postings.Documents;
        Span<long> scores = stackalloc long[BitPacking.BlockSize];
        _segment.Bm25.Score(_weight, _factor, documents, _postings.Frequencies, _segment.Reader.Lengths, scores);
        var needed = _final.Needed(best.Threshold, 1);
        for (var i = 0; i < documents.Length; i++)
        {
            if (scores[i] > needed && (accept is null || accept(documents[i])))
                best.Add(new Candidate(_segment.Number, documents[i], 0, _final.Of(_segment.Reader, documents[i], 1, scores[i]), 1, scores[i]));
        }
    }
}
