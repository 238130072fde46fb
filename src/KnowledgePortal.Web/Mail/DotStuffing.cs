using System.Buffers;

namespace KnowledgePortal.Web.Mail;

/// <summary>The last gate before the wire.</summary>
internal static class DotStuffing
{
    private const int LineLimit = 998;

    /// <summary>The content itself, when it could be sent.</summary>
    public static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> content)
    {
        _ = Write(content.Span);
        return content;
    }

    /// <summary>The octets of DATA, final dot included.</summary>
    /// <exception cref="MailFormatException">A bare CR or LF, with which one mail could smuggle a second, or a line over 998 octets.</exception>
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> content)
    {
        var output = new ArrayBufferWriter<byte>(content.Length + content.Length / 64 + 8);
        while (content.Length > 0)
        {
            var length = content.IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0) length = content.Length;
            else if (content[length] == '\n' || length + 1 == content.Length || content[length + 1] != '\n') throw new MailFormatException("a bare CR or LF in a mail");
            if (length > LineLimit) throw new MailFormatException($"a line of {length} octets in a mail");
            if (content[0] == '.') output.Write("."u8);
            output.Write(content[..length]);
            output.Write("\r\n"u8);
            content = content[Math.Min(content.Length, length + 2)..];
        }
        output.Write(".\r\n"u8);
        return output.WrittenMemory;
    }
}
