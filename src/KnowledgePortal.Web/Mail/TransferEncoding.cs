using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Mail;

/// <summary>Bodies as 7-bit lines of at most 76 characters, so that no server has to convert one.</summary>
internal static class TransferEncoding
{
    private const int LineLimit = 76;

    /// <summary>The shorter of quoted-printable and base64: the first for English, the second for Thai. The text has CRLF line ends only.</summary>
    public static (string Name, string Text) Shorter(byte[] text)
    {
        var escaped = text.Count(IsEscaped);
        return text.Length + 2 * escaped <= text.Length * 4 / 3 ? ("quoted-printable", QuotedPrintable(text)) : ("base64", Base64(text));
    }

    public static string Base64(ReadOnlySpan<byte> content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    private static string QuotedPrintable(byte[] text)
    {
        var lines = new StringBuilder(text.Length + text.Length / 4);
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                lines.Append("\r\n");
                column = 0;
                i++; // its line feed
                continue;
            }
            var isLast = text[i + 1] == '\r'; // there is a next octet: the text ends with CRLF
            var isBlankAtEnd = isLast && (text[i] is (byte)' ' or (byte)'\t'); // servers strip it
            var octet = IsEscaped(text[i]) || isBlankAtEnd ? "=" + text[i].ToString("X2", CultureInfo.InvariantCulture) : ((char)text[i]).ToString();
            if (column + octet.Length > (isLast ? LineLimit : LineLimit - 1))
            {
                lines.Append("=\r\n");
                column = 0;
            }
            lines.Append(octet);
            column += octet.Length;
        }
        return lines.ToString();
    }

    private static bool IsEscaped(byte octet) => octet is (byte)'=' or > (byte)'~' or < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n');
}
