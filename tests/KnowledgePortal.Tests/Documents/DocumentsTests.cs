using System.Net;
using AngleSharp.Html.Parser;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Editing;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Search;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Documents;

/// <summary>A file from the organizer's form to the reader's search result.</summary>
public sealed class DocumentsTests(EditorSite site, Browser browser)
{
    private const string Field = "CopSession.Attachments";

    [Fact]
    public async Task A_word_in_a_PDF_is_found_and_leads_to_its_page()
    {
        var pdf = await browser.PdfAsync(Html("รายงานการประชุมเรื่องทั่วไป ที่ประชุมรับทราบ", "เรื่องเพื่อทราบ", "มติที่ประชุม ให้จัดทำคู่มือเรื่องน้ำบาดาลสำหรับเกษตรกรบนที่ราบสูงโคราชกรุงเก่า"));
        var published = await PublishAsync("ประชุมเรื่องน้ำที่ราบ", ("รายงานการประชุม.pdf", pdf));
        var hit = await HitAsync("น้ำบาดาล ราบสูงโคราชกรุงเก่า", "ประชุมเรื่องน้ำที่ราบ");
        var line = hit.QuerySelector(".files a")!;
        line.TextContent.Replace('\u00A0', ' ').ShouldContain("หน้า 3");
        line.TextContent.ShouldContain("รายงานการประชุม.pdf");
        line.QuerySelector("mark").ShouldNotBeNull();
        line.GetAttribute("href")!.ShouldEndWith("file.pdf?view#page=3");

        var viewed = await site.As(null).GetAsync(line.GetAttribute("href")!.Split('#')[0]);
        viewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        viewed.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        viewed.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        viewed.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        var page = await site.As(null).GetStringAsync("/" + published.Value("AutoroutePart.Path"));
        var listed = new HtmlParser().ParseDocument(page).QuerySelector("section[aria-labelledby='documents']")!.TextContent.Replace('\u00A0', ' ').Replace("\u2060", "");
        listed.ShouldContain("รายงานการประชุม.pdf");
        listed.ShouldContain("PDF");
        listed.ShouldContain("3 หน้า");
        listed.ShouldNotContain("ไม่ได้");
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("pptx")]
    [InlineData("odt")]
    public async Task A_word_in_an_office_file_is_found(string kind)
    {
        var word = $"กล้วยน้ำว้าอบแห้งแบบ{kind switch { "docx" => "หนึ่ง", "xlsx" => "สอง", "pptx" => "สาม", _ => "สี่" }}ตรงหน้า";
        var content = kind switch
        {
            "docx" => Packages.Docx("วาระที่หนึ่ง", word),
            "xlsx" => Packages.Xlsx(["ลำดับ", word]),
            "pptx" => Packages.Pptx("หน้าปก", word),
            _ => Packages.Odt("วาระที่หนึ่ง", word),
        };
        await PublishAsync($"เรื่องที่แนบไฟล์ {kind}", ($"แนบ.{kind}", content));
        var line = (await HitAsync($"\"{word}\"", $"เรื่องที่แนบไฟล์ {kind}")).QuerySelector(".files a")!;
        line.TextContent.ShouldContain($"แนบ.{kind}");
        line.TextContent.Contains("สไลด์\u00A02").ShouldBe(kind == "pptx");
        line.GetAttribute("href")!.ShouldEndWith("/file." + kind);
    }

