using System.Text;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Tests.Mail;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Mail;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

/// <summary>The mails themselves. A changed snapshot is a changed mail: run once with PORTAL_UPDATE_SNAPSHOTS=1 and read the difference.</summary>
public sealed class DigestMailTests
{
    private static readonly DateOnly Day = new(2026, 9, 21);

    private static readonly Letterhead Letterhead = new(
        "คลังความรู้ชุมชนนักปฏิบัติ", new(MailAddress.Parse("digest@km.example.go.th")!, "คลังความรู้"),
        Offline.Settings("/nowhere") with { Url = "https://km.example.go.th" },
        new InterestNames(
        [
            new Term { TermId = "t1", Taxonomy = "topics", Slug = "public-innovation", Title = "นวัตกรรมภาครัฐ" },
            new Term { TermId = "p1", Taxonomy = "provinces", Slug = "songkhla", Title = "สงขลา" },
            new Term { TermId = "p2", Taxonomy = "provinces", Slug = "bangkok", Title = "กรุงเทพมหานคร" },
        ]));

    [Fact]
    public void A_weekly_digest_looks_as_it_did()
    {
        var mail = Write(Weekly("t1"), [
            Item(DigestGroup.Upcoming, "ส่งต่อความรู้ก่อนเกษียณ: บทเรียนจากขอนแก่นศึกษา", "วงคุยเปิดให้ทุกจังหวัดเข้าร่วมออนไลน์", "30", "ก.ย.\u00A069", "วันพุธที่\u00A030\u00A0กันยายน\u00A02569 เวลา\u00A013.30\u00A0–\u2060\u00A015.30\u00A0น."),
            Item(DigestGroup.Sessions, "การสร้างองค์กรนวัตกรรมภาครัฐ", "คิดภาพใหญ่แต่ต้องลงมือได้จริง ตั้งตัวชี้วัดตั้งแต่วันแรก", "4/63", "ครั้งที่", "CoPs สป.มท. ครั้งที่\u00A04/2563", "9\u00A0ก.ค.\u00A02563", "4\u00A0ประเด็น"),
            Item(DigestGroup.Sessions, "ออกแบบบริการจากเสียงประชาชน", "", "11", "ก.ย.\u00A069", "อบรมเชิงปฏิบัติการ") with { IsNew = false },
            Item(DigestGroup.Practices, "คู่เสี่ยว เกี่ยวก้อย", "ข้าราชการหนึ่งคนดูแลครอบครัวรายได้น้อยหนึ่งครอบครัวแบบเพื่อน", "ขก", "ขอนแก่น", "บริการ", "จังหวัดขอนแก่น"),
            Item(DigestGroup.Articles, "กระทรวงมหาดไทยเดินหน้าชุมชนนักปฏิบัติ", "สรุปข่าวประจำสัปดาห์", "18", "ก.ย.\u00A069", "ข่าวและบทความ"),
        ]);
        mail.Subject.ShouldBe("นวัตกรรมภาครัฐ: 4 เรื่องใหม่ ปรับปรุง 1 เรื่อง สัปดาห์นี้");
        Snapshot("weekly", mail);
        Encoding.UTF8.GetByteCount(mail.HtmlBody!).ShouldBeLessThan(20_000);
    }

    [Fact]
    public void A_monthly_digest_of_a_province_looks_as_it_did()
    {
        var subscription = Weekly("p1") with { Frequency = "monthly" };
        Snapshot("monthly-province", Write(subscription, [Item(DigestGroup.Practices, "ขนมบ้านเกาะยอ", "ต้มใต้น้ำ ญาณวิทยา ปิ่นโต", "สข", "สงขลา", "โครงการความรู้")]));
    }

    [Fact]
    public void The_confirmation_looks_as_it_did() =>
        Snapshot("confirmation", ConfirmationMail.Write(Letterhead, Weekly("t1 p1"), MailAddress.Parse("somchai@example.com")!, "secret-of-the-mail", DigestSite.Wednesday));

