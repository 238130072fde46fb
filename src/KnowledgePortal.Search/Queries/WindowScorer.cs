namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Finds the best documents of one segment, window by window (MaxScore with block maxima). In each window the clauses are split: those that together cannot
/// lift a document among the best are only asked about documents that another clause found. A document is given up as soon as what is left cannot lift it.
/// </summary>
internal sealed class WindowScorer
{
    private const int Window = 512;
    private const int PrimingWindows = 4;

    private readonly SegmentContext _segment;
    private readonly FinalScore _final;
    private readonly TopDocs _best;
    private readonly ClauseStreams _streams;
    private readonly List<ActiveClause> _active = [];
    private readonly List<ActiveClause> _supports = [];
    private readonly List<PairStream> _pairs = [];
    private long _supportBound;
    private long _pairBound;
    private float _threshold;

    public WindowScorer(SegmentContext segment, QueryPlan plan, FinalScore final, TopDocs best)
    {
        (_segment, _final, _best) = (segment, final, best);
        _streams = new ClauseStreams(segment, plan);
    }

    /// <summary>Offers the best matches that <paramref name="accept"/> lets through.</summary>
    public void Run(Func<int, bool> accept)
    {
        if (_streams.IsImpossible)
            return;
        var windows = (_segment.Reader.DocumentCount + Window - 1) / Window;
        if (windows > PrimingWindows * 2 && _best.Threshold < 0)
            Prime(windows, accept);
        var sums = new long[Window];
        for (var window = 0; window < windows; window++)
            RunWindow(window * Window, sums, _best, accept);
    }

    /// <summary>
    /// Looks at the most promising windows first, only to learn what score a document needs: the higher it is from the beginning, the more is passed over.
    /// </summary>
    private void Prime(int windows, Func<int, bool> accept)
    {
        var bounds = new long[windows];
        for (var window = 0; window < windows; window++)
            bounds[window] = Prepare(window * Window, WindowEnd(window * Window)) ? -(Bounds(_active.Count) + _supportBound + _pairBound) : 0;
        var order = Enumerable.Range(0, windows).ToArray();
        Array.Sort(bounds, order);
        _streams.Rewind();
        var found = new TopDocs(_best.Most);
        var sums = new long[Window];
        foreach (var window in order.Take(PrimingWindows).Order())
            RunWindow(window * Window, sums, found, accept);
        _streams.Rewind();
        if (found.IsFull)
            _best.Expect(found.Threshold);
    }

    private void RunWindow(int start, long[] sums, TopDocs best, Func<int, bool> accept)
    {
        var end = WindowEnd(start);
        _threshold = best.Threshold;
        if (!Prepare(start, end) || !CanReach(0, _active.Count, Bounds(_active.Count) + _supportBound + _pairBound))
            return;
        var others = _streams.HasRequired ? MoveLeadToEnd() : WeakCount();
        AddLeads(sums, start, end, others);
        Evaluate(sums.AsSpan(0, end - start), start, others, best, accept);
    }

    private int WindowEnd(int start) => Math.Min(start + Window, _segment.Reader.DocumentCount);

    /// <summary>Scores exactly the documents of a set, each of which is a match whatever clauses it has.</summary>
    public void RunOver(DocumentSet documents, Func<int, long> number)
    {
        var sums = new long[Window];
        for (var start = 0; start < _segment.Reader.DocumentCount; start += Window)
        {
            var end = Math.Min(start + Window, _segment.Reader.DocumentCount);
            if (documents.From(start) >= end)
                continue;
            foreach (var clause in _streams.Finders.Concat(_streams.Supports))
                clause.Stream.AddTo(sums, start, end, 0);
            for (var document = documents.From(start); document < end; document = documents.From(document + 1))
            {
                var sum = sums[document - start];
                foreach (var pair in _streams.Pairs)
                    sum += pair.Of(document);
                Offer(document, sum, number(document), _best);
            }
            Array.Clear(sums);
        }
    }

