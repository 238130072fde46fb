using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Editing.Versions;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Benchmarks.Content;

/// <summary>What an item with many versions costs beside one with few: the first and the last page of its history, and a save.</summary>
internal static class VersionsVerb
{
    private const int Few = 25;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (versions, rounds) = (arguments.Number("versions", 1_000), arguments.Number("rounds", 51));
        var folder = Directory.CreateTempSubdirectory("portal-versions-");
        var settings = PortalSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()) with { Data = folder.FullName };
        await using (var site = new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider())
        {
            if (await SetupVerb.SetUpAsync("recipes/setup.recipe.json", site) != Verbs.Done) return Verbs.Refused;
            var (few, many) = (await SeedAsync(site, Few), await SeedAsync(site, versions));
            Console.WriteLine("what\tversions\tmilliseconds (median)");
            foreach (var (name, run) in Runs(site))
                foreach (var (id, count) in new[] { (few, Few), (many, versions) })
                {
                    var median = await MedianAsync(rounds, () => run(id, count));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{count}\t{median:F2}"));
                }
        }
        folder.Delete(recursive: true);
        return 0;
    }

    private static IEnumerable<(string Name, Func<string, int, Task> Run)> Runs(ServiceProvider site)
    {
        var queries = site.GetRequiredService<VersionQueries>();
        yield return ("history, first page", (id, _) => PageAsync(queries, id, 1));
        yield return ("history, last page", (id, count) => PageAsync(queries, id, (count + VersionQueries.PageSize - 1) / VersionQueries.PageSize));
        yield return ("save", (id, _) => SaveAsync(site, id));
    }

    private static async Task PageAsync(VersionQueries queries, string id, int page)
    {
        var words = await queries.WordsAsync([], Visitor.Anonymous);
        await queries.CountAsync(id);
        var rows = await queries.PageAsync(id, page);
        for (var i = 1; i < rows.Count; i++) words.Changed("Page", rows[i].Parts, rows[i - 1].Parts);
    }

    private static async Task SaveAsync(ServiceProvider site, string id)
    {
        var item = (await site.GetRequiredService<ContentManager>().GetAsync(id, VersionOptions.Latest))!;
        var basedOn = ContentVersion.Of(item);
        item.Parts["MarkdownBodyPart"]!["Markdown"] = Guid.NewGuid().ToString();
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        await site.GetRequiredService<ContentLifecycle>().SaveDraftAsync(item, basedOn, Actor.System, transaction);
        await transaction.CommitAsync();
    }

    private static async Task<string> SeedAsync(ServiceProvider site, int versions)
    {
        var lifecycle = site.GetRequiredService<ContentLifecycle>();
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        var item = lifecycle.New("Page", Actor.System);
        item.Parts["TitlePart"] = new JsonObject { ["Title"] = item.DisplayText = $"{versions} ฉบับ" };
        for (var n = 0; n < versions; n++)
        {
            var basedOn = n == 0 ? null : ContentVersion.Of(item);
            item.Parts["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = string.Concat(Enumerable.Repeat($"ฉบับที่ {n} เล่าเรื่องการแลกเปลี่ยนเรียนรู้\n\n", 100)) };
            await lifecycle.SaveDraftAsync(item, basedOn, Actor.System, transaction);
        }
        await transaction.CommitAsync();
        return item.ContentItemId;
    }

    private static async Task<double> MedianAsync(int rounds, Func<Task> run)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await run();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return times.Order().ElementAt(rounds / 2);
    }
}
