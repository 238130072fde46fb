using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

public sealed class MailSettingsTests
{
    private const string From = "คลังความรู้ <no-reply@portal.go.th>";

    [Theory]
    [InlineData("smtp://mail.example.go.th", "mail.example.go.th", 587, SmtpTls.Offered, null, null)]
    [InlineData("smtps://mail.example.go.th", "mail.example.go.th", 465, SmtpTls.Implicit, null, null)]
    [InlineData("smtp://127.0.0.1:25/", "127.0.0.1", 25, SmtpTls.Offered, null, null)]
    [InlineData("smtp://[::1]:2525", "::1", 2525, SmtpTls.Offered, null, null)]
    [InlineData("smtp://relay:25?tls=none", "relay", 25, SmtpTls.None, null, null)]
    [InlineData("SMTP://user:secret@relay:587?tls=required", "relay", 587, SmtpTls.Required, "user", "secret")]
    [InlineData("smtps://user%40example.go.th:p%40ss%3A%2F%E0%B8%81@relay:465", "relay", 465, SmtpTls.Implicit, "user@example.go.th", "p@ss:/ก")]
    [InlineData("smtps://user@example.go.th:p@ss:/?#ก@relay:465", "relay", 465, SmtpTls.Implicit, "user@example.go.th", "p@ss:/?#ก")]
    public void A_server_is_read_from_its_setting(string setting, string host, int port, SmtpTls tls, string? user, string? password)
    {
        var server = MailSettings.Read(setting, From, "/data").Server!;
        (server.Host, server.Port, server.Tls, server.Credentials?.User, server.Credentials?.Password).ShouldBe((host, port, tls, user, password));
    }

    [Theory]
    [InlineData("mail.example.go.th")]
    [InlineData("http://user:hunter2@relay")]
    [InlineData("smtp://")]
    [InlineData("smtp://user:hunter2@")]
    [InlineData("smtp://user:hunter2@re lay")]
    [InlineData("smtp://user:hunter2@relay:0")]
    [InlineData("smtp://user:hunter2@relay:x")]
    [InlineData("smtp://user:hunter2@relay:70000")]
    [InlineData("smtp://hunter2@relay")]
    [InlineData("smtp://user:@relay")]
    [InlineData("smtp://user:hunter2%0D%0A@relay")]
    [InlineData("smtp://user:hunter2@relay?tls=maybe")]
    [InlineData("smtps://user:hunter2@relay?tls=none")]
    [InlineData("smtp://user:hunter2@relay?ca=/no/such/file")]
    public void A_setting_that_cannot_be_read_is_named_and_its_password_is_not(string setting)
    {
        var message = Should.Throw<FormatException>(() => MailSettings.Read(setting, From, "/data")).Message;
        message.ShouldStartWith("PORTAL_SMTP: ");
        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_server_needs_a_sender_and_the_folder_does_not()
    {
        Should.Throw<FormatException>(() => MailSettings.Read("smtp://relay", "", "/data")).Message.ShouldStartWith("PORTAL_MAIL_FROM: ");
        Should.Throw<FormatException>(() => MailSettings.Read("", "no address", "/data")).Message.ShouldStartWith("PORTAL_MAIL_FROM: ");
        var settings = MailSettings.Read(null, null, "/data");
        settings.Server.ShouldBeNull();
        settings.Folder.ShouldBe("/data/mail");
        MailSettings.Read(null, From, "/data").From.Name.ShouldBe("คลังความรู้");
    }

    [Fact]
    public void No_setting_prints_a_password()
    {
        var settings = MailSettings.Read("smtp://user:hunter2@relay", From, "/data");
        settings.ToString().ShouldNotContain("hunter2");
        settings.Server!.ToString().ShouldBe("smtp://relay:587");
        settings.Server.Credentials!.ToString().ShouldBe("user");
    }

    [Fact]
    public async Task The_setting_decides_between_server_and_folder()
    {
        await using var folder = Site(null);
        folder.GetRequiredService<IMailTransport>().ShouldBeSameAs(folder.GetRequiredService<FolderTransport>());
        await using var server = Site("smtp://relay");
        server.GetRequiredService<IMailTransport>().ShouldBeOfType<SmtpTransport>();

        static ServiceProvider Site(string? smtp) => new ServiceCollection().AddLogging().AddMail(MailSettings.Read(smtp, From, "/data")).BuildServiceProvider();
    }
}
