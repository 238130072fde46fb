using System.Net;
using System.Net.Sockets;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

/// <summary>Answers that a sound server never gives, and the moments around the hand-over.</summary>
public sealed class SmtpAnswersTests
{
    private static readonly SmtpTimeouts Hasty = new(TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("220")]
    [InlineData("2")]
    [InlineData("220_ready")]
    [InlineData("999 ready")]
    [InlineData("554 no service")]
    [InlineData("421 4.3.2 later")]
    public async Task A_greeting_that_is_none_sends_nothing(string greeting)
    {
        await using var server = new ScriptedServer(talk => talk.SayAsync(greeting));
        (await SendAsync(server)).ShouldBeOfType<SendOutcome.Deferred>().Stage.ShouldBe(SmtpStage.Connection);
    }

    [Fact]
    public async Task Endless_answers_end()
    {
        await using var longLine = new ScriptedServer(talk => talk.SayAsync("220 " + new string('x', 100_000)));
        (await SendAsync(longLine)).ShouldBeOfType<SendOutcome.Deferred>();
        await using var manyLines = new ScriptedServer(async talk => { while (true) await talk.SayAsync("220-more"); });
        (await SendAsync(manyLines)).ShouldBeOfType<SendOutcome.Deferred>();
        await using var silent = new ScriptedServer(talk => talk.WaitForTheEndAsync());
        (await SendAsync(silent, timeouts: Hasty)).ShouldBeOfType<SendOutcome.Deferred>().Reply.ShouldContain("in time");
    }

    [Fact]
    public async Task A_server_that_drips_its_answers_is_left_when_the_budget_is_spent()
    {
        var timeouts = SmtpTimeouts.Default with { Budget = TimeSpan.FromMilliseconds(500) };
        await using var server = ScriptedServer.Answering(line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "silence" : null);
        (await SendAsync(server, timeouts: timeouts)).ShouldBeOfType<SendOutcome.Deferred>().Reply.ShouldContain("took longer");
    }

    [Fact]
    public async Task Where_nobody_listens_the_mail_waits()
    {
        // Bound and not listening: refused, and given to nobody else meanwhile.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var transport = Transport(((IPEndPoint)held.LocalEndPoint!).Port);
        var outcome = (await transport.SendAsync(Envelope.Of(Mails.Some("a")))).ShouldBeOfType<SendOutcome.Deferred>();
        (outcome.Stage, outcome.NeedsOperator).ShouldBe((SmtpStage.Connection, false));
    }

    [Fact]
    public async Task Words_slipped_in_before_the_encryption_end_the_talk()
    {
        await using var server = ScriptedServer.Answering(line => line == "STARTTLS" ? "220 go on\r\n250-mail.example\r\n250 AUTH PLAIN" : null, "250-hello\r\n250-STARTTLS\r\n");
        (await SendAsync(server)).ShouldBeOfType<SendOutcome.Deferred>().Reply.ShouldContain("before the encryption");
    }

    [Fact]
    public async Task A_refused_starttls_is_not_passed_over()
    {
        await using var server = ScriptedServer.Answering(line => line == "STARTTLS" ? "454 4.7.0 not now" : null, "250-hello\r\n250-STARTTLS\r\n");
        (await SendAsync(server)).ShouldBeOfType<SendOutcome.Deferred>().Stage.ShouldBe(SmtpStage.Tls);
    }

    [Fact]
    public async Task A_password_repeated_by_the_server_reaches_no_outcome_and_no_log()
    {
        await using var server = ScriptedServer.Answering(line => line.StartsWith("AUTH", StringComparison.Ordinal) ? "500 5.5.1 unknown: " + line + " hunter2" : null, "250-hello\r\n250-AUTH PLAIN\r\n");
        var log = new ListLogger();
        await using var transport = new SmtpTransport(new SmtpServer("127.0.0.1", server.Port, SmtpTls.Offered, new SmtpCredentials("user", "hunter2")), SmtpTimeouts.Default, new StillClock(), log);
        var outcome = await transport.SendAsync(Envelope.Of(Mails.Some("a")));
        var all = string.Join('\n', [outcome.ToString(), .. log.Lines]);
        log.Lines.ShouldNotBeEmpty();
        all.ShouldNotContain("hunter2");
        all.ShouldNotContain(Convert.ToBase64String("\0user\0hunter2"u8));
    }

