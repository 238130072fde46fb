using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Benchmarks.Digests;

/// <summary>Mails per second, written and sent: a site with so many subscribers, six things that are new, and a server that takes everything at once.</summary>
internal static class DigestsVerb
{
    private const int Items = 6;
    private static readonly DateTimeOffset Now = new(2030, 1, 7, 7, 0, 0, TimeSpan.FromHours(7));

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (mails, connections) = (arguments.Number("mails", 5000), arguments.Number("connections", 4));
        var folder = Directory.CreateTempSubdirectory("portal-digests-");
        using var sink = new MailSink();
        var settings = PortalSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()) with
        {
            Data = folder.FullName,
            Url = "https://km.example.go.th",
            Smtp = $"smtp://{arguments.All("smtp").LastOrDefault() ?? $"127.0.0.1:{sink.Port}"}?tls=none",
            MailFrom = "คลังความรู้ <digest@km.example.go.th>",
            MailConnections = connections,
        };
        await using (var site = new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider())
        {
            if (await SetupVerb.SetUpAsync("recipes/setup.recipe.json", site) != Verbs.Done) return Verbs.Refused;
            await SeedAsync(site, mails);
            var (watch, process) = (Stopwatch.StartNew(), Process.GetCurrentProcess());
            var before = process.TotalProcessorTime;
            await site.GetRequiredService<DigestRuns>().OpenDueAsync(Now);
            foreach (var run in await site.GetRequiredService<DigestRuns>().OpenAsync())
                await site.GetRequiredService<DigestBuild>().RunAsync(run, Now, CancellationToken.None);
            var written = watch.Elapsed;
            process.Refresh();
            var between = process.TotalProcessorTime;
            var summary = await site.GetRequiredService<DeliveryRound>().RunAsync(Now, CancellationToken.None);
            var total = watch.Elapsed;
            process.Refresh();
            var after = process.TotalProcessorTime;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{summary.Sent} mails over {connections} connections: written {mails / written.TotalSeconds:F0}/s, sent {summary.Sent / (total - written).TotalSeconds:F0}/s, both {summary.Sent / total.TotalSeconds:F0}/s; processor time a mail {(between - before).TotalMilliseconds / mails:F2} + {(after - between).TotalMilliseconds / mails:F2} ms, the server's part in it"));
        }
        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task SeedAsync(ServiceProvider site, int mails)
    {
        var lifecycle = site.GetRequiredService<ContentLifecycle>();
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        for (var i = 0; i < mails; i++)
            await transaction.ExecuteAsync(
                """
                insert into subscribers (address_key, address, created_utc) values (@address, @address, '2029-01-01T00:00:00Z');
                insert into subscriptions (subscriber_id, frequency, term_ids, token, created_utc, confirmed_utc, last_event_id)
                values ((select max(id) from subscribers), 'weekly', '', @token, '2029-01-01T00:00:00Z', '2029-01-01T00:00:00Z', 0)
                """,
                new { address = string.Create(CultureInfo.InvariantCulture, $"reader{i}@example.com"), token = Guid.NewGuid().ToString("N") });
        for (var i = 0; i < Items; i++)
        {
            var item = lifecycle.New("CopSession", Actor.System);
            item.DisplayText = $"การสร้างองค์กรนวัตกรรมภาครัฐ ครั้งที่ {i}";
            item.Parts["AutoroutePart"] = new JsonObject { ["Path"] = $"bench/{i}" };
            item.Parts["CopSession"] = new JsonObject
            {
                ["HeldOn"] = new JsonObject { ["Value"] = "2029-12-20" },
                ["OneLine"] = new JsonObject { ["Text"] = "คิดภาพใหญ่แต่ต้องลงมือได้จริง ตั้งตัวชี้วัดตั้งแต่วันแรก และพาไอเดียที่ได้รางวัลไปให้สุดทาง" },
            };
            await lifecycle.SaveDraftAsync(item, null, Actor.System, transaction);
            await lifecycle.PublishAsync(item.ContentItemId, Actor.System, transaction);
        }
        await transaction.CommitAsync();
    }
}
