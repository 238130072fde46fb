using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Mail;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

public sealed class FolderTransportTests : IDisposable
{
    private readonly ScratchFolder _data = new();
    private readonly FolderTransport _folder;

    public FolderTransportTests() => _folder = new FolderTransport(MailSettings.Read(null, null, _data.Path), TimeProvider.System);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_mail_is_kept_as_a_file_and_shown_with_both_its_parts()
    {
        (await _folder.ListAsync(0, 10)).ShouldBeEmpty();
        (await _folder.CheckAsync()).ShouldBeNull();
        var mail = Mails.Some("kept") with { HtmlBody = "<p>สวัสดี</p>\n", Attachments = [new MailAttachment("รายงาน.pdf", "application/pdf", "%PDF"u8.ToArray())] };
        (await _folder.SendAsync(Envelope.Of(mail))).ShouldBeOfType<SendOutcome.Accepted>();

        var kept = (await _folder.ListAsync(0, 10)).ShouldHaveSingleItem();
        kept.Time.ShouldBeInRange(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow);
        kept.Content.From.ShouldBe("คลังความรู้ <no-reply@portal.go.th>");
        kept.Content.To.ShouldBe("<somchai@example.com>");
        kept.Content.Subject.ShouldBe("สรุปประจำสัปดาห์");
        kept.Content.Text.ShouldBe("สวัสดี\r\n");
        kept.Content.Html.ShouldBe("<p>สวัสดี</p>\r\n");
        kept.Content.Attachments.ShouldBe(["รายงาน.pdf"]);
        File.ReadAllBytes(Path.Combine(_data.Path, "mail", kept.Id + ".eml")).ShouldBe(MimeWriter.Write(mail));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_data.Path, "mail")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_newest_mail_comes_first_and_pages_do_not_overlap()
    {
        var clock = new SteppingClock();
        var folder = new FolderTransport(MailSettings.Read(null, null, _data.Path), clock);
        foreach (var subject in new[] { "1", "2", "3" }) await folder.SendAsync(Envelope.Of(Mails.Some("id") with { Subject = subject }));
        folder.Count.ShouldBe(3);
        (await folder.ListAsync(0, 2)).Select(m => m.Content.Subject).ShouldBe(["3", "2"]);
        (await folder.ListAsync(2, 2)).Select(m => m.Content.Subject).ShouldBe(["1"]);
        (await folder.ListAsync(0, 1))[0].Time.ShouldBe(clock.GetUtcNow().AddMinutes(-1));
    }

    [Fact]
    public async Task Only_its_own_files_are_found()
    {
        await _folder.SendAsync(Envelope.Of(Mails.Some("kept")));
        File.WriteAllText(Path.Combine(_data.Path, "mail", "other.eml"), "Subject: other\r\n\r\n");
        File.WriteAllText(Path.Combine(_data.Path, "20260915T000000.000Z-00000000.eml"), "Subject: outside\r\n\r\n");
        var kept = (await _folder.ListAsync(0, 10)).ShouldHaveSingleItem();
        (await _folder.FindAsync(kept.Id)).ShouldNotBeNull();
        (await _folder.FindAsync("../20260915T000000.000Z-00000000")).ShouldBeNull();
        (await _folder.FindAsync("20260915T000000.000Z-00000000")).ShouldBeNull();
        (await _folder.FindAsync("other")).ShouldBeNull();
        (await _folder.FindAsync("99999999T999999.999Z-00000000")).ShouldBeNull();
    }

    [Fact]
    public async Task What_no_server_would_take_and_what_no_disk_takes_is_not_kept()
    {
        var smuggled = new Envelope(Mails.Portal, Mails.Reader, "Subject: a\r\n\r\nb\n.\r\nMAIL FROM:<x@example.com>\r\n"u8.ToArray());
        await Should.ThrowAsync<MailFormatException>(() => _folder.SendAsync(smuggled));
        File.WriteAllText(Path.Combine(_data.Path, "mail"), "a file where the folder should be");
        (await _folder.SendAsync(Envelope.Of(Mails.Some("lost")))).ShouldBeOfType<SendOutcome.Deferred>();
        (await _folder.CheckAsync()).ShouldNotBeNull();
    }

    private sealed class SteppingClock : TimeProvider
    {
        private int _minutes;

        public override DateTimeOffset GetUtcNow() => Mails.Date.ToUniversalTime().AddMinutes(_minutes++);
    }
}
