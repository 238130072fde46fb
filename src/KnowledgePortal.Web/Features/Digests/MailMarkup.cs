using System.Text.Encodings.Web;
using System.Text.Unicode;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>
/// The frame of our HTML mails: 600 px, tables, every style inline, right with its style sheet stripped and with its colours inverted.
/// </summary>
internal static class MailMarkup
{
    public const string Font = "font-family:'Noto Sans Thai Looped','Leelawadee UI',Thonburi,Tahoma,sans-serif;";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Only recolours and narrows: mail programs that drop it show the same mail.
    private const string Styles =
        """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        a:focus{outline:3px solid #f4b223;outline-offset:2px}
        @media (max-width:620px){.e-w{width:100%!important}.e-p{padding-left:20px!important;padding-right:20px!important}.e-h{font-size:23px!important;line-height:35px!important}.e-b{width:100%!important}.e-b a{display:block!important;text-align:center}}
        @media (prefers-color-scheme:dark){.e-bg{background-color:#0c1514!important}.e-card{background-color:#111c1a!important}.e-t,.e-t a{color:#e6efec!important}.e-m{color:#a6bab5!important}.e-l{color:#74cfc3!important}.e-leaf{background-color:#15352f!important;color:#a7e5dc!important}.e-r{border-color:#e6efec!important}}
        """;

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>Thai with its compounds kept together.</summary>
    public static string Thai(string text)
    {
        using var writer = new StringWriter();
        ThaiHtml.ThaiText(text).WriteTo(writer, Encoder);
        return writer.ToString().Replace("<span class=\"nb\">", "<span style=\"white-space:nowrap\">", StringComparison.Ordinal);
    }

    /// <summary>A word that no line breaks.</summary>
    public static string Whole(string word) => $"<span style=\"white-space:nowrap\">{Encode(word)}</span>";

    /// <summary>For the text part: word joiners show as boxes in old mail programs.</summary>
    public static string Plain(string text) => text.Replace("\u2060", "", StringComparison.Ordinal).Replace('\u00A0', ' ');

    /// <param name="title">Of the document.</param>
    /// <param name="preheader">What lists of mails show after the subject.</param>
    /// <param name="head">The dark head: site, title and a line under it.</param>
    /// <param name="rows">Rows of the outer table.</param>
    public static string Page(string title, string preheader, (string Site, string Title, string Line) head, string rows) =>
        $"""
        <!doctype html>
        <html lang="th">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{Encode(title)}</title>
        <style>
        {Styles}
        </style>
        </head>
        <body class="e-bg" style="margin:0;padding:0;background-color:#f2f6f5">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{Encode(preheader)}</div>
        <table role="presentation" class="e-bg" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f6f5" style="background-color:#f2f6f5"><tr><td align="center" style="padding:24px 0">
        <main>
        <table role="presentation" class="e-w e-card" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:600px;max-width:600px;background-color:#ffffff;text-align:left">
        <tr><td bgcolor="#0d2b29" class="e-p" style="background-color:#0d2b29;padding:22px 32px 24px;border-bottom:6px solid #f4b223"><p style="{Font}margin:0;color:#eff6f4;font-size:15px;line-height:24px;font-weight:bold">{Thai(head.Site)}</p><h1 class="e-h" style="{Font}margin:8px 0 0;color:#ffffff;font-size:26px;line-height:40px;font-weight:bold">{Thai(head.Title)}</h1><p style="{Font}margin:2px 0 0;color:#adc6c1;font-size:15px;line-height:24px">{Thai(head.Line)}</p></td></tr>
        {rows}</table>
        </main>
        </td></tr></table>
        </body>
        </html>

        """;

    public static string Heading(string text) =>
        $"""
        <tr><td class="e-p" style="padding:28px 32px 6px"><h2 class="e-t e-r" style="{Font}margin:0;border-top:2px solid #13211f;padding-top:12px;font-size:20px;line-height:30px;font-weight:bold;color:#13211f">{Thai(text)}</h2></td></tr>

        """;

    public static string Paragraph(string html) =>
        $"""
        <tr><td class="e-p" style="padding:14px 32px 6px"><p class="e-t" style="{Font}margin:0;font-size:16px;line-height:28px;color:#13211f">{html}</p></td></tr>

        """;

    /// <summary>The one accent button of a mail.</summary>
    public static string Button(string label, string url) =>
        $"""
        <tr><td class="e-p" style="padding:14px 32px 10px"><table role="presentation" class="e-b" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#f4b223" style="background-color:#f4b223;border-radius:4px"><a href="{Encode(url)}" style="{Font}display:inline-block;padding:12px 24px;color:#13211f;font-size:16px;line-height:24px;font-weight:bold;text-decoration:none">{Thai(label)}</a></td></tr></table></td></tr>

        """;

    public static string Link(string label, string url) =>
        $"""<a href="{Encode(url)}" class="e-l" style="color:#0a5c57;text-decoration:underline">{Thai(label)}</a>""";

    public static string Foot(params string[] paragraphs) =>
        $"""
        <tr><td class="e-p" style="padding:32px 32px 28px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td style="border-top:1px solid #d2dedb;padding-top:6px">{string.Concat(paragraphs.Select(FootParagraph))}</td></tr></table></td></tr>

        """;

    private static string FootParagraph(string html) =>
        $"""<p class="e-m" style="{Font}margin:10px 0 0;font-size:14px;line-height:24px;color:#4d5f5b">{html}</p>""";
}
