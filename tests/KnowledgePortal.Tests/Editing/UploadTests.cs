using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Media;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>Files from people: what is taken, what becomes of it, who sees it.</summary>
public sealed class UploadTests(EditorSite site)
{
    private static readonly byte[] Captions = Encoding.UTF8.GetBytes("WEBVTT\n\n00:01.000 --> 00:04.000\n<v สมชาย>คำบรรยายทดสอบ กระบวนการลูกโซ่\n");
    private static readonly byte[] Mp4 = [0, 0, 0, 0x18, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8, .. new byte[5000]];

    [Fact]
    public async Task A_picture_comes_out_as_WebP_in_three_widths_without_camera_and_place()
    {
        RequireVips();
        var jpeg = WithGps(Picture("jpegsave", 2000, 1000, "jpg"));
        Encoding.Latin1.GetString(jpeg).ShouldContain("SECRETCAMERA");
        var (path, organizer) = await UploadAsync("IMG_0001.JPG", jpeg);
        path.ShouldStartWith("uploads/");
        path.ShouldNotContain("IMG");
        foreach (var (name, width) in new[] { ("1600", 1600), ("800", 800), ("320", 320) })
        {
            var response = await organizer.GetAsync("/media/" + path.Replace("1600.webp", name + ".webp"));
            response.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
            var webp = await response.Content.ReadAsByteArrayAsync();
            PictureHeader.Read(new MemoryStream(webp), ".webp")!.Width.ShouldBe(width);
            var text = Encoding.Latin1.GetString(webp);
            foreach (var secret in new[] { "SECRETCAMERA", "EXIF", "Exif\0", "XMP " }) text.ShouldNotContain(secret, Case.Sensitive);
        }
        (await organizer.GetAsync("/media/" + path.Replace("1600.webp", "1599.webp"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("pngsave", "png")]
    [InlineData("webpsave", "webp")]
    [InlineData("gifsave", "gif")]
    public async Task Every_kind_of_picture_is_taken(string save, string extension)
    {
        RequireVips();
        var (path, _) = await UploadAsync("ภาพ." + extension, Picture(save, 400, 300, extension));
        path.ShouldEndWith("/1600.webp");
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>" },
        { "jpg", "<!doctype html><script>alert(1)</script>" },
        { "mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n" },
        { "jpg", "MZ this is a program" },
        { "pdf", " %PDF-1.4" },
        { "vtt", "not captions" },
        { "zip", "PK\u0003\u0004 broken" },
        { "png", "" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_what_its_name_says_is_refused(string extension, string content) =>
        (await SendAsync(site.As(EditorSite.Organizer), "ไฟล์." + extension, Encoding.UTF8.GetBytes(content))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task Bombs_and_broken_pictures_are_refused_by_their_header()
    {
        RequireVips();
        var organizer = site.As(EditorSite.Organizer);
        foreach (var (name, content) in new[] { ("a.png", HugePng()), ("b.gif", ManyFrames()), ("c.jpg", HugeJpeg()), ("d.webp", HugeWebp()) })
        {
            var response = await SendAsync(organizer, name, content);
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, name);
            JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("title").GetString()!.ShouldContain("50 ล้านพิกเซล", customMessage: name);
        }
        var whole = Picture("jpegsave", 1200, 900, "jpg");
        (await SendAsync(organizer, "cut.jpg", whole[..(whole.Length / 2)])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(organizer, "head.jpg", whole[..40])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(organizer, "one.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_picture_that_is_also_a_page_comes_out_as_a_picture_only()
    {
        RequireVips();
        byte[] polyglot = [.. Picture("jpegsave", 600, 400, "jpg"), .. "<html><script>alert(1)</script></html>"u8];
        var (path, organizer) = await UploadAsync("x.jpg.html", polyglot);
        var response = await organizer.GetAsync("/media/" + path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync()).ShouldNotContain("<script>");
    }

    [Theory]
    [InlineData("รายงาน \"ฉบับ\"\r\nX-Evil: 1.pdf", "รายงาน ฉบับX-Evil 1.pdf")]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("a\u202Efdp.exe", "afdp.pdf")]
    [InlineData("con.pdf.html", "con.pdf.pdf")]
    [InlineData(".pdf", "file.pdf")]
    public void A_name_is_kept_only_as_far_as_it_is_a_name(string sent, string kept) => Uploads.CleanName(sent, ".pdf").ShouldBe(kept);

    [Fact]
    public async Task A_document_is_only_downloaded_under_its_own_name()
    {
        var (path, organizer) = await UploadAsync("รายงานการประชุม.PDF", "%PDF-1.7\n%%EOF"u8.ToArray());
        var response = await organizer.GetAsync("/media/" + path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("รายงานการประชุม.pdf");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; sandbox");
        response.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Theory]
    [InlineData("word/document.xml", ".docx", false)]
    [InlineData("xl/workbook.xml", ".xlsx", false)]
    [InlineData("ppt/presentation.xml", ".pptx", false)]
    [InlineData("word/document.xml", ".docx", true)]
    public void Office_documents_are_known_by_what_is_in_them(string entry, string extension, bool hasMacros)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in (string[])["[Content_Types].xml", entry, .. hasMacros ? ["word/vbaProject.bin"] : Array.Empty<string>()]) zip.CreateEntry(name);
        FileTypes.Detect(stream)?.Extension.ShouldBe(extension);
        (FileTypes.Detect(stream) is null).ShouldBe(hasMacros);
    }

    [Fact]
    public async Task Only_those_who_may_upload_do_and_only_with_a_token()
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent(Captions), "file", "a.vtt" } };
        (await site.As(EditorSite.Organizer).PostAsync("/manage/media", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(site.As("reader|"), "a.vtt", Captions)).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_recording_is_seen_with_its_files_and_goes_with_them()
    {
        var (organizer, reader) = (site.As(EditorSite.Organizer), site.As(null));
        var session = await (await Sessions.NewAsync(organizer, "ครั้งที่มีวิดีโอใหม่", "9 มี.ค. 2566")).PressAsync("publish");
        session.Errors.ShouldBeEmpty();
        var form = await FilledForm.OpenAsync(organizer, "/manage/new/Recording");
        form.Set("TitlePart.Title", "วิดีโอใหม่").Set("Recording.Session", session.Id).Set("Recording.Duration", "60")
            .Choose("Recording.Video.File", "คลิป.mp4", Mp4).Choose("Recording.Captions.File", "คำบรรยาย.vtt", Captions);
        var saved = await form.PressAsync();
        saved.Errors.ShouldBeEmpty();
        var video = "/media/" + saved.Value("Recording.Video.Path");
        var captions = "/media/" + saved.Value("Recording.Captions.Path");
        foreach (var file in new[] { video, captions })
        {
            (await reader.GetAsync(file)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await RangeAsync(reader, file)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await site.As(EditorSite.Member).GetAsync(file)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var mine = await site.As(EditorSite.OtherOrganizer).GetAsync(file);
            mine.StatusCode.ShouldBe(HttpStatusCode.OK);
            mine.Headers.CacheControl!.Private.ShouldBeTrue();
        }
        var preview = await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}/preview");
        preview.Text.ShouldContain("ตัวอย่างก่อนเผยแพร่");
        preview.Text.ShouldContain("คำบรรยายทดสอบ");

        (await saved.PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await reader.GetAsync(captions)).Headers.CacheControl!.Public.ShouldBeTrue();
        var range = await RangeAsync(reader, video);
        range.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        range.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        await site.CatchUpAsync();
        (await reader.GetStringAsync("/api/v1/search?q=กระบวนการลูกโซ่")).ShouldContain(saved.Id);

        (await saved.SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await RangeAsync(reader, video)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.GetAsync(captions)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await site.CatchUpAsync();
        (await reader.GetStringAsync("/api/v1/search?q=กระบวนการลูกโซ่")).ShouldNotContain(saved.Id);
    }

    [Fact]
    public async Task A_file_is_not_lost_when_something_else_is_wrong()
    {
        var organizer = site.As(EditorSite.Organizer);
        var refused = await (await FilledForm.OpenAsync(organizer, "/manage/new/Recording")).Set("Recording.Duration", "นาน").Choose("Recording.Captions.File", "a.vtt", Captions).PressAsync();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Value("Recording.Captions.Path").ShouldEndWith("/captions.vtt");
        var saved = await refused.Set("TitlePart.Title", "วิดีโอ").Set("Recording.Duration", "60").PressAsync();
        saved.Value("Recording.Captions.Path").ShouldBe(refused.Value("Recording.Captions.Path"));
        (await saved.Set("Recording.Captions.Remove", saved.Value("Recording.Captions.Path")).PressAsync()).Value("Recording.Captions.Path").ShouldBe("");
    }

    [Fact]
    public async Task Nobody_attaches_a_file_that_is_not_his()
    {
        var (path, _) = await UploadAsync("ลับ.vtt", Captions);
        var refused = await (await FilledForm.OpenAsync(site.As(EditorSite.OtherOrganizer), "/manage/new/Recording"))
            .Set("TitlePart.Title", "ขโมยไฟล์").Set("Recording.Captions.Path", path).PressAsync();
        refused.Errors.Single().ShouldContain("ใช้ไฟล์นี้ไม่ได้");
    }

    [Fact]
    public async Task A_field_takes_only_its_kinds_and_captions_must_say_something()
    {
        var organizer = site.As(EditorSite.Organizer);
        var wrong = await (await FilledForm.OpenAsync(organizer, "/manage/new/Recording")).Set("TitlePart.Title", "ผิดชนิด").Choose("Recording.Captions.File", "a.vtt", Mp4).PressAsync();
        wrong.Errors.Single().ShouldContain(".vtt");
        var empty = await (await FilledForm.OpenAsync(organizer, "/manage/new/Recording"))
            .Set("TitlePart.Title", "คำบรรยายว่าง").Set("Recording.Session", DemoItems.Session4Of2563).Choose("Recording.Captions.File", "a.vtt", "WEBVTT\n\nไม่มีเวลา"u8.ToArray()).PressAsync("publish");
        empty.Errors.Single().ShouldContain("อ่านไฟล์คำบรรยายไม่ได้");
    }

    [Fact]
    public async Task Media_of_the_demo_is_public() =>
        (await site.As(null).GetAsync("/media/recordings/kledlap.th.vtt")).StatusCode.ShouldBe(HttpStatusCode.OK);

    private async Task<(string Path, HttpClient Organizer)> UploadAsync(string name, byte[] content)
    {
        var organizer = site.As(EditorSite.Organizer);
        var response = await SendAsync(organizer, name, content);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return (JsonDocument.Parse(body).RootElement.GetProperty("path").GetString()!, organizer);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string name, byte[] content)
    {
        var token = (await FilledForm.OpenAsync(client, "/manage/new/Recording")).Value(FilledForm.Token);
        var body = new MultipartFormDataContent { { new StringContent(token), FilledForm.Token } };
        body.Add(new ByteArrayContent(content), "file", name);
        return await client.PostAsync("/manage/media", body);
    }

    private static Task<HttpResponseMessage> RangeAsync(HttpClient client, string path) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(10, 99) } });

    private static void RequireVips()
    {
        if (!new Pictures().IsInstalled) Assert.Skip("libvips-tools is not installed");
    }

    // Noise, so that half of the file is half of the picture.
    private static byte[] Picture(string save, int width, int height, string extension)
    {
        using var folder = new ScratchFolder();
        Run(folder.Path, "vips", "gaussnoise", "noise.v", $"{width}", $"{height}");
        Run(folder.Path, "vips", "cast", "noise.v", "bytes.v", "uchar");
        Run(folder.Path, "vips", save, "bytes.v", "picture." + extension);
        return File.ReadAllBytes(Path.Combine(folder.Path, "picture." + extension));
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program + " " + string.Join(' ', arguments));
    }

    /// <summary>Puts an EXIF segment with a camera's name and a GPS directory behind the JPEG's first marker.</summary>
    private static byte[] WithGps(byte[] jpeg)
    {
        using var tiff = new MemoryStream();
        var writer = new BinaryWriter(tiff);
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((ushort)2);
        Entry(0x010F, 2, 13, 38);
        Entry(0x8825, 4, 1, 51);
        writer.Write(0);
        writer.Write("SECRETCAMERA\0"u8);
        writer.Write((ushort)1);
        Entry(0x0001, 2, 2, 'N');
        writer.Write(0);
        byte[] body = [.. "Exif\0\0"u8, .. tiff.ToArray()];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [jpeg[0], jpeg[1], 0xFF, 0xE1, .. length, .. body, .. jpeg[2..]];

        void Entry(ushort tag, ushort type, int count, int value)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }
    }

    private static byte[] HugePng()
    {
        var head = new byte[33];
        ((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8]).CopyTo(head, 0);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), 65_500);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(20), 65_500);
        return head;
    }

    private static byte[] HugeJpeg() => [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0];

    private static byte[] HugeWebp() => [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0x3F, 0, 0xFF, 0x3F, 0];

    private static byte[] ManyFrames()
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, .. Enumerable.Repeat(frame, 10_000).SelectMany(f => f), 0x3B];
    }
}
