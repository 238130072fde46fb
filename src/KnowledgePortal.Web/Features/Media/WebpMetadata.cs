using System.Buffers.Binary;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>
/// Takes camera, place and author out of a WebP file. libvips 8.14 keeps EXIF in WebP although it is told to strip, so the RIFF chunks are dropped here.
/// </summary>
public static class WebpMetadata
{
    private const byte ExifAndXmpFlags = 0x0C;

    /// <exception cref="InvalidDataException">The bytes are no WebP file.</exception>
    public static byte[] Strip(ReadOnlySpan<byte> webp)
    {
        if (webp.Length < 12 || !webp.StartsWith("RIFF"u8) || !webp[8..].StartsWith("WEBP"u8)) throw new InvalidDataException("not a WebP file");
        using var kept = new MemoryStream(webp.Length);
        kept.Write(webp[..12]);
        for (var at = 12; at + 8 <= webp.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(webp[(at + 4)..]);
            var next = at + 8L + size + (size & 1);
            if (next > webp.Length) throw new InvalidDataException("a WebP chunk is longer than the file");
            var chunk = webp[at..(int)next];
            if (IsPicture(chunk)) kept.Write(chunk.StartsWith("VP8X"u8) ? WithoutFlags(chunk) : chunk);
            at = (int)next;
        }
        var bytes = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(bytes.Length - 8));
        return bytes;
    }

    private static bool IsPicture(ReadOnlySpan<byte> chunk) =>
        chunk.StartsWith("VP8"u8) || chunk.StartsWith("ALPH"u8) || chunk.StartsWith("ANIM"u8) || chunk.StartsWith("ANMF"u8) || chunk.StartsWith("ICCP"u8);

    private static byte[] WithoutFlags(ReadOnlySpan<byte> chunk)
    {
        var copy = chunk.ToArray();
        copy[8] &= unchecked((byte)~ExifAndXmpFlags);
        return copy;
    }
}
