using System.Text;

namespace KnowledgePortal.Search.Indexing;

/// <summary>A growing array of bytes with variable-length integers: seven bits per byte, the lowest first.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Write(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteVariable(long value)
    {
        var rest = (ulong)value;
        Reserve(10);
        for (; rest >= 0x80; rest >>= 7)
            _bytes[Length++] = (byte)(rest | 0x80);
        _bytes[Length++] = (byte)rest;
    }

    public void WriteInt32(int value)
    {
        Reserve(4);
        BitConverter.TryWriteBytes(_bytes.AsSpan(Length), value);
        Length += 4;
    }

    public void WriteText(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        WriteVariable(count);
        Reserve(count);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
    }
}

/// <summary>Reads what <see cref="ByteBuffer"/> wrote. The bytes are trusted: their checksum was compared when the file was opened.</summary>
internal unsafe ref struct ByteCursor(byte* at)
{
    private byte* _at = at;

    public readonly byte* At => _at;

    public long ReadVariable()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = *_at++;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return (long)value;
        }
    }

    public int ReadCount() => (int)ReadVariable();

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        var bytes = new ReadOnlySpan<byte>(_at, count);
        _at += count;
        return bytes;
    }

    public ReadOnlySpan<byte> ReadTextBytes() => ReadBytes(ReadCount());

    public string ReadText() => Encoding.UTF8.GetString(ReadTextBytes());
}
