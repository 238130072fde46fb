using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KnowledgePortal.Web.Mail;

/// <summary>
/// A mail before it is written. The same mail always becomes the same bytes, so that one that is sent again after an uncertain end is recognised as the same.
/// </summary>
public sealed record OutgoingMail
{
    public required Mailbox From { get; init; }

    public required Mailbox To { get; init; }

    /// <summary>Free text; line breaks and control characters in it become spaces.</summary>
    public required string Subject { get; init; }

    public required string TextBody { get; init; }

    public string? HtmlBody { get; init; }

    /// <summary>Without angle brackets; <see cref="DeriveMessageId"/> makes one.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Where bounces go; the sender when null.</summary>
    public MailAddress? ReturnPath { get; init; }

    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>The Message-ID of the mail that these words name, such as kind, run and subscriber: the same words, the same mail.</summary>
    public static string DeriveMessageId(MailAddress from, params string[] identity)
    {
        // With its length before each word, ("ab", "c") and ("a", "bc") stay apart.
        var words = string.Concat(identity.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Length}:{word}")));
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 16))}@{from.Domain}";
    }
}

/// <summary>A file that travels with a mail. The type may carry parameters: <c>text/calendar; charset=utf-8; method=REQUEST</c>.</summary>
public sealed record MailAttachment(string Name, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>A mail as it is handed over: who it comes from, who it goes to, its bytes. What is stored to be sent again.</summary>
public sealed record Envelope(MailAddress Sender, MailAddress Recipient, ReadOnlyMemory<byte> Content)
{
    /// <exception cref="MailFormatException">The mail cannot be written.</exception>
    public static Envelope Of(OutgoingMail mail) => new(mail.ReturnPath ?? mail.From.Address, mail.To.Address, MimeWriter.Write(mail));
}
