using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>A segment as a commit names it.</summary>
/// <param name="Name">File name of the segment.</param>
/// <param name="Length">Length of the file in bytes.</param>
/// <param name="DocumentCount">Documents in it, deleted ones included.</param>
/// <param name="LiveName">File name of its deletions, or empty.</param>
internal sealed record CommittedSegment(string Name, long Length, int DocumentCount, string LiveName);

/// <summary>The one file that says what the index consists of. Replacing it is the commit.</summary>
internal sealed record CommitPoint(string Fingerprint, long NextNumber, string? CommitData, IReadOnlyList<CommittedSegment> Segments)
{
    public const string FileName = "index.commit";

    private const int Magic = 0x4943504B;
    private const int FormatVersion = 1;

    public void Write(string folder)
    {
        var content = new ByteBuffer();
        content.WriteInt32(Magic);
        content.WriteInt32(FormatVersion);
        content.WriteText(Fingerprint);
        content.WriteVariable(NextNumber);
        content.Write((byte)(CommitData is null ? 0 : 1));
        content.WriteText(CommitData ?? "");
        content.WriteVariable(Segments.Count);
        foreach (var segment in Segments)
        {
            content.WriteText(segment.Name);
            content.WriteVariable(segment.Length);
            content.WriteVariable(segment.DocumentCount);
            content.WriteText(segment.LiveName);
        }
        using var file = new DurableFile(Path.Combine(folder, FileName));
        file.Write(content.Written);
        file.Commit();
    }

    /// <exception cref="DamagedIndexException">The file is damaged or was made by another version, schema or analyzer.</exception>
    public static unsafe CommitPoint Read(string folder, string expectedFingerprint)
    {
        var bytes = MappedFile.ReadAll(Path.Combine(folder, FileName));
        var header = MemoryMarshal.Cast<byte, int>(bytes);
        if (header.Length < 2 || header[0] != Magic || header[1] != FormatVersion)
            throw new DamagedIndexException($"{folder} does not hold an index of this version.");
        fixed (byte* start = bytes)
        {
            var cursor = new ByteCursor(start + 8);
            var fingerprint = cursor.ReadText();
            if (fingerprint != expectedFingerprint)
                throw new DamagedIndexException($"The index in {folder} was made with another schema, dictionary or ICU version.");
            var nextNumber = cursor.ReadVariable();
            var hasData = cursor.ReadCount() == 1;
            var data = cursor.ReadText();
            var segments = new CommittedSegment[cursor.ReadCount()];
            for (var i = 0; i < segments.Length; i++)
                segments[i] = new CommittedSegment(cursor.ReadText(), cursor.ReadVariable(), cursor.ReadCount(), cursor.ReadText());
            return new CommitPoint(fingerprint, nextNumber, hasData ? data : null, segments);
        }
    }
}