    [Fact]
    public async Task Broken_Thai_is_not_searched_and_everybody_is_told()
    {
        const string broken = "กำรจัดกำรควำมรู้ของหน่วยงำนภำครัฐเพื่อกำรเรียนรู้ร่วมกันของบุคลำกรทุกระดับและกำรถ่ำยทอดประสบกำรณ์จำกผู้เกษียณรำชกำร";
        var published = await PublishAsync("คู่มือที่อักษรเสีย", ("คู่มือ.docx", Packages.Docx([.. Enumerable.Repeat(broken, 10)])));
        (await site.As(null).GetStringAsync("/search?q=" + Uri.EscapeDataString("\"กำรจัดกำรควำมรู้\""))).ShouldNotContain("คู่มือที่อักษรเสีย");
        (await PageAsync(site.As(null), "/" + published.Value("AutoroutePart.Path"))).ShouldContain("ค้นข้อความในไฟล์ไม่ได้");
        var form = await FilledForm.OpenAsync(site.As(EditorSite.Organizer), $"/manage/items/{published.Id}");
        form.Text.ShouldContain("ข้อความในไฟล์อ่านไม่ได้");
        form.Text.ShouldContain("คู่มือ.docx");
        var workbench = await PageAsync(site.As(EditorSite.Organizer), "/manage");
        workbench.ShouldContain("คู่มือ.docx");
        workbench.ShouldContain("ข้อความในไฟล์อ่านไม่ได้");
        (await PageAsync(site.As(EditorSite.Administrator), "/admin")).ShouldContain("ไม่มีข้อความที่อ่านได้");
    }

    [Fact]
    public async Task A_scan_and_a_broken_file_are_listed_with_what_cannot_be_done_with_them()
    {
        var scan = await browser.PdfAsync("<svg width='300' height='300'><circle cx='100' cy='100' r='90'/></svg>");
        var published = await PublishAsync("เรื่องที่แนบภาพสแกน", ("สแกน.pdf", scan), ("เสีย.pdf", [.. "%PDF-1.7\n"u8, .. new byte[300]]));
        var form = await FilledForm.OpenAsync(site.As(EditorSite.Organizer), $"/manage/items/{published.Id}");
        form.Text.ShouldContain("น่าจะเป็นภาพสแกน");
        form.Text.ShouldContain("เปิดไฟล์ไม่ได้");
    }

    [Fact]
    public async Task A_withdrawn_item_is_not_found_by_its_files_and_a_replaced_file_not_by_the_old_one()
    {
        var published = await PublishAsync("เรื่องที่เปลี่ยนไฟล์", ("ก.docx", Packages.Docx("ปลาส้มสายเดี่ยวแม่กลอง")));
        await HitAsync("\"ปลาส้มสายเดี่ยวแม่กลอง\"", "เรื่องที่เปลี่ยนไฟล์");
        var old = published.Value($"{Field}.Path");
        var replaced = await published.Set($"{Field}.Remove", old).Choose($"{Field}.File", "ข.docx", Packages.Docx("ปลาเค็มสองแดดแม่กลอง")).PressAsync("publish");
        await ReadAllAsync();
        await HitAsync("\"ปลาเค็มสองแดดแม่กลอง\"", "เรื่องที่เปลี่ยนไฟล์");
        (await SearchAsync("\"ปลาส้มสายเดี่ยวแม่กลอง\"")).QuerySelectorAll(".files a").ShouldBeEmpty();
        await replaced.SendAsync("withdrawal");
        await site.CatchUpAsync();
        (await SearchAsync("\"ปลาเค็มสองแดดแม่กลอง\"")).Body!.TextContent.ShouldNotContain("เรื่องที่เปลี่ยนไฟล์");
    }

