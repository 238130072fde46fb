using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Web.Mail;
using Texts = KnowledgePortal.Tests.Search.Arbitrary;

namespace KnowledgePortal.Tests.Mail;

/// <summary>Mails whose words do not matter, and mails with every word that could do harm.</summary>
internal static class Mails
{
    public static readonly MailAddress Portal = MailAddress.Parse("no-reply@portal.go.th")!;
    public static readonly MailAddress Reader = MailAddress.Parse("somchai@example.com")!;
    public static readonly DateTimeOffset Date = new(2026, 9, 15, 6, 30, 0, TimeSpan.FromHours(7));

    private static readonly string[] Harm =
    [
        "\r\nBcc: victim@example.com\r\n", "\r", "\n", "\n.\n", ".\r\n.\r\n", "=?utf-8?B?4LiB?=", "=?utf-8?Q?=0D=0ABcc:_x?=", "=", "\"", "\\", "\\\"", "<", ">", ",", ";", ":", "(", ")", "@",
        " ", "  ", "\t", "\0", "\u0085", "\u2028", "\u2029", "\v", "From ", ".", "ก\u0E48\u0E49\u0E4A", new string('ก', 90), new string('x', 1200), "--=_", "สระ\u0E4D\u0E32", "👩‍👩‍👧‍👦",
    ];

    /// <summary>Any UTF-16 string, harmful pieces among it.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(Texts.Texts.Generator, Gen.OneOf(Texts.Texts.Generator, Gen.Elements(Harm)).ListOf().Select(string.Concat));

    public static Arbitrary<OutgoingMail> Any { get; } = Arb.From(
        from subject in Text
        from name in Text
        from text in Text
        from html in Gen.OneOf(Gen.Constant<string?>(null), Text.Select(t => (string?)t))
        from file in Text
        from hasFile in Gen.Elements(false, true)
        select Some("any") with
        {
            Subject = subject,
            To = new Mailbox(Reader, name),
            TextBody = text,
            HtmlBody = html,
            Attachments = hasFile ? [new MailAttachment(file, "application/octet-stream", new byte[] { 0, 13, 10, 255 })] : [],
        });

    public static OutgoingMail Some(string id, MailAddress? to = null) => new()
    {
        From = new Mailbox(Portal, "คลังความรู้"),
        To = new Mailbox(to ?? Reader),
        Subject = "สรุปประจำสัปดาห์",
        TextBody = "สวัสดี\n",
        MessageId = $"{id}@portal.go.th",
        Date = Date,
    };

    /// <summary>A mail to an address whose local part tells the test's server what to do.</summary>
    public static OutgoingMail ToDo(string what) => Some(Guid.NewGuid().ToString("N"), MailAddress.Parse($"{what}@example.com"));
}
