using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KnowledgePortal.Web.Cli;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>
/// A file of news, one JSON object a line, plain or gzip. It is read as a stream: memory holds one line, and 16 bytes for each id already seen.
/// </summary>
public sealed class NewsFile : IDisposable
{
    public const int LongestLine = 5 * 1024 * 1024;

    private readonly Stream _file;
    private readonly Stream _content;
    private readonly Dictionary<UInt128, long> _lineOfId = [];

    /// <summary>Reads from a stream that the caller opened and this object closes.</summary>
    public NewsFile(Stream file)
    {
        _file = file;
        _content = IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static NewsFile Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan));

    /// <summary>How much of the file is read, 0 to 1; 0 when its length is unknown.</summary>
    public double Progress => _file.CanSeek && _file.Length > 0 ? (double)_file.Position / _file.Length : 0;

    /// <summary>The lines in their order, once; empty lines are passed over but counted.</summary>
    public IEnumerable<NewsLine> Lines()
    {
        var lines = new LineReader(_content, LongestLine);
        while (true)
        {
            if (Read(lines) is not { } more)
            {
                yield return Broken(lines.Number + 1, "ไฟล์บีบอัดเสียหายตั้งแต่บรรทัดนี้ อ่านต่อไม่ได้", "the compressed file is damaged from here on");
                yield break;
            }
            if (!more) yield break;
            if (Line(lines) is { } line) yield return line;
        }
    }

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private static bool? Read(LineReader lines)
    {
        try
        {
            return lines.Read();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private NewsLine? Line(LineReader lines)
    {
        var number = lines.Number;
        if (lines.IsTooLong) return Broken(number, $"ยาวเกิน {LongestLine / 1024 / 1024} เมกะไบต์", $"it is longer than {LongestLine / 1024 / 1024} MB");
        var content = lines.Line;
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (number == 1 && content.StartsWith(byteOrderMark)) content = content[byteOrderMark.Length..];
        if (content.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0) return null;
        var item = NewsItemJson.Read(content, out var reason);
        if (item is not null && !_lineOfId.TryAdd(KeyOf(item.Id), number))
        {
            var first = _lineOfId[KeyOf(item.Id)];
            return Broken(number, $"id {item.Id} มีอยู่แล้วในบรรทัด {first}", $"id {item.Id} stands on line {first} already");
        }
        return new NewsLine(number, item, reason);
    }

    private static NewsLine Broken(long number, string thai, string english) => new(number, null, Words.Pick(thai, english));

    private static UInt128 KeyOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private static bool IsGzip(Stream file)
    {
        if (!file.CanSeek) return false;
        Span<byte> first = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(first, 2, throwOnEndOfStream: false) == 2 && first[0] == 0x1F && first[1] == 0x8B;
        file.Position = 0;
        return isGzip;
    }
}
