using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Crashes.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>
/// The n-th time that an operation comes to a place, that place fails; for every n until the operation comes there no more. Then, where strace is installed, the n-th
/// system call on the database's files. An operation that said OK must be there, one that did not must be there wholly or not at all.
/// </summary>
internal sealed class NthFailures(string folder, string database)
{
    private const int Files = 8;
    private const int Items = 30;
    private const int MostOfAPlace = 200;
    private const string Struck = "the fail-point";

    private static readonly string[] FileSteps = ["file.write", "file.fsync", "file.rename", "file.fsync-folder"];
    private readonly List<string> _problems = [];
    private int _number;
    private int _failures;
    private int _refused;

    public async Task<int> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var site = await CrashVerb.SetUpAsync(Path.Combine(folder, "site"), database);
        foreach (var point in FileSteps.Concat(CrashPoints.Recipe).Concat(CrashPoints.Index)) await EveryAsync(point, n => RecipeAsync(site, $"{point}:throw|once|nth={n}", []));
        foreach (var point in CrashPoints.Import) await EveryAsync(point, n => ImportAsync(site, $"{point}:throw|once|nth={n}"));
        await OverHttpAsync(site);
        if (database.Length == 0 && File.Exists("/usr/bin/strace"))
            foreach (var file in new[] { "portal.db-wal", "portal.db" })
                foreach (var (call, error) in new[] { ("pwrite64", "ENOSPC"), ("fdatasync", "EIO"), ("fsync", "EIO") })
                    await EveryAsync($"{call} {file}", n => RecipeAsync(site, null, ["strace", "-f", "-qq", "-o", Path.Combine(folder, "trace"), "-P", Path.Combine(site.Data, file), "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={n}"]));
        foreach (var problem in _problems) Console.Error.WriteLine(problem);
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            failures = _failures, refused = _refused, wrongOrHalfDone = _problems.Count, seconds = Math.Round(watch.Elapsed.TotalSeconds), database = database.Length == 0 ? "sqlite" : "postgresql",
        }));
        return _problems.Count == 0 ? 0 : 1;
    }

    private async Task EveryAsync(string place, Func<int, Task<bool>> act)
    {
        var n = 1;
        while (n <= MostOfAPlace && await act(n))
        {
            _failures++;
            n++;
        }
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}: {n - 1}"));
    }

    /// <returns>False when the place was not reached.</returns>
    private async Task<bool> RecipeAsync(CrashSite site, string? failPoint, string[] under)
    {
        var number = ++_number;
        var recipe = Path.Combine(folder, "nth.recipe.json");
        await File.WriteAllTextAsync(recipe, Recipe(number));
        var trace = Path.Combine(folder, "trace");
        var (exit, output) = await site.VerbUnderAsync(under, failPoint, "", "recipe", "run", recipe);
        var there = await CountAsync(site, $"select count(*) from content_items where content_item_id like '4nth{number:0000}%' and published = 1");
        var files = Enumerable.Range(0, Files).Count(i => File.Exists(Path.Combine(site.Data, "media", $"nth{number}", $"{i}.txt")));
        if (exit == 0 && there != Items || there is not (0 or Items) || files != (there == 0 ? 0 : Files))
            _problems.Add($"{failPoint} {string.Join(' ', under)}: exit code {exit}, {there} items, {files} files");
        await InspectAsync(site, failPoint ?? string.Join(' ', under));
        if (exit != 0) _refused++;
        return failPoint is not null ? output.Contains(Struck) : File.Exists(trace) && (await File.ReadAllTextAsync(trace)).Contains("(INJECTED)");
    }

    private async Task<bool> ImportAsync(CrashSite site, string failPoint)
    {
        var number = ++_number;
        var news = Path.Combine(folder, "nth.jsonl");
        await File.WriteAllLinesAsync(news, Enumerable.Range(0, Items).Select(i => $$"""{"id":"nth{{number}}-{{i}}","title":"ข่าว {{number}} {{i}}","text":"เนื้อข่าว {{number}} {{i}}"}"""));
        var (exit, output) = await site.VerbAsync(failPoint, "", "import", news);
        var there = await CountAsync(site, $"select count(*) from article_index where source_id like 'nth{number}-%'");
        if (exit == 0 && there != Items || there is not (0 or Items)) _problems.Add($"{failPoint}: exit code {exit}, {there} items");
        await InspectAsync(site, failPoint);
        if (exit != 0) _refused++;
        return output.Contains(Struck);
    }

    private async Task OverHttpAsync(CrashSite site)
    {
        var journal = new Journal();
        var author = new Author(journal);
        await using (var served = await site.ServeAsync()) await author.SignInAsync(served);
        foreach (var point in CrashPoints.Publish.Concat(CrashPoints.Upload))
        {
            await using (var served = await site.ServeAsync($"{point}:throw|once"))
            {
                try
                {
                    await (CrashPoints.Publish.Contains(point) ? author.PublishAsync(served, point) : author.UploadAsync(served));
                }
                catch (UnexpectedAnswerException answer) when ((int)answer.Status >= 500)
                {
                    _refused++;
                }
                _failures++;
                // Without a restart the next one is taken.
                if (!await author.PublishAsync(served, $"{point} ต่อ") || !await author.UploadAsync(served)) _problems.Add($"{point}: the site died");
            }
            foreach (var problem in await site.InspectAsync(journal)) _problems.Add($"{point}: {problem}");
        }
    }

    private static Task<long> CountAsync(CrashSite site, string sql) => site.OpenAsync(services => services.GetRequiredService<Database>().FirstAsync<long>(sql));

    private async Task InspectAsync(CrashSite site, string when)
    {
        foreach (var problem in await site.CheckAsync()) _problems.Add($"{when}: {problem}");
    }

    private static string Recipe(int number)
    {
        var files = Enumerable.Range(0, Files).Select(i => $$"""{ "TargetPath": "nth{{number}}/{{i}}.txt", "Base64": "4Liq4Lin4Lix4Liq4LiU4Li1" }""");
        var items = Enumerable.Range(0, Items).Select(i =>
            $$"""{ "ContentItemId": "4nth{{number:0000}}{{i:00}}", "ContentType": "Page", "DisplayText": "หน้า {{number}} {{i}}", "Latest": true, "Published": true, "TitlePart": { "Title": "หน้า {{number}} {{i}}" }, "AutoroutePart": { "Path": "nth-{{number}}-{{i}}" } }""");
        return $$"""{ "name": "nth", "steps": [ { "name": "media", "Files": [ {{string.Join(",\n", files)}} ] }, { "name": "content", "data": [ {{string.Join(",\n", items)}} ] } ] }""";
    }
}
