namespace KnowledgePortal.Search.Indexing;

/// <summary>One segment as a searcher or a merge sees it.</summary>
internal sealed record SegmentView(SegmentReader Reader, LiveDocuments Live)
{
    /// <summary>Documents that were deleted until a later view of the segment; all of them when it is gone.</summary>
    public IEnumerable<int> DeletedUntil(SegmentView? later) =>
        later is null ? Enumerable.Range(0, Reader.DocumentCount).Where(Live.IsLive) : later.Live.DeletedSince(Live);
}

/// <summary>Writes the live documents of neighbouring segments, in order, as one segment.</summary>
internal sealed class SegmentMerger(IReadOnlyList<SegmentView> segments, IndexSchema schema)
{
    private readonly int[][] _newNumbers = [.. segments.Select(segment => new int[segment.Reader.DocumentCount])];

    /// <summary>Returns the length of the file.</summary>
    public long Write(string path, CancellationToken stop)
    {
        using var writer = new SegmentWriter(path, schema);
        for (var i = 0; i < segments.Count; i++)
            CopyDocuments(segments[i], _newNumbers[i], writer);
        CopyTerms(writer, stop);
        var length = writer.Finish();
        GC.KeepAlive(segments);
        return length;
    }

    /// <summary>Number in the merged segment of a document of a source; negative when it was deleted before.</summary>
    public int NewNumber(int source, int document) => _newNumbers[source][document];

    private void CopyDocuments(SegmentView segment, int[] newNumbers, SegmentWriter writer)
    {
        var reader = segment.Reader;
        var numbers = new long[schema.NumberFields.Count];
        for (var document = 0; document < reader.DocumentCount; document++)
        {
            newNumbers[document] = segment.Live.IsLive(document) ? writer.DocumentCount : -1;
            if (newNumbers[document] < 0)
                continue;
            for (var field = 0; field < numbers.Length; field++)
                numbers[field] = reader.Numbers(field)[document];
            writer.AddDocument(reader.KeyBytes(document), reader.StoredBytes(document), reader.Length(document), Keywords(reader, document), numbers);
        }
    }

    private List<(int Field, string Value)> Keywords(SegmentReader reader, int document)
    {
        var values = new List<(int, string)>();
        for (var field = 0; field < schema.KeywordFields.Count; field++)
        {
            var column = reader.Keywords(field);
            foreach (var ordinal in column.Of(document))
                values.Add((field, column.Values[ordinal]));
        }
        return values;
    }

    private void CopyTerms(SegmentWriter writer, CancellationToken stop)
    {
        var sources = new TermEnumerator?[segments.Count];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = Moved(segments[i].Reader.Terms.From([]));
        while (Smallest(sources) is { } term)
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < sources.Length; i++)
            {
                if (sources[i] is not { } source || !source.Term.SequenceEqual(term))
                    continue;
                CopyPostings(new Postings(segments[i].Reader.File, source.Entry), _newNumbers[i], term[0] == TermKeys.Words, writer);
                sources[i] = Moved(source);
            }
            writer.EndTerm(term);
        }
    }

    private static TermEnumerator? Moved(TermEnumerator source) => source.MoveNext() ? source : null;

    private static byte[]? Smallest(TermEnumerator?[] sources)
    {
        TermEnumerator? smallest = null;
        foreach (var source in sources)
        {
            if (source is not null && (smallest is null || source.Term.SequenceCompareTo(smallest.Term) < 0))
                smallest = source;
        }
        return smallest?.Term.ToArray();
    }

    private static void CopyPostings(Postings postings, int[] newNumbers, bool hasPositions, SegmentWriter writer)
    {
        while (postings.NextBlock())
        {
            var documents = postings.Documents;
            var frequencies = postings.Frequencies;
            for (var i = 0; i < documents.Length; i++)
            {
                var document = newNumbers[documents[i]];
                if (document >= 0)
                    writer.AddPosting(document, frequencies[i], hasPositions ? postings.PositionBytes(i) : []);
            }
        }
    }
}
