using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using KnowledgePortal.Tests.Mail;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Mail;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

/// <summary>The verb as an operator starts it, against a server that may kill it.</summary>
public sealed class SendDigestsVerbTests
{
    private const string Now = "2026-09-21T07:00";

    [Fact]
    public async Task Killed_before_the_answer_it_sends_that_mail_once_more_and_no_other_twice()
    {
        await using var site = await SiteAsync(12);
        var victim = new TaskCompletionSource<Process>();
        var received = new ConcurrentQueue<string>();
        var fatal = 5;
        await using var server = Sink(received, async () =>
        {
            if (Interlocked.Decrement(ref fatal) != 0) return "250 taken";
            (await victim.Task).Kill(); // the mail is taken, and the sender will never know
            return "hang up";
        });
        victim.SetResult(Start(site.Data, server.Port, connections: 1));
        await (await victim.Task).WaitForExitAsync();
        received.Count.ShouldBe(5);

        var second = await RunAsync(site.Data, server.Port, connections: 1);
        second.ExitCode.ShouldBe(0, second.Errors);
        second.Output.ShouldContain("sent 8");
        (await RunAsync(site.Data, server.Port, connections: 1)).Output.ShouldContain("sent 0");

        var mails = received.GroupBy(m => m).ToList();
        mails.Count.ShouldBe(12);
        mails.Count(m => m.Count() == 2).ShouldBe(1); // the same bytes, and so the same Message-ID
        (await site.StatesAsync()).ShouldAllBe(state => state == "sent");
    }

    [Fact]
    public async Task Two_at_once_send_each_mail_once()
    {
        await using var site = await SiteAsync(40);
        var received = new ConcurrentQueue<string>();
        await using var server = Sink(received, () => Task.FromResult("250 taken"));
        var outcomes = await Task.WhenAll(RunAsync(site.Data, server.Port, 2), RunAsync(site.Data, server.Port, 2));
        outcomes.ShouldAllBe(o => o.ExitCode == 0, string.Join('\n', outcomes.Select(o => o.Errors)));
        received.Count.ShouldBe(40);
        received.Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task Told_to_stop_it_ends_the_mail_it_has_begun_and_leaves_nothing_uncertain()
    {
        await using var site = await SiteAsync(30);
        var started = new TaskCompletionSource<Process>();
        var received = new ConcurrentQueue<string>();
        await using var server = Sink(received, async () =>
        {
            if (received.Count != 3) return "250 taken";
            var told = await started.Task;
            Process.Start("kill", ["-TERM", told.Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
            // A signal is heard in its own time: unanswered, the sender has all of it and cannot send the rest meanwhile.
            (await told.StandardError.ReadLineAsync()).ShouldStartWith("stopping;");
            return "250 taken";
        });
        var sender = Start(site.Data, server.Port, connections: 1);
        started.SetResult(sender);
        await sender.WaitForExitAsync();
        sender.ExitCode.ShouldBe(1);
        received.Count.ShouldBe(3);
        (await site.StatesAsync()).Where(s => s is not "sent").ShouldAllBe(state => state == "queued");
        (await RunAsync(site.Data, server.Port, 1)).ExitCode.ShouldBe(0);
        received.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Without_a_server_mails_lie_in_the_folder_and_wrong_usage_says_how()
    {
        await using var site = await SiteAsync(2);
        var outcome = await PortalProgram.RunAsync(site.Data, "th_TH.UTF-8", "send-digests", "--now", Now);
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldContain("ส่งแล้ว 2");
        Directory.GetFiles(Path.Combine(site.Data, "mail"), "*.eml").Length.ShouldBe(2);
        (await PortalProgram.RunAsync(site.Data, "C.UTF-8", "send-digests", "--now", "yesterday")).ExitCode.ShouldBe(2);
        using var empty = new ScratchFolder();
        (await PortalProgram.RunAsync(empty.Path, "C.UTF-8", "send-digests")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_the_mails_wait()
    {
        await using var site = await SiteAsync(2);
        var outcome = await RunAsync(site.Data, 1, 1);
        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldContain("smtp://127.0.0.1:1");
    }

    private static async Task<DigestSite> SiteAsync(int readers)
    {
        var site = await DigestSite.OpenAsync();
        await site.SubscribeManyAsync(readers);
        await site.PublishSessionAsync("ใหม่");
        return site;
    }

    private static ScriptedServer Sink(ConcurrentQueue<string> received, Func<Task<string>> answer) => new(async talk =>
    {
        await talk.SayAsync("220 ready");
        while (await talk.HearAsync() is { } line)
        {
            if (line != "DATA")
            {
                await talk.SayAsync(line == "QUIT" ? "221 bye" : "250 ok");
                continue;
            }
            await talk.SayAsync("354 go on");
            var mail = new StringBuilder();
            string? content;
            while ((content = await talk.HearAsync()) is not null and not ".") mail.Append(content).Append('\n');
            if (content is null) return; // given up before its end
            received.Enqueue(mail.ToString());
            var said = await answer();
            if (said == "hang up") return;
            await talk.SayAsync(said);
        }
    });

    private static Process Start(string data, int port, int connections)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KnowledgePortal.Web.dll"), "send-digests", "--now", Now])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PORTAL_DATA"] = data;
        start.Environment["PORTAL_DATABASE"] = TestDatabase.Of(data);
        start.Environment["PORTAL_URL"] = DigestSite.Url;
        start.Environment["PORTAL_SMTP"] = $"smtp://127.0.0.1:{port}?tls=none";
        start.Environment["PORTAL_MAIL_FROM"] = "คลังความรู้ <digest@km.example.go.th>";
        start.Environment["PORTAL_MAIL_CONNECTIONS"] = connections.ToString(CultureInfo.InvariantCulture);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start)!;
    }

    private static async Task<PortalProgram.Outcome> RunAsync(string data, int port, int connections)
    {
        using var process = Start(data, port, connections);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new PortalProgram.Outcome(process.ExitCode, await output, await errors);
    }
}
