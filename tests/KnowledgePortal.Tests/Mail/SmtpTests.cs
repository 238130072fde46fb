using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

/// <summary>Against a server that is not ours.</summary>
public sealed class SmtpTests : IClassFixture<MailServer>
{
    private static readonly SmtpCredentials Right = new("ผู้ส่ง", "รหัส ลับ:@/1");

    private readonly MailServer _server;

    public SmtpTests(MailServer server)
    {
        MailPeer.NeedServer();
        _server = server;
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("pipelining", false)]
    [InlineData("ascii", false)]
    [InlineData("starttls", true)]
    public async Task A_mail_arrives_as_it_was_written(string face, bool isEncrypted)
    {
        var mail = Mails.ToDo("somchai") with
        {
            HtmlBody = ".\n..\n<p>สวัสดี</p>",
            TextBody = ".\n.dots\n",
            ReturnPath = MailAddress.Parse("bounces@portal.go.th"),
            Headers = MailHeader.OneClickUnsubscribe(new Uri("https://portal.example/u/1")),
        };
        await using var transport = Transport(_server.Face(face));
        (await transport.SendAsync(Envelope.Of(mail))).ShouldBe(new SendOutcome.Accepted("250 2.0.0 taken"));
        var received = await _server.MailAsync(mail.MessageId);
        received.Raw.ShouldBe(MimeWriter.Write(mail));
        received.Tls.ShouldBe(isEncrypted);
        received.Sender.ShouldBe("bounces@portal.go.th");
        received.Recipients.ShouldBe(["somchai@example.com"]);
        received.Options!.ShouldNotContain("SMTPUTF8");
        received.Parsed!.Subject.ShouldBe("สรุปประจำสัปดาห์");
        received.Parsed.Text.ShouldBe(".\r\n.dots\r\n");
        received.Parsed.Html.ShouldBe(".\r\n..\r\n<p>สวัสดี</p>\r\n");
        _server.CountOf(mail.MessageId).ShouldBe(1);
    }

    [Fact]
    public async Task Implicit_tls_works_and_is_checked_against_the_authority_of_the_settings()
    {
        var mail = Mails.ToDo("somchai");
        (await SendAsync(_server.Face("tls", SmtpTls.Implicit), mail)).ShouldBeOfType<SendOutcome.Accepted>();
        (await _server.MailAsync(mail.MessageId)).Tls.ShouldBeTrue();
    }

    [Theory]
    [InlineData("tls", SmtpTls.Implicit)]
    [InlineData("starttls", SmtpTls.Offered)]
    [InlineData("starttls", SmtpTls.Required)]
    public async Task A_certificate_from_elsewhere_or_for_another_name_ends_the_talk(string face, SmtpTls tls)
    {
        var mail = Mails.ToDo("somchai");
        foreach (var untrusted in new[] { _server.Face(face, tls, authority: _server.OtherAuthority), _server.Face(face, tls, host: "localhost"), _server.Face(face, tls) with { CaFile = null } })
        {
            var outcome = (await SendAsync(untrusted, mail)).ShouldBeOfType<SendOutcome.Deferred>();
            outcome.Stage.ShouldBe(SmtpStage.Tls);
            outcome.NeedsOperator.ShouldBeTrue();
        }
        _server.CountOf(mail.MessageId).ShouldBe(0);
    }

    [Fact]
    public async Task Where_encryption_is_required_and_not_offered_nothing_is_sent() =>
        (await SendAsync(_server.Face("plain", SmtpTls.Required), Mails.ToDo("somchai"))).ShouldBeOfType<SendOutcome.Deferred>().Stage.ShouldBe(SmtpStage.Tls);

