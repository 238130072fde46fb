namespace KnowledgePortal.Web.Mail;

/// <summary>Bodies as 7-bit lines of at most 76 characters, so that no server has to convert one.</summary>
internal static class TransferEncoding
{
    private const int LineLimit = 76;
    private const string Hex = "0123456789ABCDEF";

    /// <summary>The shorter of quoted-printable and base64: the first for English, the second for Thai. The text has CRLF line ends only.</summary>
    public static (string Name, string Text) Shorter(byte[] text)
    {
        var escaped = text.Count(IsEscaped);
        return text.Length + 2 * escaped <= text.Length * 4 / 3 ? ("quoted-printable", QuotedPrintable(text)) : ("base64", Base64(text));
    }

    public static string Base64(ReadOnlySpan<byte> content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    private static string QuotedPrintable(byte[] text)
    {
        // Three characters for an escaped octet or for a blank at a line's end, and three for every line that is broken after 73 or more.
        var unbroken = text.Length + 2 * text.Count(IsEscaped) + 2 * text.AsSpan().Count((byte)'\r');
        var lines = new char[unbroken + 3 * (unbroken / (LineLimit - 3) + 1)];
        var (length, column) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                Append("\r\n");
                column = 0;
                i++; // its line feed
                continue;
            }
            var isLast = text[i + 1] == '\r'; // there is a next octet: the text ends with CRLF
            var isBlankAtEnd = isLast && (text[i] is (byte)' ' or (byte)'\t'); // servers strip it
            var isEscaped = IsEscaped(text[i]) || isBlankAtEnd;
            var width = isEscaped ? 3 : 1;
            if (column + width > (isLast ? LineLimit : LineLimit - 1))
            {
                Append("=\r\n");
                column = 0;
            }
            if (isEscaped) Append(['=', Hex[text[i] >> 4], Hex[text[i] & 15]]);
            else lines[length++] = (char)text[i];
            column += width;
        }
        return new string(lines, 0, length);

        void Append(ReadOnlySpan<char> piece)
        {
            piece.CopyTo(lines.AsSpan(length));
            length += piece.Length;
        }
    }

    private static bool IsEscaped(byte octet) => octet is (byte)'=' or > (byte)'~' or < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n');
}
