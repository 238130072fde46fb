using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Any of several terms, in one field only. An occurrence counts with the boost of the field.</summary>
internal sealed record FieldTerms(IReadOnlyList<WeightedTerm> Terms, string Field, float Weight, Occur Occur) : PlanClause(Weight, Occur, Counts: true)
{
    public override ScoreStream? Open(SegmentContext segment)
    {
        var (field, units) = (segment.Schema.TextFieldNumber(Field), segment.Schema.Units()[segment.Schema.TextFieldNumber(Field)]);
        var frequencies = new SortedDictionary<int, float>();
        var (values, positions) = (new ValueStarts(), new int[16]);
        foreach (var (term, weight) in Terms)
        {
            if (term.Entries[segment.Number] is not { } entry)
                continue;
            var postings = new Postings(segment.Reader.File, entry);
            for (var more = postings.Advance(0); more; more = postings.Next())
            {
                values.Read(segment.Reader.ValueStartBytes(postings.Document));
                var count = postings.ReadPositions(ref positions);
                var inField = 0;
                for (var i = 0; i < count; i++)
                    inField += values.FieldAt(positions[i]) == field ? 1 : 0;
                if (inField > 0)
                    frequencies[postings.Document] = frequencies.GetValueOrDefault(postings.Document) + inField * units * weight;
            }
        }
        return frequencies.Count == 0 ? null : new ListStream(segment.Reader, frequencies.Select(f => (f.Key, f.Value)), segment.Bm25, Weight) { IsRequired = IsRequired };
    }
}

/// <summary>
/// Terms in their order inside one value, with up to <paramref name="Slop"/> other words among them, in one field when it is named. Counted once for each place
/// where the first term stands.
/// </summary>
internal sealed record SloppyPhrase(IReadOnlyList<TermState> Terms, int Slop, string? Field, float Weight, Occur Occur) : PlanClause(Weight, Occur, Counts: true)
{
    public override ScoreStream? Open(SegmentContext segment)
    {
        var postings = new Postings[Terms.Count];
        for (var i = 0; i < postings.Length; i++)
        {
            if (Terms[i].Entries[segment.Number] is not { } entry)
                return null;
            postings[i] = new Postings(segment.Reader.File, entry);
        }
        var matches = Find(segment, postings);
        return matches.Count == 0 ? null : new ListStream(segment.Reader, matches, segment.Bm25, Weight) { IsRequired = IsRequired };
    }

    private List<(int, float)> Find(SegmentContext segment, Postings[] postings)
    {
        var field = Field is null ? -1 : segment.Schema.TextFieldNumber(Field);
        var units = Field is null ? segment.Bm25.UnitsPerBoost : segment.Schema.Units()[field];
        var matches = new List<(int, float)>();
        var (values, positions, counts) = (new ValueStarts(), new int[postings.Length][], new int[postings.Length]);
        Array.Fill(positions, []);
        for (var more = postings[0].Advance(0); more; more = postings[0].Next())
        {
            var document = postings[0].Document;
            if (!Array.TrueForAll(postings, p => p.Advance(document) && p.Document == document))
                continue;
            for (var i = 0; i < postings.Length; i++)
                counts[i] = postings[i].ReadPositions(ref positions[i]);
            values.Read(segment.Reader.ValueStartBytes(document));
            var found = 0;
            for (var i = 0; i < counts[0]; i++)
                found += IsMatch(positions, counts, positions[0][i], values, field) ? 1 : 0;
            if (found > 0)
                matches.Add((document, found * units));
        }
        return matches;
    }

    private bool IsMatch(int[][] positions, int[] counts, int start, ValueStarts values, int field)
    {
        var end = start;
        for (var i = 1; i < positions.Length; i++)
        {
            var next = positions[i].AsSpan(0, counts[i]).BinarySearch(end + 1);
            next = next < 0 ? ~next : next;
            if (next == counts[i])
                return false;
            end = positions[i][next];
        }
        return end - start - (positions.Length - 1) <= Slop && values.ValueAt(start) == values.ValueAt(end) && (field < 0 || values.FieldAt(start) == field);
    }
}

/// <summary>A value of a keyword field, or a range of a number field; it filters and does not score.</summary>
internal sealed record Condition(QueryCondition Of) : PlanClause(0, Of.Occur, Counts: true)
{
    public override bool Scores => false;

    public override ScoreStream? Open(SegmentContext segment) => throw new NotSupportedException("A condition has no score.");

    public override DocumentSet Matches(SegmentContext segment)
    {
        var set = new DocumentSet(segment.Reader.DocumentCount);
        if (Of.Value is { } value)
        {
            AddWithValue(set, segment.Reader.Keywords(segment.Schema.KeywordFieldNumber(Of.Field)), value);
            return set;
        }
        var numbers = segment.Reader.Numbers(segment.Schema.NumberFieldNumber(Of.Field));
        for (var document = 0; document < numbers.Length; document++)
        {
            if (numbers[document] >= Of.Least && numbers[document] <= Of.Most)
                set.Add(document);
        }
        return set;
    }

    private static void AddWithValue(DocumentSet set, KeywordColumn column, string value)
    {
        var ordinal = Array.BinarySearch(column.Values, value, StringComparer.Ordinal);
        for (var document = 0; ordinal >= 0 && document < set.DocumentCount; document++)
        {
            if (column.Of(document).Contains(ordinal))
                set.Add(document);
        }
    }
}
