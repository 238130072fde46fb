using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Finds the best documents of one segment, window by window (MaxScore with block maxima). In each window the clauses are split: those that together cannot
/// lift a document among the best are only added to documents that another clause found. A document is given up as soon as what is left cannot lift it.
/// </summary>
internal sealed class WindowScorer
{
    private const int Window = 2048;
    private const int PrimingWindows = 4;

    /// <summary>To ask a clause about one document costs as much as to add so many of its documents one after another.</summary>
    private const int CostOfAsking = 8;

    private readonly SegmentContext _segment;
    private readonly FinalScore _final;
    private readonly TopDocs _best;
    private readonly ClauseStreams _streams;
    private readonly List<ActiveClause> _active = [];
    private readonly List<ActiveClause> _supports = [];
    private readonly long[] _needed;
    private readonly long[] _sums = ArrayPool<long>.Shared.Rent(Window);
    private readonly int[] _candidates = ArrayPool<int>.Shared.Rent(Window);
    private int _count;
    private long _supportBound;

    public WindowScorer(SegmentContext segment, QueryPlan plan, FinalScore final, TopDocs best)
    {
        (_segment, _final, _best) = (segment, final, best);
        _streams = new ClauseStreams(segment, plan);
        _needed = new long[_streams.Finders.Count + 1];
        Array.Clear(_sums);
    }

    /// <summary>Offers the best matches that <paramref name="accept"/> lets through; null lets all through. Call one of the two methods, once.</summary>
    public void Run(Func<int, bool>? accept)
    {
        var windows = (_segment.Reader.DocumentCount + Window - 1) / Window;
        if (!_streams.IsImpossible)
        {
            Span<(long Bound, int Window)> first = stackalloc (long, int)[windows > PrimingWindows * 2 && _best.Threshold < 0 ? PrimingWindows : 0];
            RunFirst(windows, first, accept);
            for (var window = 0; window < windows; window++)
            {
                if (!IsAmong(first, window))
                    RunWindow(window * Window, accept);
            }
        }
        Return();
    }

    /// <summary>Scores exactly the documents of a set, each of which is a match whatever clauses it has.</summary>
    public void RunOver(DocumentSet documents, Func<int, long> number)
    {
        for (var start = 0; start < _segment.Reader.DocumentCount; start += Window)
        {
            var end = WindowEnd(start);
            if (documents.From(start) >= end)
                continue;
            foreach (var clause in _streams.Finders.Concat(_streams.Supports))
                clause.Stream.AddTo(_sums, start, end, 0);
            for (var document = documents.From(start); document < end; document = documents.From(document + 1))
                Offer(document, _sums[document - start], number(document));
            Array.Clear(_sums);
        }
        Return();
    }

    private void Return()
    {
        ArrayPool<long>.Shared.Return(_sums);
        ArrayPool<int>.Shared.Return(_candidates);
    }

    private static bool IsAmong(Span<(long Bound, int Window)> first, int window)
    {
        foreach (var (bound, other) in first)
        {
            if (other == window && bound > 0)
                return true;
        }
        return false;
    }

    /// <summary>Runs the most promising windows: the higher the score that a document needs from the beginning, the more is passed over.</summary>
    private void RunFirst(int windows, Span<(long Bound, int Window)> first, Func<int, bool>? accept)
    {
        if (first.Length == 0)
            return;
        first.Clear();
        for (var window = 0; window < windows; window++)
        {
            if (!Prepare(window * Window, WindowEnd(window * Window)) || Bounds(_active.Count) + _supportBound is var bound && bound <= first[^1].Bound)
                continue;
            first[^1] = (bound, window);
            for (var i = first.Length - 1; i > 0 && first[i].Bound > first[i - 1].Bound; i--)
                (first[i], first[i - 1]) = (first[i - 1], first[i]);
        }
        _streams.Rewind();
        first.Sort(static (a, b) => a.Window.CompareTo(b.Window));
        foreach (var (bound, window) in first)
        {
            if (bound > 0)
                RunWindow(window * Window, accept);
        }
        _streams.Rewind();
    }

