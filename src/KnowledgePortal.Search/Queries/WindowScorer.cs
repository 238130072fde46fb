using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Finds the best documents of one segment, window by window (MaxScore with block maxima). In each window the clauses are split: those that together cannot
/// lift a document among the best are only asked about documents that another clause found. A document is given up as soon as what is left cannot lift it.
/// </summary>
internal sealed class WindowScorer
{
    private const int Window = 1024;

    private readonly SegmentContext _segment;
    private readonly FinalScore _final;
    private readonly TopDocs _best;
    private readonly List<Clause> _finders = [];
    private readonly List<Clause> _supports = [];
    private readonly List<Clause> _active = [];
    private readonly List<Clause> _activeSupports = [];
    private readonly PairStream[] _pairs;
    private readonly bool _hasRequired;
    private readonly bool _isImpossible;
    private long _supportBound;
    private long _pairBound;

    public WindowScorer(SegmentContext segment, QueryPlan plan, FinalScore final, TopDocs best)
    {
        (_segment, _final, _best) = (segment, final, best);
        foreach (var clause in plan.Scoring)
        {
            var stream = clause.Open(segment);
            _hasRequired |= clause.IsRequired;
            _isImpossible |= clause.IsRequired && stream is null;
            if (stream is not null)
                (clause.Counts ? _finders : _supports).Add(new Clause(stream));
        }
        foreach (var (term, weight) in plan.Bigrams)
        {
            if (term.Entries[segment.Number] is { } entry)
                _supports.Add(new Clause(new TermStream(segment.Reader, entry, segment.Bm25, weight, 1) { Counts = false }));
        }
        _pairs = [.. plan.Pairs.Select(pair => PairStream.Open(segment, pair)).OfType<PairStream>()];
    }

    private sealed class Clause(ScoreStream stream)
    {
        public ScoreStream Stream { get; } = stream;

        public long Bound { get; set; }
    }

    /// <summary>Offers the best matches that <paramref name="accept"/> lets through.</summary>
    public void Run(Func<int, bool> accept)
    {
        if (_isImpossible)
            return;
        var sums = new long[Window];
        for (var start = 0; start < _segment.Reader.DocumentCount; start += Window)
        {
            var end = Math.Min(start + Window, _segment.Reader.DocumentCount);
            if (!Prepare(start, end) || !CanReach(0, _active.Count, Bounds(0) + _supportBound + _pairBound))
                continue;
            var others = _hasRequired ? MoveLeadToEnd() : WeakCount();
            AddLeads(sums, start, end, others);
            Evaluate(sums.AsSpan(0, end - start), start, others, accept);
        }
    }

    /// <summary>Scores exactly the documents of a set, each of which is a match whatever clauses it has.</summary>
    public void RunOver(DocumentSet documents, Func<int, long> number)
    {
        var sums = new long[Window];
        for (var start = 0; start < _segment.Reader.DocumentCount; start += Window)
        {
            var end = Math.Min(start + Window, _segment.Reader.DocumentCount);
            if (documents.From(start) >= end)
                continue;
            foreach (var clause in _finders.Concat(_supports))
                clause.Stream.AddTo(sums, start, end, 0);
            for (var document = documents.From(start); document < end; document = documents.From(document + 1))
            {
                var sum = sums[document - start];
                foreach (var pair in _pairs)
                    sum += pair.Of(document, 0);
                Offer(document, sum, number(document));
            }
            Array.Clear(sums);
        }
    }

    /// <summary>Bounds of all clauses in the window, the smallest first; false when no finder has a document there, or a required one has none.</summary>
    private bool Prepare(int start, int end)
    {
        _active.Clear();
        foreach (var clause in _finders)
        {
            clause.Bound = clause.Stream.Bound(start, end);
            if (clause.Bound >= 0)
                _active.Add(clause);
            else if (clause.Stream.IsRequired)
                return false;
        }
        if (_active.Count == 0)
            return false;
        _active.Sort(static (a, b) => a.Bound.CompareTo(b.Bound));
        _activeSupports.Clear();
        _supportBound = 0;
        foreach (var clause in _supports)
        {
            clause.Bound = clause.Stream.Bound(start, end);
            if (clause.Bound <= 0)
                continue;
            _supportBound += clause.Bound;
            _activeSupports.Add(clause);
        }
        _activeSupports.Sort(static (a, b) => b.Bound.CompareTo(a.Bound));
        _pairBound = 0;
        foreach (var pair in _pairs)
            _pairBound += Math.Max(0, pair.Bound(start, end));
        return true;
    }

