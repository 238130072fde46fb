using System.IO.Compression;
using System.Text;

namespace KnowledgePortal.Web.Features.Media;

public enum MediaGroup { Picture, Document, Video, Captions }

/// <summary>What a file really is. <paramref name="Extension"/> is the one that it gets, with its dot.</summary>
public sealed record FileType(MediaGroup Group, string Extension)
{
    /// <summary>The libvips operation that reads it; only for pictures.</summary>
    public string Loader { get; init; } = "";
}

/// <summary>Knows files by their bytes; the name and the type that a browser sends say nothing.</summary>
public static class FileTypes
{
    private const int HeadLength = 4096;
    private const int MostZipEntries = 5000;

    private static readonly string[] Mp4Brands = ["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash"];

    private static readonly (string Entry, string Extension)[] OfficeEntries =
        [("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("ppt/presentation.xml", ".pptx")];

    /// <summary>Null when it is nothing that is taken. The stream is read from its beginning and left anywhere.</summary>
    public static FileType? Detect(Stream stream)
    {
        stream.Position = 0;
        var buffer = new byte[HeadLength];
        var head = buffer.AsSpan(0, stream.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false));
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Picture(".jpg", "jpegload");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Picture(".png", "pngload");
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return Picture(".gif", "gifload");
        if (head.Length > 16 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBPVP8"u8)) return Picture(".webp", "webpload");
        if (head.StartsWith("%PDF-"u8)) return new FileType(MediaGroup.Document, ".pdf");
        if (head.StartsWith("PK\u0003\u0004"u8)) return Office(stream);
        if (head.Length > 12 && head[4..].StartsWith("ftyp"u8) && Mp4Brands.Contains(Encoding.ASCII.GetString(head[8..12]))) return new FileType(MediaGroup.Video, ".mp4");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && head[..Math.Min(64, head.Length)].IndexOf("webm"u8) > 0) return new FileType(MediaGroup.Video, ".webm");
        if (head.StartsWith("WEBVTT"u8) || head.StartsWith("\uFEFFWEBVTT"u8)) return new FileType(MediaGroup.Captions, ".vtt");
        return null;
    }

    private static FileType Picture(string extension, string loader) => new(MediaGroup.Picture, extension) { Loader = loader };

    // An office document with macros is a program.
    private static FileType? Office(Stream stream)
    {
        try
        {
            stream.Position = 0;
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostZipEntries || zip.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return null;
            if (zip.GetEntry("mimetype") is { Length: < 100 } mimetype && Read(mimetype) == "application/vnd.oasis.opendocument.text") return new FileType(MediaGroup.Document, ".odt");
            if (zip.GetEntry("[Content_Types].xml") is null) return null;
            var kinds = OfficeEntries.Where(k => zip.GetEntry(k.Entry) is not null).ToList();
            return kinds.Count == 1 ? new FileType(MediaGroup.Document, kinds[0].Extension) : null;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        var text = new char[100];
        return new string(text, 0, reader.ReadBlock(text, 0, text.Length)).Trim();
    }
}