    private void RunWindow(int start, Func<int, bool>? accept)
    {
        var end = WindowEnd(start);
        if (!Prepare(start, end))
            return;
        FindNeeded(_best.Threshold);
        if (!CanReach(0, _active.Count, Bounds(_active.Count) + _supportBound))
            return;
        var others = _streams.HasRequired ? MoveLeadToEnd() : WeakCount();
        var rest = Bounds(others) + _supportBound;
        var least = others == _active.Count - 1 ? _needed[_active.Count] - rest : 0;
        for (var i = others; i < _active.Count; i++)
            _active[i].Stream.AddTo(_sums, start, end, least);
        Collect(start, end - start, others, rest, accept);
        for (var i = others - 1; i >= 0 && _count > 0; i--)
            Add(_active[i], start, end, i, rest -= _active[i].Bound);
        for (var i = 0; i < _supports.Count && _count > 0; i++)
            Add(_supports[i], start, end, 0, rest -= _supports[i].Bound);
        foreach (var candidate in _candidates.AsSpan(0, _count))
            Offer(start + candidate, _sums[candidate], 0);
        Array.Clear(_sums, 0, Window);
    }

    private int WindowEnd(int start) => Math.Min(start + Window, _segment.Reader.DocumentCount);

    /// <summary>Finds the bounds of the window; false when no finder has a document there, or a required one has none.</summary>
    private bool Prepare(int start, int end)
    {
        _active.Clear();
        foreach (var clause in _streams.Finders)
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
        return true;
    }

    /// <summary>Finds the sums that are too small, by the number of clauses that a document has.</summary>
    private void FindNeeded(float threshold)
    {
        for (var i = 0; i <= _active.Count; i++)
            _needed[i] = _final.Needed(threshold, i);
    }

    /// <summary>How many of the clauses with the smallest bounds cannot by themselves lift a document among the best.</summary>
    private int WeakCount()
    {
        var sum = _supportBound;
        for (var i = 0; i < _active.Count; i++)
        {
            sum += _active[i].Bound;
            if (CanReach(0, i + 1, sum))
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

    /// <summary>Sum of the bounds of the first active clauses.</summary>
    private long Bounds(int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
            sum += _active[i].Bound;
        return sum;
    }

    private void Collect(int start, int length, int others, long rest, Func<int, bool>? accept)
    {
        _count = 0;
        // A document has at most all clauses and so needs at least this much; without a threshold every document with a clause will do.
        var least = _needed[_active.Count] - rest;
        var (mask, limit) = least < 0 ? (~0L, Vector256<long>.Zero) : (ScoreStream.ScoreMask, Vector256.Create(least));
        for (var i = 0; i < length; i += Vector256<long>.Count)
        {
            var promising = Vector256.GreaterThan(Vector256.Create<long>(_sums, i) & Vector256.Create(mask), limit).ExtractMostSignificantBits();
            for (; promising != 0; promising &= promising - 1)
            {
                var candidate = i + BitOperations.TrailingZeroCount(promising);
                if (CanReach(_sums[candidate], others, rest) && (accept is null || accept(start + candidate)))
                    _candidates[_count++] = candidate;
            }
        }
    }

    /// <summary>Adds a clause to the candidates and keeps those that the rest can still lift.</summary>
    private void Add(ActiveClause clause, int start, int end, int others, long rest)
    {
        var stream = clause.Stream;
        var flag = stream.IsRequired && _streams.HasOwnFlags ? stream.Flag : 0;
        if (stream.IsRequired && !_streams.HasOwnFlags)
            KeepMatching(stream, start);
        else if ((long)_count * CostOfAsking * _segment.Reader.DocumentCount > (long)stream.Cost * (end - start))
            stream.AddTo(_sums, start, end, 0);
        else
            stream.AddTo(_sums, start, _candidates.AsSpan(0, _count));
        var kept = 0;
        foreach (var candidate in _candidates.AsSpan(0, _count))
        {
            var sum = _sums[candidate];
            _candidates[kept] = candidate;
            kept += (sum & flag) == flag && CanReach(sum, others, rest) ? 1 : 0;
        }
        _count = kept;
    }

    private void KeepMatching(ScoreStream stream, int start)
    {
        var kept = 0;
        foreach (var candidate in _candidates.AsSpan(0, _count))
        {
            var found = stream.Of(start + candidate);
            _sums[candidate] += found;
            _candidates[kept] = candidate;
            kept += found != 0 ? 1 : 0;
        }
        _count = kept;
    }

    /// <summary>False when a document with this sum can no longer be among the best, although more clauses and their bounds may be added.</summary>
    private bool CanReach(long sum, int moreClauses, long moreScore) => (sum & ScoreStream.ScoreMask) + moreScore > _needed[_streams.Matched(sum) + moreClauses];

    private void Offer(int document, long sum, long number)
    {
        var (matched, score) = (_streams.Matched(sum), sum & ScoreStream.ScoreMask);
        _best.Add(new Candidate(_segment.Number, document, number, _final.Of(_segment.Reader, document, matched, score), matched, score));
    }
}