    [Fact]
    public void The_headers_let_mail_programs_stop_it_and_answer_nothing()
    {
        var mail = Write(Weekly("t1"), [Item(DigestGroup.Sessions, "ก", "", "1", "")]);
        var headers = Encoding.UTF8.GetString(MimeWriter.Write(mail)).Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal);
        headers.ShouldContain("List-Unsubscribe: <https://km.example.go.th/unsubscribe/token-of-somchai>");
        headers.ShouldContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        headers.ShouldContain("<digest.km.example.go.th>");
        headers.ShouldContain("Auto-Submitted: auto-generated");
        mail.MessageId.ShouldEndWith("@km.example.go.th");
        Write(Weekly("t1"), [Item(DigestGroup.Sessions, "ข", "", "1", "")]).MessageId.ShouldBe(mail.MessageId);
        Write(Weekly("t1") with { Token = "another" }, [Item(DigestGroup.Sessions, "ก", "", "1", "")]).MessageId.ShouldNotBe(mail.MessageId);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3000)]
    public void However_much_is_new_the_mail_stays_under_80_kB_and_says_how_much_is_left(int count)
    {
        var line = string.Concat(Enumerable.Repeat("งบประมาณและตัวชี้วัดของแนวปฏิบัติที่ดี ", 40));
        var mail = Write(Weekly(""), [.. Enumerable.Range(0, count).Select(i => Item(DigestGroup.Sessions, $"{i} {line}", line, "1", "ก.ย. 69", line))]);
        Envelope.Of(mail).Content.Length.ShouldBeLessThan(80_000);
        var shown = mail.HtmlBody!.Split("<h3").Length - 1;
        shown.ShouldBeGreaterThanOrEqualTo(3);
        mail.HtmlBody!.Replace("&#xA0;", "\u00A0", StringComparison.Ordinal).ShouldContain($"อีก\u00A0{count - shown}\u00A0เรื่องบนเว็บ");
        mail.TextBody.ShouldContain($"อีก {count - shown} เรื่องบนเว็บ");
        mail.Subject.ShouldContain($"{count} เรื่องใหม่");
    }

    [Fact]
    public void Hostile_words_stay_words()
    {
        const string Hostile = "<script>alert(1)</script>\r\nBcc: victim@example.com\r\n\r\n\"'&";
        var mail = Write(Weekly("t1"), [Item(DigestGroup.Sessions, Hostile, Hostile, Hostile, Hostile, Hostile)]);
        mail.HtmlBody!.ShouldNotContain("<script");
        Encoding.UTF8.GetString(MimeWriter.Write(mail)).Split("\r\n\r\n")[0].ShouldNotContain("\nBcc:");
    }

    [Fact]
    public async Task Another_mail_reader_reads_the_same()
    {
        MailPeer.NeedPython();
        var mail = Write(Weekly("p1"), [Item(DigestGroup.Sessions, "การสร้างองค์กรนวัตกรรมภาครัฐ", "ต้มใต้น้ำ", "4/63", "ครั้งที่")]);
        var read = (await MailPeer.ParseAsync([MimeWriter.Write(mail)]))[0];
        read.Defects.ShouldBeEmpty();
        read.Subject.ShouldBe("จังหวัดสงขลา: 1 เรื่องใหม่ สัปดาห์นี้");
        read.From.ShouldBe(["คลังความรู้", "digest@km.example.go.th"]);
        read.Types.ShouldBe(["multipart/alternative", "text/plain", "text/html"]);
        read.Text!.ReplaceLineEndings("\n").ShouldBe(mail.TextBody);
        read.Html!.ReplaceLineEndings("\n").ShouldBe(mail.HtmlBody);
    }

    private static OutgoingMail Write(Subscription subscription, IReadOnlyList<DigestItem> items) => DigestMail.Write(Letterhead, subscription, items, Day, DigestSite.Monday);

    private static Subscription Weekly(string terms) => new() { Address = "somchai@example.com", Frequency = "weekly", TermIds = terms, Token = "token-of-somchai" };

    private static DigestItem Item(DigestGroup group, string title, string line, string leaf, string note, params string[] meta) => new(
        new DigestEntry
        {
            ContentItemId = title, Group = group, Title = title, Url = "https://km.example.go.th/cop/moi/2563/4", Line = line, Leaf = leaf, LeafNote = note, Meta = meta,
        },
        IsNew: true);

    private static void Snapshot(string name, OutgoingMail mail)
    {
        Compare($"{name}.html", mail.HtmlBody!);
        Compare($"{name}.txt", $"{mail.Subject}\n\n{mail.TextBody}");
    }

    private static void Compare(string name, string text)
    {
        var file = Repository.File("tests", "KnowledgePortal.Tests", "Web", "Digests", "Snapshots", name);
        if (Environment.GetEnvironmentVariable("PORTAL_UPDATE_SNAPSHOTS") == "1") File.WriteAllText(file, text);
        text.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"), name);
    }
}
