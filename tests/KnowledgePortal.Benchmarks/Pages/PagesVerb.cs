using System.Globalization;
using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KnowledgePortal.Benchmarks.Pages;

/// <summary>
/// Pages a second, kept and not kept, as a share of what a bare Kestrel serves of the same bytes in the same rounds; then ten thousand readers at once; then how
/// long a publish takes while people read.
/// </summary>
internal static class PagesVerb
{
    private const string Article = "/practices/epam";
    private const string OfAMember = "Cookie: reader=1"; // any cookie: the page is made for this request

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (seconds, rounds) = (arguments.Number("seconds", 6), arguments.Number("rounds", 5));
        var folder = Directory.CreateTempSubdirectory("portal-pages-").FullName;
        try
        {
            var environment = BenchmarkSite.Environment(folder, arguments.Find("database"));
            await BenchmarkSite.SetUpAsync(environment);
            await using var site = await ServedSite.StartAsync(BenchmarkSite.Program, [], environment);
            var page = Path.Combine(folder, "page.html");
            using (var client = new HttpClient()) await File.WriteAllBytesAsync(page, await client.GetByteArrayAsync(new Uri(site.Address, Article)));
            await using var bare = await ServedSite.StartAsync(typeof(PagesVerb).Assembly.Location, ["bare", page], environment);
            await CompareAsync(site, bare, seconds, rounds);
            await CrowdAsync(site, arguments.Number("readers", 10_000), seconds * 3);
            await PublishAsync(site, arguments.Number("publishes", 100), seconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>The other server: one page from memory, with nothing between it and the socket.</summary>
    public static async Task<int> ServeBareAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT")}");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        await app.RunAsync();
        return 0;
    }

    private static async Task CompareAsync(ServedSite site, ServedSite bare, int seconds, int rounds)
    {
        var (page, cached, gzip, uncached) = (new List<Wrk>(), new List<Wrk>(), new List<Wrk>(), new List<Wrk>());
        var address = new Uri(site.Address, Article);
        for (var round = -1; round < rounds; round++)
        {
            // The first round is the compiler's.
            var results = new[] { await Wrk.RunAsync(bare.Address, 32, seconds), await Wrk.RunAsync(address, 32, seconds), await Wrk.RunAsync(address, 32, seconds, "Accept-Encoding: gzip"), await Wrk.RunAsync(address, 32, seconds, OfAMember) };
            if (round < 0) continue;
            page.Add(results[0]);
            cached.Add(results[1]);
            gzip.Add(results[2]);
            uncached.Add(results[3]);
        }
        var whole = Median(page);
        foreach (var (name, runs) in new[] { ("bare Kestrel, same bytes", page), ("kept page", cached), ("kept page, gzip", gzip), ("page made anew", uncached) })
            Print($"{name,-26} {Median(runs),9:F0} a second, {Median(runs) / whole:F3} of bare, p50 {runs.Select(r => r.P50).Order().ElementAt(runs.Count / 2):F2} ms, p99 {runs.Select(r => r.P99).Order().ElementAt(runs.Count / 2):F2} ms, {runs.Sum(r => r.Errors)} errors");
        var before = site.Processor;
        var alone = await Wrk.RunAsync(address, 1, seconds, OfAMember);
        Print($"{"one reader, made anew",-26} p50 {alone.P50:F2} ms, p99 {alone.P99:F2} ms, {(site.Processor - before).TotalMilliseconds / alone.Requests:F3} ms of processor each");
    }

    private static async Task CrowdAsync(ServedSite site, int readers, int seconds)
    {
        var crowd = await Wrk.RunAsync(new Uri(site.Address, Article), readers, seconds, "Accept-Encoding: gzip");
        Print($"{readers:N0} readers at once: {crowd.PerSecond:F0} a second, {crowd.Errors} errors of {crowd.Requests}, p50 {crowd.P50:F0} ms, p99 {crowd.P99:F0} ms, {site.PeakMegabytes} MB at most");
    }

    // Whoever reads must not make whoever writes wait, nor the other way round: every publish makes all kept pages old.
    private static async Task PublishAsync(ServedSite site, int count, int seconds)
    {
        using var publisher = await Publisher.SignInAsync(site.Address);
        await publisher.PublishAsync(count, "ก่อน");
        var quiet = await publisher.PublishAsync(count, "เงียบ");
        var reading = Wrk.RunAsync(new Uri(site.Address, Article), 32, seconds * 3);
        var busy = new List<double>();
        for (var round = 0; !reading.IsCompleted; round++) busy.AddRange(await publisher.PublishAsync(10, $"ระหว่างอ่าน {round}"));
        var read = await reading;
        Print($"a publish by the API       p50 {At(quiet, .5):F1} ms, p99 {At(quiet, .99):F1} ms alone; while 32 read p50 {At(busy, .5):F1} ms, p99 {At(busy, .99):F1} ms ({busy.Count} of them; reading {read.PerSecond:F0} a second, p99 {read.P99:F0} ms, {read.Errors} errors)");
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));

    private static double Median(List<Wrk> runs) => runs.Select(r => r.PerSecond).Order().ElementAt(runs.Count / 2);

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
