using System.Numerics;
using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Writes a whole file so that after <see cref="Commit"/> it is on the disk under its name, or not there at all: temporary file in the same folder,
/// fsync, rename, fsync of the folder. The last four bytes are the CRC-32C of all others. .NET's own flush reports no failure of fsync, so it is
/// called directly and its result checked.
/// </summary>
internal sealed class DurableFile : IDisposable
{
    private const int OpenReadOnlyDirectory = 0x10000;

    /// <summary>For tests: called with the file and what is about to be done to it, and may fail as a disk fails.</summary>
    internal static volatile Action<string, string>? FailPoint;

    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;
    private uint _crc = uint.MaxValue;

    public DurableFile(string path)
    {
        _path = path;
        _temporaryPath = path + ".tmp";
        FailPoint?.Invoke(path, "create");
        _stream = new FileStream(_temporaryPath, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
    }

    /// <summary>Bytes written so far.</summary>
    public long Position { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Position += bytes.Length;
        while (bytes.Length > 0)
        {
            if (_buffered == _buffer.Length)
                Drain();
            var count = Math.Min(bytes.Length, _buffer.Length - _buffered);
            bytes[..count].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += count;
            bytes = bytes[count..];
        }
    }

    public void WriteInt32(int value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public void WriteInt64(long value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    /// <summary>Pads to a multiple of eight so that numbers can be read in place.</summary>
    public void Align()
    {
        while (Position % 8 != 0)
            Write([0]);
    }

    /// <summary>Adds the checksum and makes the file permanent.</summary>
    public void Commit()
    {
        Drain();
        WriteInt32((int)~_crc);
        _stream.Write(_buffer, 0, _buffered);
        _buffered = 0;
        FailPoint?.Invoke(_path, "synchronize");
        Synchronize((int)_stream.SafeFileHandle.DangerousGetHandle(), _temporaryPath);
        _stream.Dispose();
        FailPoint?.Invoke(_path, "rename");
        File.Move(_temporaryPath, _path, overwrite: true);
        FailPoint?.Invoke(_path, "synchronize folder");
        SynchronizeFolder(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporaryPath);
    }

    /// <summary>Continues a CRC-32C (Castagnoli) over more bytes; begin with uint.MaxValue and complement the result.</summary>
    public static uint Checksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (var b in bytes[(words.Length * 8)..])
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }

    /// <summary>Makes the names in a folder permanent.</summary>
    public static void SynchronizeFolder(string folder)
    {
        var descriptor = Open(folder, OpenReadOnlyDirectory);
        if (descriptor < 0)
            throw new IOException($"The folder {folder} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            Synchronize(descriptor, folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private void Drain()
    {
        FailPoint?.Invoke(_path, "write");
        _crc = Checksum(_crc, _buffer.AsSpan(0, _buffered));
        _stream.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

    private static void Synchronize(int descriptor, string path)
    {
        if (Fsync(descriptor) != 0)
            throw new IOException($"{path} could not be brought to the disk (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
