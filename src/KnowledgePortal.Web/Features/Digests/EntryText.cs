using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>An entry as a row of the HTML part and as lines of the text part.</summary>
internal sealed record EntryText(string Html, string Text)
{
    private const int TitleLength = 200; // characters as readers count them
    private const int LineLength = 320;

    public int Octets { get; } = Encoding.UTF8.GetByteCount(Html) + Encoding.UTF8.GetByteCount(Text);

    public static EntryText Of(DigestEntry entry, bool isNew)
    {
        var (title, line) = (Shortened(entry.Title, TitleLength), Shortened(entry.Line, LineLength));
        var meta = string.Join(" · ", entry.Meta.Select(m => Shortened(m, LineLength)).Prepend(isNew ? "ใหม่" : "ปรับปรุง"));
        return new EntryText(HtmlOf(entry, title, line, meta), MailMarkup.Plain($"* {title}\n{(line.Length > 0 ? $"  {line}\n" : "")}  {meta}\n  {entry.Url}\n"));
    }

    private static string HtmlOf(DigestEntry entry, string title, string line, string meta)
    {
        var (ground, ink) = entry.Group switch
        {
            DigestGroup.Upcoming => ("#f4b223", "#13211f"),
            DigestGroup.Sessions => ("#dcefec", "#07413e"),
            _ => ("#e6eeec", "#13211f"),
        };
        // The gamboge leaf keeps its colours in a dark mail.
        var leafClass = entry.Group == DigestGroup.Upcoming ? "" : " class=\"e-leaf\"";
        return $"""
            <tr><td class="e-p" style="padding:12px 32px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td width="76" valign="top" style="padding:2px 16px 0 0"><table role="presentation" width="76" cellpadding="0" cellspacing="0" border="0"><tr><td{leafClass} bgcolor="{ground}" align="left" style="background-color:{ground};padding:8px 10px;{MailMarkup.Font}color:{ink};font-size:13px;line-height:18px"><span style="font-size:{LeafSize(entry.Leaf)}px;line-height:30px;font-weight:bold">{MailMarkup.Encode(entry.Leaf)}</span>{(entry.LeafNote.Length > 0 ? $"<br>{MailMarkup.Encode(entry.LeafNote)}" : "")}</td></tr></table></td><td valign="top" class="e-t" style="{MailMarkup.Font}color:#13211f;font-size:16px;line-height:28px"><h3 style="margin:0;font-size:17px;line-height:28px;font-weight:bold"><a href="{MailMarkup.Encode(entry.Url)}" style="color:#13211f;text-decoration:underline">{MailMarkup.Thai(title)}</a></h3>{(line.Length > 0 ? $"""<p style="margin:2px 0 0">{MailMarkup.Thai(line)}</p>""" : "")}<p class="e-m" style="margin:4px 0 0;font-size:14px;line-height:23px;color:#4d5f5b">{MailMarkup.Thai(meta)}</p></td></tr></table></td></tr>

            """;
    }

    private static int LeafSize(string leaf) => new StringInfo(leaf).LengthInTextElements switch { <= 3 => 24, 4 => 21, _ => 18 };

    /// <summary>Cut between characters, so that no mark loses its letter.</summary>
    private static string Shortened(string text, int length)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= length) return line;
        var starts = StringInfo.ParseCombiningCharacters(line.Length > length * 8 ? line[..(length * 8)] : line);
        return starts.Length <= length ? line : line[..starts[length]].TrimEnd() + "…";
    }
}