    /// <summary>Finds the bounds of the window; false when no finder has a document there, or a required one has none.</summary>
    private bool Prepare(int start, int end)
    {
        _active.Clear();
        var isPossible = true;
        foreach (var clause in _streams.Finders)
        {
            clause.Bound = clause.Stream.Bound(start, end);
            if (clause.Bound >= 0)
                _active.Add(clause);
            else
                isPossible &= !clause.Stream.IsRequired;
        }
        if (!isPossible || _active.Count == 0)
            return false;
        _active.Sort(static (a, b) => a.Bound.CompareTo(b.Bound));
        _supports.Clear();
        _supportBound = 0;
        foreach (var clause in _streams.Supports)
        {
            clause.Bound = clause.Stream.Bound(start, end);
            if (clause.Bound <= 0)
                continue;
            _supportBound += clause.Bound;
            _supports.Add(clause);
        }
        _supports.Sort(static (a, b) => b.Bound.CompareTo(a.Bound));
        _pairs.Clear();
        _pairBound = 0;
        foreach (var pair in _streams.Pairs)
        {
            if (pair.FindBound(start, end) <= 0)
                continue;
            _pairBound += pair.Bound;
            _pairs.Add(pair);
        }
        return true;
    }

    /// <summary>How many of the clauses with the smallest bounds cannot by themselves lift a document among the best.</summary>
    private int WeakCount()
    {
        var (sum, flags) = (_supportBound, 0L);
        for (var i = 0; i < _active.Count; i++)
        {
            sum += _active[i].Bound;
            flags |= _active[i].Stream.Flag;
            if (CanReach(0, i + 1, sum + PairBound(flags)))
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

        double Rank(ActiveClause clause) => clause == lead ? double.MaxValue : clause.Stream.IsRequired ? 1e18 - clause.Stream.Cost : clause.Bound / 1e9;
    }

    private void AddLeads(long[] sums, int start, int end, int others)
    {
        var least = 0L;
        if (others == _active.Count - 1)
            least = _final.Needed(_threshold, _active.Count) - Bounds(others) - _supportBound - _pairBound;
        for (var i = others; i < _active.Count; i++)
            _active[i].Stream.AddTo(sums, start, end, least);
    }

    /// <summary>Sum of the bounds of the first active clauses.</summary>
    private long Bounds(int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
            sum += _active[i].Bound;
        return sum;
    }

    private void Evaluate(Span<long> sums, int start, int others, TopDocs best, Func<int, bool> accept)
    {
        var rest = Bounds(others) + _supportBound;
        var flags = 0L;
        for (var i = 0; i < others; i++)
            flags |= _active[i].Stream.Flag;
        for (var i = 0; i < sums.Length; i++)
        {
            var sum = sums[i];
            if (sum == 0)
                continue;
            sums[i] = 0;
            if (CanReach(sum, others, rest + _pairBound) && CanReach(sum, others, rest + PairBound(sum | flags)) && accept(start + i))
                Complete(start + i, sum, others, rest, best);
        }
    }

    private void Complete(int document, long sum, int others, long rest, TopDocs best)
    {
        for (var i = others - 1; i >= 0; i--)
        {
            var clause = _active[i];
            var found = clause.Stream.Of(document);
            if (found == 0 && clause.Stream.IsRequired)
                return;
            sum += found;
            rest -= clause.Bound;
            if (!CanReach(sum, i, rest + _pairBound))
                return;
        }
        var pairRest = PairBound(sum);
        foreach (var clause in _supports)
        {
            if (!CanReach(sum, 0, rest + pairRest))
                return;
            sum += clause.Stream.Of(document);
            rest -= clause.Bound;
        }
        pairRest = 0;
        foreach (var pair in _pairs)
            pairRest += (pair.Flags & ~sum) == 0 ? pair.FindBoundAt(document) : 0;
        foreach (var pair in _pairs)
        {
            if ((pair.Flags & ~sum) != 0 || pair.BoundHere == 0)
                continue;
            if (!CanReach(sum, 0, pairRest))
                return;
            pairRest -= pair.BoundHere;
            sum += pair.Of(document);
        }
        Offer(document, sum, 0, best);
        _threshold = best.Threshold;
    }

    /// <summary>What pairs may add to a document that has no more than the clauses of these flags.</summary>
    private long PairBound(long flags)
    {
        var sum = 0L;
        foreach (var pair in _pairs)
            sum += (pair.Flags & ~flags) == 0 ? pair.Bound : 0;
        return sum;
    }

    /// <summary>False when a document with this sum can no longer be among the best, although more clauses and their bounds may be added.</summary>
    private bool CanReach(long sum, int moreClauses, long moreScore) => _final.Bound(_streams.Matched(sum) + moreClauses, Score(sum) + moreScore) > _threshold;

    private void Offer(int document, long sum, long number, TopDocs best) =>
        best.Add(new Candidate(_segment.Number, document, number, _final.Of(_segment.Reader, document, _streams.Matched(sum), Score(sum))));

    private static long Score(long sum) => sum & ((1L << ScoreStream.ScoreBits) - 1);
}
