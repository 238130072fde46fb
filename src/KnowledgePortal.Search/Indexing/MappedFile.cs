using System.IO.MemoryMappedFiles;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// A checked, memory-mapped index file. Pointers into it are valid while this object is reachable: whoever reads keeps it alive
/// (<see cref="GC.KeepAlive"/>) until done. The file may be deleted while it is mapped.
/// </summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly string _path;
    private readonly DateTime _writtenUtc;

    private MappedFile(string path, long length, DateTime writtenUtc)
    {
        (_path, _writtenUtc) = (path, writtenUtc);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Start = pointer + _view.PointerOffset;
        Length = length - sizeof(uint);
    }

    ~MappedFile()
    {
        // The view is missing when mapping failed.
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    public byte* Start { get; }

    /// <summary>Length without the checksum.</summary>
    public long Length { get; }

    /// <summary>
    /// False when somebody wrote to the file after it was checked: what the map shows is no longer what was checked, and may not even be there.
    /// A file that was deleted or moved stays as it was in the map.
    /// </summary>
    public bool IsUntouched
    {
        get
        {
            var file = new FileInfo(_path);
            return !file.Exists || file.Length == Length + sizeof(uint) && file.LastWriteTimeUtc == _writtenUtc;
        }
    }

    public ReadOnlySpan<byte> Bytes(long offset, int length) => new(Start + offset, length);

    /// <summary>Maps a file after comparing its length and checksum.</summary>
    /// <exception cref="DamagedIndexException">The file is missing or is not what was written.</exception>
    public static MappedFile Open(string path, long expectedLength)
    {
        try
        {
            var writtenUtc = File.GetLastWriteTimeUtc(path);
            Verify(path, expectedLength);
            return new MappedFile(path, expectedLength, writtenUtc);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DamagedIndexException($"{path} is missing.", missing);
        }
    }

    /// <summary>Reads a small checked file whole, without its checksum.</summary>
    /// <exception cref="DamagedIndexException">The file is missing or is not what was written.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            Verify(path, null);
            return File.ReadAllBytes(path)[..^sizeof(uint)];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DamagedIndexException($"{path} is missing.", missing);
        }
    }

    /// <summary>Reads by buffer and not through the map, so that checking does not bring the whole file into the process.</summary>
    private static void Verify(string path, long? expectedLength)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        if (stream.Length < sizeof(uint) || expectedLength is { } length && stream.Length != length)
            throw new DamagedIndexException($"{path} has {stream.Length} bytes instead of {expectedLength}.");
        var buffer = new byte[1 << 18];
        var crc = uint.MaxValue;
        for (var left = stream.Length - sizeof(uint); left > 0;)
        {
            var count = (int)Math.Min(left, buffer.Length);
            stream.ReadExactly(buffer, 0, count);
            crc = DurableFile.Checksum(crc, buffer.AsSpan(0, count));
            left -= count;
        }
        stream.ReadExactly(buffer, 0, sizeof(uint));
        if (BitConverter.ToUInt32(buffer) != ~crc)
            throw new DamagedIndexException($"{path} does not match its checksum.");
    }
}