    /// <summary>How many of the clauses with the smallest bounds cannot by themselves lift a document among the best.</summary>
    private int WeakCount()
    {
        var sum = _supportBound + _pairBound;
        for (var i = 0; i < _active.Count; i++)
        {
            sum += _active[i].Bound;
            // One word has no neighbour.
            if (CanReach(0, i + 1, i == 0 ? sum - _pairBound : sum))
                return i;
        }
        return _active.Count;
    }

    /// <summary>The required clause with the fewest documents leads; the other required ones are asked first.</summary>
    private int MoveLeadToEnd()
    {
        var lead = _active.Where(clause => clause.Stream.IsRequired).MinBy(clause => clause.Stream.Cost)!;
        _active.Sort((a, b) => Rank(a).CompareTo(Rank(b)));
        return _active.Count - 1;

        double Rank(Clause clause) => clause == lead ? double.MaxValue : clause.Stream.IsRequired ? 1e18 - clause.Stream.Cost : clause.Bound / 1e9;
    }

    private void AddLeads(long[] sums, int start, int end, int others)
    {
        var least = 0L;
        if (_hasRequired || _active.Count == 1)
            least = _final.Needed(_best.Threshold, _active.Count) - (Bounds(0) - Bounds(_active.Count - 1)) - _supportBound - _pairBound;
        for (var i = others; i < _active.Count; i++)
            _active[i].Stream.AddTo(sums, start, end, least);
    }

    private long Bounds(int from)
    {
        var sum = 0L;
        for (var i = from; i < _active.Count; i++)
            sum += _active[i].Bound;
        return sum;
    }

    private void Evaluate(Span<long> sums, int start, int others, Func<int, bool> accept)
    {
        var rest = Bounds(0) - Bounds(others) + _supportBound + _pairBound;
        for (var i = 0; i < sums.Length; i++)
        {
            var sum = sums[i];
            if (sum == 0)
                continue;
            sums[i] = 0;
            if (CanReach(sum, others, rest) && accept(start + i))
                Complete(start + i, sum, others, rest);
        }
    }

    private void Complete(int document, long sum, int others, long rest)
    {
        for (var i = others - 1; i >= 0; i--)
        {
            var clause = _active[i];
            var found = clause.Stream.Of(document);
            if (found == 0 && clause.Stream.IsRequired)
                return;
            sum += found;
            rest -= clause.Bound;
            if (!CanReach(sum, i, rest))
                return;
        }
        foreach (var clause in _activeSupports)
        {
            sum += clause.Stream.Of(document);
            rest -= clause.Bound;
            if (!CanReach(sum, 0, rest))
                return;
        }
        foreach (var pair in _pairs)
        {
            if (pair.LastBound <= 0)
                continue;
            rest -= pair.LastBound;
            sum += pair.Of(document, _final.Needed(_best.Threshold, ScoreStream.MatchedCount(sum)) - (sum & ScoreStream.ScoreMask) - rest);
            if (!CanReach(sum, 0, rest))
                return;
        }
        Offer(document, sum, 0);
    }

    /// <summary>False when a document with this sum can no longer be among the best, although more clauses and their bounds may be added.</summary>
    private bool CanReach(long sum, int moreClauses, long moreScore) =>
        _final.Bound(ScoreStream.MatchedCount(sum) + moreClauses, (sum & ScoreStream.ScoreMask) + moreScore) > _best.Threshold;

    private void Offer(int document, long sum, long number) =>
        _best.Add(new Candidate(_segment.Number, document, number, _final.Of(_segment.Reader, document, ScoreStream.MatchedCount(sum), sum & ScoreStream.ScoreMask)));
}
