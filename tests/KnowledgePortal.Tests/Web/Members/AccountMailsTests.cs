using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Members;
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
        var mails = new AccountMails(box, Offline.Settings("/nowhere") with { Url = "https://portal.example" });
        await mails.SendInvitationAsync(Somchai, "TOKEN");
        await MatchesAsync("invitation", await box.NextAsync(Somchai.UserName));
        await mails.SendResetAsync(Somchai, "TOKEN");
        await MatchesAsync("reset", await box.NextAsync(Somchai.UserName));
    }

    [Fact]
    public async Task A_site_without_a_mail_server_keeps_its_mails_in_a_folder()
    {
        using var folder = new ScratchFolder();
        var mails = new AccountMails(new AccountMailFolder(Offline.Settings(folder.Path), TimeProvider.System), Offline.Settings(folder.Path));
        await mails.SendResetAsync(Somchai, "TOKEN");
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(folder.Path, "mail")).ShouldHaveSingleItem());
        mail.ShouldAllBe(c => char.IsAscii(c));
        mail.ShouldContain("\r\nTo: =?utf-8?B?");
        mail.ShouldContain("<somchai@agency.example>\r\nSubject: =?utf-8?B?");
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