    [Theory]
    [InlineData("auth", "PLAIN")]
    [InlineData("auth-login", "LOGIN")]
    [InlineData("auth-after-tls", "PLAIN")]
    public async Task The_right_thai_password_signs_in(string face, string mechanism)
    {
        var mail = Mails.ToDo("somchai");
        (await SendAsync(_server.Face(face, credentials: Right), mail)).ShouldBeOfType<SendOutcome.Accepted>();
        (await _server.MailAsync(mail.MessageId)).SignedIn.ShouldBeTrue();
        await _server.EventAsync(e => e.Mechanism == mechanism && e.Right);
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("auth-login")]
    [InlineData("auth-after-tls")]
    public async Task A_wrong_password_is_said_at_once_and_no_mail_is_lost(string face)
    {
        var outcome = (await SendAsync(_server.Face(face, credentials: new SmtpCredentials("ผู้ส่ง", "hunter2")), Mails.ToDo("somchai"))).ShouldBeOfType<SendOutcome.Deferred>();
        (outcome.Stage, outcome.Code, outcome.EnhancedCode).ShouldBe((SmtpStage.Authentication, 535, "5.7.8"));
        outcome.NeedsOperator.ShouldBeTrue();
        outcome.Reply.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("auth-none")]
    [InlineData("starttls")]
    public async Task With_a_password_set_mail_is_not_sent_unless_it_was_asked_for(string face)
    {
        var mail = Mails.ToDo("somchai");
        var outcome = (await SendAsync(_server.Face(face, credentials: Right), mail)).ShouldBeOfType<SendOutcome.Deferred>();
        // This server offers mechanisms after STARTTLS whether or not anybody can sign in.
        outcome.Stage.ShouldBe(SmtpStage.Authentication);
        outcome.NeedsOperator.ShouldBeTrue();
        _server.CountOf(mail.MessageId).ShouldBe(0);
    }

    [Theory]
    [InlineData("plain", "reply_450_4.2.1", SmtpStage.Recipient, 450, "4.2.1")]
    [InlineData("pipelining", "reply_450_4.2.1", SmtpStage.Recipient, 450, "4.2.1")]
    [InlineData("plain", "data_451_4.3.0", SmtpStage.Message, 451, "4.3.0")]
    [InlineData("plain", "reply_421_4.3.2", SmtpStage.Recipient, 421, "4.3.2")]
    public async Task A_refusal_for_now_says_where_and_why(string face, string what, SmtpStage stage, int code, string enhanced)
    {
        var outcome = (await SendAsync(_server.Face(face), Mails.ToDo(what))).ShouldBeOfType<SendOutcome.Deferred>();
        (outcome.Stage, outcome.Code, outcome.EnhancedCode).ShouldBe((stage, code, enhanced));
        outcome.NeedsOperator.ShouldBeFalse();
    }

    [Theory]
    [InlineData("plain", "reply_550_5.1.1", SmtpStage.Recipient, 550, "5.1.1", true)]
    [InlineData("pipelining", "reply_550_5.1.1", SmtpStage.Recipient, 550, "5.1.1", true)]
    [InlineData("plain", "reply_550", SmtpStage.Recipient, 550, null, true)]
    [InlineData("plain", "reply_550_5.7.1", SmtpStage.Recipient, 550, "5.7.1", false)]
    [InlineData("plain", "data_554_5.7.1", SmtpStage.Message, 554, "5.7.1", false)]
    public async Task A_refusal_for_good_says_whether_the_address_is_at_fault(string face, string what, SmtpStage stage, int code, string? enhanced, bool isAboutRecipient)
    {
        var outcome = (await SendAsync(_server.Face(face), Mails.ToDo(what))).ShouldBeOfType<SendOutcome.Refused>();
        (outcome.Stage, outcome.Code, outcome.EnhancedCode, outcome.IsAboutRecipient).ShouldBe((stage, code, enhanced, isAboutRecipient));
    }