    [Fact]
    public async Task A_file_that_has_been_read_is_not_read_again_and_one_that_was_interrupted_is()
    {
        var published = await PublishAsync("เรื่องที่อ่านครั้งเดียว", ("ก.docx", Packages.Docx("ขนมครกชาววังสองเตา")));
        var path = published.Value($"{Field}.Path");
        var database = site.Services.GetRequiredService<Database>();
        var read = await database.FirstAsync<string>("select read_utc from documents where media_path = @path", new { path });
        await published.Set("TitlePart.Title", "เรื่องที่อ่านครั้งเดียว แก้ชื่อ").PressAsync("publish");
        await ReadAllAsync();
        (await database.FirstAsync<string>("select read_utc from documents where media_path = @path", new { path })).ShouldBe(read);
        // As a process leaves it that was killed in the middle.
        await using (var transaction = await database.BeginAsync())
        {
            await transaction.ExecuteAsync("delete from document_pages where media_path = @path", new { path });
            await transaction.ExecuteAsync("update documents set is_due = 1, attempts = 1, state = 'Waiting', sha256 = null, due_utc = '2020-01-01T00:00:00Z' where media_path = @path", new { path });
            await transaction.CommitAsync();
        }
        await ReadAllAsync();
        await HitAsync("\"ขนมครกชาววังสองเตา\"", "แก้ชื่อ");
        // A file that takes the process down each time is given up.
        await using (var transaction = await database.BeginAsync())
        {
            await transaction.ExecuteAsync("update documents set is_due = 1, attempts = 3, due_utc = '2020-01-01T00:00:00Z' where media_path = @path", new { path });
            await transaction.CommitAsync();
        }
        await ReadAllAsync();
        (await site.Services.GetRequiredService<DocumentQueries>().FindAsync(path))!.State.ShouldBe(DocumentState.Failed);
    }

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_its_children_and_one_that_writes_for_ever_is_stopped()
    {
        using var folder = new ScratchFolder();
        var pdf = Path.Combine(folder.Path, "a.pdf");
        await File.WriteAllBytesAsync(pdf, "%PDF-1.4"u8.ToArray());
        var hung = new Pdftotext { Program = Script(folder.Path, "hangs", "sleep 1000 & wait"), TimeLimit = TimeSpan.FromMilliseconds(500) };
        (await Should.ThrowAsync<UnreadableFileException>(() => hung.ReadAsync(pdf, TestContext.Current.CancellationToken))).Message.ShouldContain("นานเกิน");
        var toiling = new Pdftotext { Program = Script(folder.Path, "toils", "while :; do :; done"), ProcessorSeconds = 1 };
        (await Should.ThrowAsync<UnreadableFileException>(() => toiling.ReadAsync(pdf, TestContext.Current.CancellationToken))).Message.ShouldContain("นานเกิน");
        var endless = new Pdftotext { Program = Script(folder.Path, "writes", "exec yes"), MostCharacters = 100_000 };
        (await Should.ThrowAsync<UnreadableFileException>(() => endless.ReadAsync(pdf, TestContext.Current.CancellationToken))).Message.ShouldContain("ยาวเกินไป");
        (await new Pdftotext { Program = Path.Combine(folder.Path, "none") }.ReadAsync(pdf, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private async Task<FilledForm> PublishAsync(string title, params (string Name, byte[] Content)[] files)
    {
        var form = await Sessions.NewAsync(site.As(EditorSite.Organizer), title, "1 มี.ค. 2566");
        foreach (var (name, content) in files) form.Choose($"{Field}.File", name, content);
        var published = await (await form.PressAsync()).PressAsync("publish");
        published.Errors.ShouldBeEmpty();
        published.Values($"{Field}.Path").Count.ShouldBe(files.Length);
        await ReadAllAsync();
        return published;
    }

    private async Task ReadAllAsync()
    {
        var round = site.Services.GetRequiredService<DocumentRound>();
        while (await round.ReadNextAsync(TestContext.Current.CancellationToken)) { }
        await site.CatchUpAsync();
    }

    private async Task<AngleSharp.Dom.IElement> HitAsync(string query, string title) =>
        (await SearchAsync(query)).QuerySelectorAll("li").Where(l => l.QuerySelector(".files") is not null).FirstOrDefault(l => Plain(l.QuerySelector("h3")!.TextContent).Contains(title))
            .ShouldNotBeNull(query);

    private async Task<AngleSharp.Dom.IDocument> SearchAsync(string query) =>
        new HtmlParser().ParseDocument(await site.As(null).GetStringAsync("/search?q=" + Uri.EscapeDataString(query)));

    private static async Task<string> PageAsync(HttpClient client, string path) => Plain(new HtmlParser().ParseDocument(await client.GetStringAsync(path)).Body!.TextContent);

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace("\u2060", "");

    private static string Html(params string[] pages) =>
        $"<html lang='th'><body style='font-family:\"Garuda\",\"Noto Sans Thai\",sans-serif'>{string.Concat(pages.Select(p => $"<p style='break-after:page'>{p}</p>"))}";

    private static string Script(string folder, string name, string command)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{command}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
