using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Mail;

/// <summary>
/// Writes a mail as bytes: text first, then HTML, then attachments; CRLF everywhere, 7-bit but for an address that is not ASCII itself, no line over 998 octets.
/// </summary>
public static partial class MimeWriter
{
    private const int MessageIdLimit = 250;

    /// <exception cref="MailFormatException">A part of the mail cannot stand in a message.</exception>
    public static byte[] Write(OutgoingMail mail)
    {
        if (mail.MessageId.Length > MessageIdLimit || !MessageIds().IsMatch(mail.MessageId)) throw new MailFormatException("Message-ID: written like an address, in ASCII");
        var headers = new HeaderWriter()
            .Phrased("From", mail.From.Name, $"<{mail.From.Address}>")
            .Phrased("To", mail.To.Name, $"<{mail.To.Address}>")
            .Text("Subject", mail.Subject)
            .Structured("Date", Date(mail.Date))
            .Structured("Message-ID", $"<{mail.MessageId}>");
        foreach (var header in mail.Headers) headers.Phrased(header.Name, header.Phrase, header.Value);
        headers.Structured("MIME-Version", "1.0");
        var message = new StringBuilder(headers.ToString());
        AppendContent(message, mail);
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    // "ddd" and "MMM" are English only in the invariant culture; under th-TH the year would be 543 too high.
    private static string Date(DateTimeOffset date) =>
        date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static void AppendContent(StringBuilder message, OutgoingMail mail)
    {
        if (mail.Attachments.Count == 0)
        {
            AppendBody(message, mail);
            return;
        }
        var boundary = Boundary(mail, "mixed");
        message.Append(new HeaderWriter().WithParameter("Content-Type", "multipart/mixed", "boundary", boundary)).Append("\r\n");
        message.Append("--").Append(boundary).Append("\r\n");
        AppendBody(message, mail);
        foreach (var attachment in mail.Attachments)
        {
            message.Append("\r\n--").Append(boundary).Append("\r\n");
            Append(message, attachment);
        }
        message.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    private static void AppendBody(StringBuilder message, OutgoingMail mail)
    {
        if (mail.HtmlBody is not { } html)
        {
            AppendText(message, "text/plain", mail.TextBody);
            return;
        }
        var boundary = Boundary(mail, "alternative");
        message.Append(new HeaderWriter().WithParameter("Content-Type", "multipart/alternative", "boundary", boundary)).Append("\r\n");
        message.Append("--").Append(boundary).Append("\r\n");
        AppendText(message, "text/plain", mail.TextBody);
        message.Append("\r\n--").Append(boundary).Append("\r\n");
        AppendText(message, "text/html", html);
        message.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    // Neither quoted-printable nor base64 can contain "=_", so no body holds its own boundary.
    private static string Boundary(OutgoingMail mail, string kind) =>
        "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {mail.MessageId}")).AsSpan(0, 12));

    private static void AppendText(StringBuilder message, string type, string text)
    {
        var (encoding, lines) = TransferEncoding.Shorter(Encoding.UTF8.GetBytes(WithCrLf(text)));
        message.Append(new HeaderWriter().Structured("Content-Type", type + "; charset=utf-8").Structured("Content-Transfer-Encoding", encoding)).Append("\r\n").Append(lines);
    }

    /// <summary>Every line, the last one too, ends with CRLF.</summary>
    internal static string WithCrLf(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
        return lines.EndsWith('\n') ? lines : lines + "\r\n";
    }

    private static void Append(StringBuilder message, MailAttachment attachment)
    {
        if (!ContentTypes().IsMatch(attachment.ContentType)) throw new MailFormatException("an attachment's type is written like text/calendar; charset=utf-8");
        var name = FileName(attachment.Name);
        message.Append(new HeaderWriter()
            .Structured("Content-Type", attachment.ContentType)
            .Structured("Content-Transfer-Encoding", "base64")
            .WithParameter("Content-Disposition", "attachment", "filename", name));
        message.Append("\r\n").Append(TransferEncoding.Base64(attachment.Content.Span));
    }

    // A name that every system can save under.
    private static string FileName(string name)
    {
        var kept = string.Concat(HeaderWriter.OneLine(name).Select(c => "/\\<>:\"|?*".Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim();
        return kept.Length == 0 ? "attachment" : kept;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex MessageIds();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80}(; ?[A-Za-z0-9-]{1,40}=[A-Za-z0-9!#$&^_.+-]{1,80})*\z", RegexOptions.NonBacktracking)]
    private static partial Regex ContentTypes();
}
