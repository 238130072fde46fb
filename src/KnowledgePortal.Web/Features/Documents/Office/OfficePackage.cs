using System.IO.Compression;
using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>
/// The parts of an office file, which is a zip archive of XML. Zip bombs are refused by what the archive says and by what comes out of it; XML has no
/// document type, so no entity is ever expanded and nothing is fetched.
/// </summary>
public sealed class OfficePackage : IDisposable
{
    public const int MostEntries = 5000;
    public const long MostBytes = 128 << 20;
    public const int MostRatio = 100;
    private const int SmallEnough = 1 << 20;
    private const int DeepestElement = 256;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = MostBytes,
    };

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private long _left = MostBytes;

    /// <exception cref="UnreadableFileException">It is no such archive, or one that is not to be opened.</exception>
    public OfficePackage(string path)
    {
        _file = File.OpenRead(path);
        try
        {
            _zip = new ZipArchive(_file, ZipArchiveMode.Read);
            if (_zip.Entries.Count > MostEntries) throw new UnreadableFileException("ไฟล์มีส่วนย่อยมากผิดปกติ จึงไม่เปิด");
        }
        catch (InvalidDataException error)
        {
            _file.Dispose();
            throw new UnreadableFileException("เปิดไฟล์ไม่ได้ ไฟล์อาจเสียหรือตั้งรหัสผ่านไว้", error);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public IEnumerable<string> Names => _zip.Entries.Select(e => e.FullName);

    /// <summary>Walks through the elements and texts of a part; nothing when there is no such part.</summary>
    public void Read(string name, Action<XmlReader> visit)
    {
        if (_zip.GetEntry(name) is not { } entry) return;
        if (entry.Length > _left || entry.Length > SmallEnough && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio)
            throw new UnreadableFileException("ไฟล์ขยายแล้วใหญ่ผิดปกติ จึงไม่เปิด");
        try
        {
            using var counted = new CountedStream(entry.Open(), this);
            using var reader = XmlReader.Create(counted, Settings);
            while (reader.Read())
            {
                if (reader.Depth > DeepestElement) throw new UnreadableFileException("โครงสร้างในไฟล์ซ้อนลึกผิดปกติ จึงไม่เปิด");
                visit(reader);
            }
        }
        catch (Exception error) when (error is XmlException or InvalidDataException or NotSupportedException)
        {
            throw new UnreadableFileException("เปิดไฟล์ไม่ได้ เนื้อในไฟล์เสีย", error);
        }
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    // The length in the archive's table is only a claim.
    private sealed class CountedStream(Stream inner, OfficePackage package) : Stream
    {
        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

        private int Count(int read)
        {
            package._left -= read;
            return package._left >= 0 ? read : throw new UnreadableFileException("ไฟล์ขยายแล้วใหญ่ผิดปกติ จึงไม่เปิด");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
