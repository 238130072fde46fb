using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Opens what the last commit in a folder names.</summary>
internal static class CommittedIndex
{
    /// <summary>Tells indexes apart that were made with other fields or other words.</summary>
    public static string Fingerprint(IndexSchema schema, ThaiAnalyzer analyzer) => $"{schema.Fingerprint}|{analyzer.Fingerprint}";

    /// <exception cref="DamagedIndexException">A file is damaged, missing or foreign.</exception>
    public static (CommitPoint Point, List<SegmentView> Segments) Open(string folder, string fingerprint, IndexSchema schema)
    {
        var point = CommitPoint.Read(folder, fingerprint);
        return (point, [.. point.Segments.Select(segment => OpenSegment(folder, segment, schema))]);
    }

    /// <summary>The same while a writer, perhaps of another process, may replace the files: what is gone because a newer commit came is looked for there.</summary>
    public static (CommitPoint Point, List<SegmentView> Segments) OpenBesideWriter(string folder, string fingerprint, IndexSchema schema)
    {
        while (true)
        {
            var point = CommitPoint.Read(folder, fingerprint);
            try
            {
                return Open(folder, fingerprint, schema);
            }
            catch (DamagedIndexException) when (CommitPoint.Read(folder, fingerprint).NextNumber != point.NextNumber)
            {
                // Another commit was made in between; the files of the one before may be gone. However often: only a writer that goes on can cause it.
            }
        }
    }

    private static SegmentView OpenSegment(string folder, CommittedSegment segment, IndexSchema schema)
    {
        var reader = SegmentReader.Open(folder, segment.Name, segment.Length, schema);
        if (reader.DocumentCount != segment.DocumentCount)
            throw new DamagedIndexException($"{segment.Name} does not hold the documents that the commit names.");
        return new SegmentView(reader, segment.LiveName.Length == 0
            ? LiveDocuments.All(reader.DocumentCount)
            : LiveDocuments.Read(Path.Combine(folder, segment.LiveName), reader.DocumentCount));
    }
}
