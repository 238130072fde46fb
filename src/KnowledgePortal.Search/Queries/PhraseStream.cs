using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Terms at fixed distances from each other. The positions of a document are read only when the frequencies of its terms allow a score that is still wanted.
/// </summary>
internal sealed class PhraseStream : ScoreStream
{
    private readonly PhraseTerm[] _terms;
    private readonly BlockBounds[] _bounds;
    private readonly float _weight;
    private int[] _starts = new int[16];

    private PhraseStream(SegmentReader reader, PhraseTerm[] terms, Bm25 bm25, float weight)
        : base(bm25, reader)
    {
        // The rarest term leads.
        _terms = [.. terms.OrderBy(term => term.Postings.DocumentCount)];
        _weight = Bm25.Scaled(weight);
        _bounds = [.. _terms.Select(term => new BlockBounds(term.Postings, reader, bm25, _weight, bm25.OccurrenceFactor))];
    }

    private readonly record struct PhraseTerm(Postings Postings, int Distance);

    public override int Cost => _terms[0].Postings.DocumentCount;

    /// <summary>Null when the segment lacks one of the terms.</summary>
    public static PhraseStream? Open(SegmentReader reader, int segment, IReadOnlyList<TermState> terms, IReadOnlyList<int> distances, Bm25 bm25, float weight, bool isRequired)
    {
        var opened = new PhraseTerm[terms.Count];
        for (var i = 0; i < opened.Length; i++)
        {
            if (terms[i].Entries[segment] is not { } entry)
                return null;
            opened[i] = new PhraseTerm(new Postings(reader.File, entry), distances[i]);
        }
        return new PhraseStream(reader, opened, bm25, weight) { IsRequired = isRequired };
    }

    public override void Rewind()
    {
        foreach (var bounds in _bounds)
            bounds.Rewind();
    }

    public override long Bound(int start, int end)
    {
        var bound = long.MaxValue;
        foreach (var bounds in _bounds)
        {
            bound = Math.Min(bound, bounds.Of(start, end));
            if (bound < 0)
                return NoDocument;
        }
        return bound;
    }

    public override void AddTo(Span<long> sums, int start, int end, long least)
    {
        for (var document = NextCommon(start, end); document < end; document = NextCommon(document + 1, end))
        {
            if (ScoreAt(document, least) is >= 0 and var score)
                sums[document - start] += score + Flag;
        }
    }

    public override long Of(int document) => BoundAt(document) > 0 && ScoreAt(document, 0) is >= 0 and var score ? score + Flag : 0;

    /// <summary>A bound of what it adds to a document, from the frequencies of its terms; zero when the document does not have them all.</summary>
    public long BoundAt(int document)
    {
        var frequency = int.MaxValue;
        foreach (var term in _terms)
        {
            if (!term.Postings.Advance(document) || term.Postings.Document != document)
                return 0;
            frequency = Math.Min(frequency, term.Postings.Frequency);
        }
        return Bm25.Score(_weight, frequency * Bm25.OccurrenceFactor, Reader.Length(document)) + 1;
    }

    public override void CollectInto(DocumentSet set)
    {
        for (var document = NextCommon(0, int.MaxValue); document < int.MaxValue; document = NextCommon(document + 1, int.MaxValue))
        {
            if (ScoreAt(document, 0) >= 0)
                set.Add(document);
        }
    }

    /// <summary>The first document from <paramref name="document"/> on that has all terms, or something not below <paramref name="end"/>.</summary>
    private int NextCommon(int document, int end)
    {
        for (var i = 0; i < _terms.Length && document < end; i++)
        {
            var postings = _terms[i].Postings;
            if (!postings.Advance(document))
                return int.MaxValue;
            if (postings.Document == document)
                continue;
            document = postings.Document;
            if (i > 0)
                i = -1;
        }
        return document;
    }

    /// <summary>Negative when the phrase is not in the document at which all terms stand.</summary>
    private long ScoreAt(int document, long least)
    {
        var length = Reader.Length(document);
        if (least > 0)
        {
            var frequency = int.MaxValue;
            foreach (var term in _terms)
                frequency = Math.Min(frequency, term.Postings.Frequency);
            if (Bm25.Score(_weight, frequency * Bm25.OccurrenceFactor, length) < least)
                return -1;
        }
        var count = Occurrences();
        return count == 0 ? -1 : Bm25.Score(_weight, count * Bm25.UnitsPerBoost, length);
    }

    /// <summary>Begins with the term that is rarest in the document.</summary>
    private int Occurrences()
    {
        var first = 0;
        for (var i = 1; i < _terms.Length; i++)
        {
            if (_terms[i].Postings.Frequency < _terms[first].Postings.Frequency)
                first = i;
        }
        var count = _terms[first].Postings.ReadPositions(ref _starts);
        for (var i = 0; i < _terms.Length && count > 0; i++)
        {
            if (i != first)
                count = KeepCommon(count, _terms[i].Postings.PositionBytes(_terms[i].Postings.Index), _terms[i].Distance - _terms[first].Distance);
        }
        return count;
    }

    /// <summary>Keeps the starts that have a position of another term at a distance, reading no further than needed.</summary>
    private int KeepCommon(int count, ReadOnlySpan<byte> positions, int distance)
    {
        var (kept, next, position, shift, gap) = (0, 0, 0, 0, 0);
        var wanted = _starts[0] + distance;
        foreach (var b in positions)
        {
            gap |= (b & 0x7F) << shift;
            shift += 7;
            if (b >= 0x80)
                continue;
            position += gap;
            (shift, gap) = (0, 0);
            while (wanted <= position)
            {
                if (wanted == position)
                    _starts[kept++] = _starts[next];
                if (++next == count)
                    return kept;
                wanted = _starts[next] + distance;
            }
        }
        return kept;
    }
}