    [Fact]
    public async Task A_mail_over_the_size_limit_is_not_even_sent()
    {
        var outcome = (await SendAsync(_server.Face("small"), Mails.ToDo("somchai") with { TextBody = new string('x', 3000) })).ShouldBeOfType<SendOutcome.Refused>();
        (outcome.Stage, outcome.EnhancedCode).ShouldBe((SmtpStage.Message, "5.3.4"));
        (await SendAsync(_server.Face("small"), Mails.ToDo("somchai"))).ShouldBeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task A_thai_local_part_goes_where_smtputf8_is_offered_and_nowhere_else()
    {
        var mail = Mails.Some("thai-local-part", MailAddress.Parse("สมชาย@ตัวอย่าง.ไทย"));
        (await SendAsync(_server.Face("plain"), mail)).ShouldBeOfType<SendOutcome.Accepted>();
        var received = await _server.MailAsync(mail.MessageId);
        received.Recipients.ShouldBe(["สมชาย@xn--72c1a1bt4awk9o.xn--o3cw4h"]);
        received.Options.ShouldBe([$"SIZE={received.Raw!.Length}", "BODY=8BITMIME", "SMTPUTF8"]);
        (await SendAsync(_server.Face("ascii"), mail)).ShouldBeOfType<SendOutcome.Refused>().EnhancedCode.ShouldBe("5.6.7");
    }

    [Fact]
    public async Task A_connection_lost_after_the_final_dot_leaves_the_mail_uncertain_and_is_not_tried_again()
    {
        var mail = Mails.ToDo("drop-after-data");
        await using var transport = Transport(_server.Face("plain"));
        (await transport.SendAsync(Envelope.Of(Mails.ToDo("somchai")))).ShouldBeOfType<SendOutcome.Accepted>();
        (await transport.SendAsync(Envelope.Of(mail))).ShouldBeOfType<SendOutcome.Uncertain>();
        await _server.MailAsync(mail.MessageId);
        _server.CountOf(mail.MessageId).ShouldBe(1);
        (await transport.SendAsync(Envelope.Of(Mails.ToDo("somchai")))).ShouldBeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task A_server_that_falls_silent_holds_nobody()
    {
        // Only the time that must run out is short: a busy machine may take long for the rest.
        var (impatient, hasty) = (SmtpTimeouts.Default with { Command = TimeSpan.FromMilliseconds(300) }, SmtpTimeouts.Default with { FinalDot = TimeSpan.FromMilliseconds(300) });
        (await SendAsync(_server.Face("plain"), Mails.ToDo("silent-at-rcpt"), impatient)).ShouldBeOfType<SendOutcome.Deferred>().Reply.ShouldContain("in time");
        (await SendAsync(_server.Face("plain"), Mails.ToDo("silent-after-data"), hasty)).ShouldBeOfType<SendOutcome.Uncertain>();
    }

    [Fact]
    public async Task One_connection_carries_many_mails_through_refusals_and_ends_with_quit()
    {
        var (first, second) = (Mails.ToDo("somchai"), Mails.ToDo("somchai"));
        await using (var transport = Transport(_server.Face("pipelining")))
        {
            await transport.SendAsync(Envelope.Of(first));
            await transport.SendAsync(Envelope.Of(Mails.ToDo("reply_550_5.1.1")));
            await transport.SendAsync(Envelope.Of(second));
        }
        var connection = (await _server.MailAsync(first.MessageId)).Connection;
        (await _server.MailAsync(second.MessageId)).Connection.ShouldBe(connection);
        await _server.EventAsync(e => e.Event == "rset" && e.Connection == connection);
        await _server.EventAsync(e => e.Event == "quit" && e.Connection == connection);
    }

    [Fact]
    public async Task Many_at_once_all_arrive_once()
    {
        var mails = Enumerable.Range(0, 60).Select(_ => Mails.ToDo("somchai")).ToList();
        await using var transport = Transport(_server.Face("plain"));
        var outcomes = await Task.WhenAll(mails.Select(mail => transport.SendAsync(Envelope.Of(mail))));
        outcomes.ShouldAllBe(outcome => outcome is SendOutcome.Accepted);
        foreach (var mail in mails) await _server.MailAsync(mail.MessageId);
        mails.ShouldAllBe(mail => _server.CountOf(mail.MessageId) == 1);
    }

    [Fact]
    public async Task A_check_signs_in_and_sends_nothing()
    {
        await using var right = Transport(_server.Face("auth-after-tls", credentials: Right));
        (await right.CheckAsync()).ShouldBeNull();
        await using var wrong = Transport(_server.Face("auth-after-tls", credentials: new SmtpCredentials("ผู้ส่ง", "hunter2")));
        (await wrong.CheckAsync())!.ShouldContain("535 5.7.8");
    }

    private async Task<SendOutcome> SendAsync(SmtpServer face, OutgoingMail mail, SmtpTimeouts? timeouts = null)
    {
        await using var transport = Transport(face, timeouts);
        return await transport.SendAsync(Envelope.Of(mail));
    }

    private static SmtpTransport Transport(SmtpServer face, SmtpTimeouts? timeouts = null) => new(face, timeouts ?? SmtpTimeouts.Default, new StillClock(), NullLogger<SmtpTransport>.Instance);
}
