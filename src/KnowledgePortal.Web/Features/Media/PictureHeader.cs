using System.Buffers.Binary;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>What a picture says of itself before anything is decoded. The largest of several frames counts.</summary>
public sealed record PictureHeader(long Width, long Height, int Frames)
{
    private const long MostPixels = 50_000_000;
    private const int LongestSide = 30_000;
    private const int MostFrames = 300;

    /// <summary>A small file that would fill the memory, or a picture of no size.</summary>
    public bool IsUnreasonable => Width < 1 || Height < 1 || Width > LongestSide || Height > LongestSide || Width * Height > MostPixels || Frames > MostFrames;

    /// <summary>Null when the header is broken.</summary>
    public static PictureHeader? Read(Stream stream, string extension)
    {
        stream.Position = 0;
        var reader = new BinaryReader(new BufferedStream(stream, 64 * 1024));
        try
        {
            return extension switch
            {
                ".png" => Png(reader),
                ".gif" => Gif(reader),
                ".webp" => Webp(reader, stream.Length),
                _ => Jpeg(reader),
            };
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static PictureHeader? Png(BinaryReader reader)
    {
        var head = Bytes(reader, 24);
        return head[12..16].SequenceEqual("IHDR"u8) ? new PictureHeader(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]), 1) : null;
    }

    private static PictureHeader? Jpeg(BinaryReader reader)
    {
        Bytes(reader, 2);
        while (true)
        {
            if (reader.ReadByte() != 0xFF) return null;
            var marker = reader.ReadByte();
            while (marker == 0xFF) marker = reader.ReadByte();
            if (marker is 0x01 or >= 0xD0 and <= 0xD8) continue;
            if (marker is 0xD9 or 0xDA) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(Bytes(reader, 2));
            if (length < 2) return null;
            var segment = Bytes(reader, length - 2);
            if (marker is < 0xC0 or > 0xCF or 0xC4 or 0xC8 or 0xCC) continue;
            return segment.Length < 5 ? null : new PictureHeader(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), 1);
        }
    }

    private static PictureHeader? Webp(BinaryReader reader, long length)
    {
        Bytes(reader, 12);
        PictureHeader? header = null;
        var frames = 0;
        for (long at = 12; at + 8 <= length;)
        {
            var chunk = Bytes(reader, 8);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var padded = size + (size & 1);
            if (chunk.StartsWith("ANMF"u8)) frames++;
            var first = (int)Math.Min(10, Math.Min(padded, length - at - 8));
            var body = Bytes(reader, first);
            header ??= Frame(chunk, body);
            if (frames > MostFrames) break;
            at += 8 + padded;
            Skip(reader, Math.Min(padded - first, Math.Max(0, length - at)));
            if (header is not null && !chunk.StartsWith("VP8X"u8) && !chunk.StartsWith("ANMF"u8) && frames == 0 && chunk.StartsWith("VP8"u8)) break;
        }
        return header is null ? null : header with { Frames = Math.Max(1, frames) };
    }

    private static PictureHeader? Frame(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> body)
    {
        if (body.Length < 10) return null;
        if (chunk.StartsWith("VP8X"u8)) return new PictureHeader(1 + Little24(body[4..]), 1 + Little24(body[7..]), 1);
        if (chunk.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return new PictureHeader(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), 1);
        }
        return chunk.StartsWith("VP8 "u8)
            ? new PictureHeader(BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF, 1)
            : null;
    }

    private static PictureHeader? Gif(BinaryReader reader)
    {
        var head = Bytes(reader, 13);
        long width = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), height = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
        SkipColours(reader, head[10]);
        var frames = 0;
        while (frames <= MostFrames)
        {
            var block = reader.ReadByte();
            if (block == 0x3B) break;
            if (block == 0x21) reader.ReadByte();
            else if (block == 0x2C)
            {
                frames++;
                var frame = Bytes(reader, 9);
                width = Math.Max(width, BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]));
                height = Math.Max(height, BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]));
                SkipColours(reader, frame[8]);
                reader.ReadByte();
            }
            else return null;
            for (var size = reader.ReadByte(); size > 0; size = reader.ReadByte()) Skip(reader, size);
        }
        return frames == 0 ? null : new PictureHeader(width, height, frames);
    }

    private static void SkipColours(BinaryReader reader, byte flags)
    {
        if ((flags & 0x80) != 0) Skip(reader, 3L << ((flags & 7) + 1));
    }

    private static long Little24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    private static ReadOnlySpan<byte> Bytes(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }

    private static void Skip(BinaryReader reader, long count) => reader.BaseStream.Seek(count, SeekOrigin.Current);
}
