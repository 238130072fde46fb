using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>What the mails say, word for word: the files in <c>Mails</c> are what a reviewer reads.</summary>
public sealed class AccountMailsTests
{
    private static readonly Account Somchai = new() { UserName = "somchai@agency.example", DisplayName = "สมชาย <b>ใจดี</b> & คณะ" };

    [Fact]
    public async Task Mails_read_as_agreed()
    {
        var box = new Mailbox();
        var mails = new AccountMails(box, Offline.Settings("/nowhere") with { Url = "https://portal.example" }, NullLogger<AccountMails>.Instance);
        await mails.SendInvitationAsync(Somchai, "TOKEN");
        await MatchesAsync("invitation", await box.NextAsync(Somchai.UserName));
        await mails.SendResetAsync(Somchai, "TOKEN");
        await MatchesAsync("reset", await box.NextAsync(Somchai.UserName));
    }

    [Fact]
    public async Task A_mail_that_nobody_takes_is_said_to_be_unsent()
    {
        var mail = new TransportedAccountMail(new ClosedServer(), MailSettings.Read(null, null, "/nowhere"), TimeProvider.System);
        (await Should.ThrowAsync<MailNotSentException>(() => mail.SendAsync("somchai@agency.example", "สมชาย", "เรื่อง", "ข้อความ", "<p>ข้อความ</p>")))
            .Message.ShouldNotContain("somchai");
    }

    [Fact]
    public async Task A_site_without_a_mail_server_keeps_its_mails_in_a_folder()
    {
        using var folder = new ScratchFolder();
        await using var site = Offline.Site(folder.Path);
        await site.GetRequiredService<AccountMails>().SendResetAsync(Somchai, "TOKEN");
        var mail = (await site.GetRequiredService<FolderTransport>().ListAsync(0, 10)).ShouldHaveSingleItem().Content;
        mail.ToString().ShouldContain("/reset-password?token=TOKEN");
    }

    private sealed class ClosedServer : IMailTransport
    {
        public Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver = null, CancellationToken cancellation = default) =>
            Task.FromResult<SendOutcome>(new SendOutcome.Deferred(SmtpStage.Recipient, 451, null, "451 try <somchai@agency.example> later"));

        public Task<string?> CheckAsync(CancellationToken cancellation = default) => Task.FromResult<string?>("closed");
    }

    private static async Task MatchesAsync(string name, SentMail mail)
    {
        await MatchesAsync($"{name}.txt", $"{mail.Subject}\n\n{mail.Text}");
        await MatchesAsync($"{name}.html", mail.Html);
    }

    private static async Task MatchesAsync(string file, string text)
    {
        var path = Repository.File("tests", "KnowledgePortal.Tests", "Web", "Members", "Mails", file);
        text.ShouldBe(await File.ReadAllTextAsync(path));
    }
}
