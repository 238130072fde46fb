using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Benchmarks.Kernel;

/// <summary>What content costs as a site grows: each figure stands beside the same figure of a smaller site, because the cost of one item must not grow.</summary>
internal static class KernelVerb
{
    private const string List = "4list000000000000000000000";
    private static readonly Actor Editor = new("somchai");

    public static async Task<int> RunAsync(Arguments arguments)
    {
        await PublishAsync(arguments.Number("items", 10_000));
        await VersionsAsync(arguments.Number("versions", 1_000));
        foreach (var size in new[] { 1_000, 10_000, arguments.Number("list", 100_000) }) await ImportAsync(size);
        return 0;
    }

    // Every item in a transaction of its own, as people publish; all with one title, so that each needs an address of its own.
    private static Task PublishAsync(int count) => OnSiteAsync(async site =>
    {
        await DefineAsync(site);
        var lifecycle = site.GetRequiredService<ContentLifecycle>();
        var completions = site.GetServices<IContentCompletion>().ToList();
        await MeasureAsync("publish", count, async _ =>
        {
            await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
            var item = lifecycle.New("News", Editor);
            item.DisplayText = "ข่าวประชาสัมพันธ์จังหวัด";
            item.Parts["AutoroutePart"] = new JsonObject();
            foreach (var completion in completions) await completion.CompleteAsync(item, transaction);
            await lifecycle.SaveDraftAsync(item, null, Editor, transaction);
            await lifecycle.PublishAsync(item.ContentItemId, Editor, transaction);
            await transaction.CommitAsync();
        });
    });

    private static Task VersionsAsync(int count) => OnSiteAsync(async site =>
    {
        await DefineAsync(site);
        var lifecycle = site.GetRequiredService<ContentLifecycle>();
        var item = lifecycle.New("News", Editor);
        ContentVersion? seen = null;
        await MeasureAsync("version", count, async number =>
        {
            await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
            item.DisplayText = $"ฉบับที่ {number}";
            await lifecycle.SaveDraftAsync(item, seen, Editor, transaction);
            seen = ContentVersion.Of(await lifecycle.PublishAsync(item.ContentItemId, Editor, transaction));
            await transaction.CommitAsync();
        });
        var contents = site.GetRequiredService<ContentManager>();
        Console.WriteLine($"read an item of {count} versions: {await MedianAsync(() => contents.GetAsync(item.ContentItemId))} ms");
    });

    private static Task ImportAsync(int count) => OnSiteAsync(async site =>
    {
        var file = Path.Combine(Path.GetDirectoryName(site.GetRequiredService<Database>().Path)!, "recipe.json");
        await File.WriteAllTextAsync(file, Recipe(count).ToJsonString(JsonText.Options));
        var executor = site.GetRequiredService<RecipeExecutor>();
        var watch = Stopwatch.StartNew();
        await executor.RunAsync(Cms.Recipes.Recipe.ReadFile(file), new Dictionary<string, string>());
        var first = watch.Elapsed;
        watch.Restart();
        var again = await executor.RunAsync(Cms.Recipes.Recipe.ReadFile(file), new Dictionary<string, string>());
        var second = watch.Elapsed;
        watch.Restart();
        await using (var output = File.Create(file)) await site.GetRequiredService<RecipeExport>().WriteAsync(output, new RecipeExportScope([], false));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"import {count}: {first.TotalMilliseconds / count:F3} ms an item; again, {again.Steps.Sum(s => s.Written)} written: {second.TotalMilliseconds / count:F3}; export: {watch.Elapsed.TotalMilliseconds / count:F3}"));
        var lists = site.GetRequiredService<ContainedItems>();
        Console.WriteLine($"list of 50 among {count}: first page {await MedianAsync(() => lists.PageAsync(List, 0, 50, ViewerTokens.Everything))} ms, count {await MedianAsync(() => lists.CountAsync(List, ViewerTokens.Everything))} ms");
    });

    private static JsonObject Recipe(int count) => new()
    {
        ["name"] = "bench",
        ["steps"] = new JsonArray(new JsonObject
        {
            ["name"] = "content",
            ["data"] = new JsonArray([.. Enumerable.Range(1, count).Select(n => new JsonObject
            {
                ["ContentItemId"] = $"4{n:D25}", ["ContentItemVersionId"] = $"5{n:D25}", ["ContentType"] = "News", ["DisplayText"] = $"ข่าวที่ {n}", ["Latest"] = true, ["Published"] = true,
                ["PublishedUtc"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(n).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["TitlePart"] = new JsonObject { ["Title"] = $"ข่าวที่ {n}" },
                ["AutoroutePart"] = new JsonObject { ["Path"] = $"news/{n}" },
                ["ContainedPart"] = new JsonObject { ["ListContentItemId"] = List, ["Order"] = 0 },
                ["HtmlBodyPart"] = new JsonObject { ["Html"] = string.Concat(Enumerable.Repeat("<p>สำนักงานจังหวัดจัดประชุมคณะทำงาน</p>", 10)) },
            })]),
        }),
    };

    // Processor time tells about growth on a machine that others use as well; the time on the clock tells what a disk costs.
    private static async Task MeasureAsync(string what, int count, Func<int, Task> once)
    {
        var tenth = Math.Max(1, count / 10);
        var (watch, processor, first) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0.0);
        for (var n = 1; n <= count; n++)
        {
            await once(n);
            if (n % tenth != 0) continue;
            var each = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / tenth;
            // The first tenth is the compiler's.
            if (n == 2 * tenth) first = each;
            if (n == 2 * tenth || n == count)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {n - tenth + 1}–{n}: {watch.Elapsed.TotalMilliseconds / tenth:F2} ms each, {each:F2} ms of processor, {each / first:F2} of the second tenth"));
            (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        }
    }

    private static async Task<string> MedianAsync<T>(Func<Task<T>> once)
    {
        var times = new List<double>();
        for (var n = 0; n < 101; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await once();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(times.Count / 2).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static async Task DefineAsync(ServiceProvider site)
    {
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        await transaction.ExecuteAsync(
            "insert into content_type_definitions (name, document) values ('News', @document)",
            new
            {
                document = """{"Name":"News","ContentTypePartDefinitionRecords":[{"PartName":"AutoroutePart","Name":"AutoroutePart","Settings":{"AutoroutePartSettings":{"Pattern":"news/{{ ContentItem | display_text | slugify }}"}}}]}""",
            });
        await transaction.CommitAsync();
    }

    private static async Task OnSiteAsync(Func<ServiceProvider, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("portal-kernel-");
        var settings = PortalSettings.Read(new ConfigurationBuilder().Build()) with { Data = folder.FullName };
        await using (var site = new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider())
        {
            await site.GetRequiredService<Migrator>().MigrateAsync();
            await measure(site);
        }
        folder.Delete(recursive: true);
    }
}