    [Fact]
    public async Task The_reply_of_a_server_is_one_line_and_not_endless()
    {
        await using var server = ScriptedServer.Answering(line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550-5.1.1 \u001b[31mno\tsuch\r\n550 5.1.1 " + new string('x', 1000) : null);
        var refused = (await SendAsync(server)).ShouldBeOfType<SendOutcome.Refused>();
        refused.Reply.ShouldStartWith("550 5.1.1  [31mno such 5.1.1 xxx");
        refused.Reply.Length.ShouldBe(500);
    }

    [Fact]
    public async Task A_server_that_closed_a_silent_connection_is_asked_again_before_anything_was_handed_over()
    {
        var mails = 0;
        await using var server = ScriptedServer.Answering(line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? "hang up" : null);
        await using var transport = Transport(server.Port);
        (await transport.SendAsync(Envelope.Of(Mails.Some("a")))).ShouldBeOfType<SendOutcome.Accepted>();
        (await transport.SendAsync(Envelope.Of(Mails.Some("b")))).ShouldBeOfType<SendOutcome.Accepted>();
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_has_had_enough_of_a_connection_gets_a_new_one()
    {
        var mails = 0;
        await using var server = ScriptedServer.Answering(line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? "421 4.7.0 too many on one connection" : null);
        await using var transport = Transport(server.Port);
        (await transport.SendAsync(Envelope.Of(Mails.Some("a")))).ShouldBeOfType<SendOutcome.Accepted>();
        (await transport.SendAsync(Envelope.Of(Mails.Some("b")))).ShouldBeOfType<SendOutcome.Accepted>();
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task The_hand_over_is_announced_between_the_servers_leave_and_the_mail()
    {
        var heard = new List<string>();
        await using var server = ScriptedServer.Answering(line => { heard.Add(line.Split(' ')[0]); return null; });
        await using var transport = Transport(server.Port);
        (await transport.SendAsync(Envelope.Of(Mails.Some("a")), () => { heard.Add("noted"); return Task.CompletedTask; })).ShouldBeOfType<SendOutcome.Accepted>();
        heard.ShouldBe(["EHLO", "MAIL", "RCPT", "DATA", "noted", "."]);
    }

    [Fact]
    public async Task When_the_hand_over_cannot_be_noted_nothing_is_sent()
    {
        var dots = 0;
        await using var server = ScriptedServer.Answering(line => { dots += line == "." ? 1 : 0; return null; });
        await using var transport = Transport(server.Port);
        await Should.ThrowAsync<InvalidOperationException>(() => transport.SendAsync(Envelope.Of(Mails.Some("a")), () => throw new InvalidOperationException()));
        (await transport.SendAsync(Envelope.Of(Mails.Some("b")))).ShouldBeOfType<SendOutcome.Accepted>();
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_counts_until_the_hand_over_and_not_after_it()
    {
        using var early = new CancellationTokenSource();
        await using var server = ScriptedServer.Answering(line =>
        {
            if (line.Contains("cancel", StringComparison.Ordinal)) early.Cancel();
            return line.Contains("cancel", StringComparison.Ordinal) ? "silence" : null;
        });
        await using var transport = Transport(server.Port);
        await Should.ThrowAsync<OperationCanceledException>(() => transport.SendAsync(Envelope.Of(Mails.ToDo("cancel")), cancellation: early.Token));

        using var late = new CancellationTokenSource();
        var outcome = await transport.SendAsync(Envelope.Of(Mails.Some("late")), async () => await late.CancelAsync(), late.Token);
        outcome.ShouldBeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task A_refused_recipient_and_a_server_that_waits_for_the_mail_all_the_same_end_the_connection()
    {
        await using var server = ScriptedServer.Answering(line => line.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? "550 5.1.1 gone" : null, "250-hello\r\n250-PIPELINING\r\n");
        await using var transport = Transport(server.Port);
        (await transport.SendAsync(Envelope.Of(Mails.ToDo("gone")))).ShouldBeOfType<SendOutcome.Refused>().EnhancedCode.ShouldBe("5.1.1");
        (await transport.SendAsync(Envelope.Of(Mails.Some("b")))).ShouldBeOfType<SendOutcome.Accepted>();
        server.Connections.ShouldBe(2);
    }

    [Theory]
    [InlineData("Subject: a\r\n\r\nb\nc\r\n")]
    [InlineData("Subject: a\r\n\r\nb\rc\r\n")]
    [InlineData("Subject: a\r\n\r\nb\r")]
    [InlineData("Subject: a\r\n\r\nb\n.\nMAIL FROM:<x@example.com>\r\n")]
    public async Task Bytes_that_could_smuggle_a_second_mail_never_reach_the_wire(string content)
    {
        await using var server = ScriptedServer.Answering(_ => null);
        await using var transport = Transport(server.Port);
        await Should.ThrowAsync<MailFormatException>(() => transport.SendAsync(new Envelope(Mails.Portal, Mails.Reader, System.Text.Encoding.ASCII.GetBytes(content))));
        await Should.ThrowAsync<MailFormatException>(() => transport.SendAsync(new Envelope(Mails.Portal, Mails.Reader, new byte[999])));
    }

    private static async Task<SendOutcome> SendAsync(ScriptedServer server, SmtpTimeouts? timeouts = null)
    {
        await using var transport = Transport(server.Port, timeouts);
        return await transport.SendAsync(Envelope.Of(Mails.Some("a")));
    }

    private static SmtpTransport Transport(int port, SmtpTimeouts? timeouts = null) =>
        new(new SmtpServer("127.0.0.1", port, SmtpTls.Offered), timeouts ?? SmtpTimeouts.Default, new StillClock(), NullLogger<SmtpTransport>.Instance);

    private sealed class ListLogger : ILogger<SmtpTransport>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception) + exception);
    }
}
