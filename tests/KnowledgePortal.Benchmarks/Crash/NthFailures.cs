using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Crashes.Harness;
using KnowledgePortal.Web.Features.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>
/// The n-th time that an operation comes to a place, that place fails; for every n until the operation comes there no more. Then, where strace is installed, the n-th
/// system call on the database's files. An operation that said OK must be there, one that did not must be there wholly or not at all.
/// </summary>
/// <param name="folder">For sites, emptied in the end.</param>
/// <param name="database">A PostgreSQL connection string; empty for SQLite.</param>
/// <param name="operations">What is looked at: recipe, import, backup, http; empty for all.</param>
/// <param name="places">The fail-points and system calls that fail; empty for all.</param>
internal sealed class NthFailures(string folder, string database, List<string> operations, List<string> places)
{
    private const int Files = 8;
    private const int Items = 20;
    private const int MostOfAPlace = 200;
    private const int FailuresOfASite = 40; // what grows for ever is checked for ever
    private const string Struck = "the fail-point";

    private readonly SortedDictionary<string, int> _points = new(StringComparer.Ordinal);
    private CrashSite? _site;
    private Journal _journal = new();
    private Author _author = new(new Journal());
    private int _onThisSite;
    private int _problems;
    private int _number;
    private int _failures;
    private int _refused;

    public async Task<int> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        if (Has("recipe"))
            foreach (var point in CrashPoints.FileSteps.Concat(CrashPoints.Recipe).Concat(CrashPoints.Index).Append(CrashPoints.Commit))
                await EveryAsync("recipe", point, (site, n) => RecipeAsync(site, $"{point}:throw|once|nth={n}", []));
        if (Has("import"))
            foreach (var point in CrashPoints.Import.Append(CrashPoints.Commit)) await EveryAsync("import", point, (site, n) => ImportAsync(site, $"{point}:throw|once|nth={n}"));
        if (Has("backup"))
            foreach (var point in CrashPoints.FileSteps.Concat(CrashPoints.Backup)) await EveryAsync("backup", point, (site, n) => BackupAsync(site, $"{point}:throw|once|nth={n}"));
        if (Has("http"))
            foreach (var point in CrashPoints.Publish.Concat(CrashPoints.Upload).Append(CrashPoints.Commit)) await EveryAsync("http", point, (site, n) => OverHttpAsync(site, $"{point}:throw|once|nth={n}"));
        if (Has("recipe") && database.Length == 0 && File.Exists("/usr/bin/strace"))
            foreach (var file in new[] { "portal.db-wal", "portal.db" })
                foreach (var (call, error) in new[] { ("pwrite64", "ENOSPC"), ("fdatasync", "EIO"), ("fsync", "EIO") })
                    await EveryAsync("recipe", $"{call} {file}", (site, n) => RecipeAsync(site, null, ["strace", "-f", "-qq", "-o", Path.Combine(folder, "trace"), "-P", Path.Combine(site.Data, file), "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={n}"]));
        await EndSiteAsync();
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            points = _points, failures = _failures, refused = _refused, wrongOrHalfDone = _problems, seconds = Math.Round(watch.Elapsed.TotalSeconds), database = database.Length == 0 ? "sqlite" : "postgresql",
        }));
        return _problems == 0 ? 0 : 1;
    }

    private bool Has(string operation) => operations.Count == 0 || operations.Contains(operation);

    private async Task<CrashSite> SiteAsync()
    {
        if (_site is not null && _onThisSite++ < FailuresOfASite) return _site;
        await EndSiteAsync();
        _site = await CrashVerb.SetUpAsync(Path.Combine(folder, $"site-{++_number}"), database);
        _journal = new Journal();
        _author = new Author(_journal);
        if (Has("http"))
            await using (var served = await _site.ServeAsync()) await _author.SignInAsync(served);
        return _site;
    }

    private async Task EndSiteAsync()
    {
        if (_site is null) return;
        if (database.Length > 0) await _site.EmptyDatabaseAsync();
        Directory.Delete(_site.Data, recursive: true);
        (_site, _onThisSite) = (null, 0);
    }

    private void Report(string problem)
    {
        _problems++;
        Console.Error.WriteLine(problem);
    }

    private async Task EveryAsync(string operation, string place, Func<CrashSite, int, Task<bool>> act)
    {
        if (places.Count > 0 && !places.Contains(place)) return;
        var n = 1;
        while (n <= MostOfAPlace && await act(await SiteAsync(), n))
        {
            _failures++;
            n++;
        }
        _points[operation] = _points.GetValueOrDefault(operation) + n - 1;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation} {place}: {n - 1}"));
    }

    /// <returns>False when the place was not reached.</returns>
    private async Task<bool> RecipeAsync(CrashSite site, string? failPoint, string[] under)
    {
        var number = ++_number;
        var recipe = Path.Combine(folder, "nth.recipe.json");
        await File.WriteAllTextAsync(recipe, Recipe(number));
        var trace = Path.Combine(folder, "trace");
        File.Delete(trace);
        var (exit, output) = await site.VerbUnderAsync(under, failPoint, "", "recipe", "run", recipe);
        var there = await CountAsync(site, $"select count(*) from content_items where content_item_id like '4nth{number:0000}%' and published = 1");
        var files = Enumerable.Range(0, Files).Count(i => File.Exists(Path.Combine(site.Data, "media", $"nth{number}", $"{i}.txt")));
        if (exit == 0 && there != Items || there is not (0 or Items) || files != (there == 0 ? 0 : Files))
            Report($"{failPoint} {string.Join(' ', under)}: exit code {exit}, {there} items, {files} files");
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
        if (exit == 0 && there != Items || there is not (0 or Items)) Report($"{failPoint}: exit code {exit}, {there} items");
        await InspectAsync(site, failPoint);
        if (exit != 0) _refused++;
        return output.Contains(Struck);
    }

    // What is there is whole, and it is there when that was said. Said not to be, it may be: the last step was its name's way to the disk.
    private async Task<bool> BackupAsync(CrashSite site, string failPoint)
    {
        var parent = Directory.CreateDirectory(Path.Combine(folder, $"backups-{++_number}")).FullName;
        var backup = Path.Combine(parent, "backup");
        var (exit, output) = await site.VerbAsync(failPoint, "", "backup", backup);
        if (exit != 0) _refused++;
        else if (!Directory.Exists(backup)) Report($"{failPoint}: exit code 0, and there is no backup");
        if (Directory.Exists(backup))
        {
            var state = await site.OpenAsync(services => services.GetRequiredService<BackupVerification>().VerifyAsync(backup));
            if (!state.IsWhole) Report($"{failPoint}: exit code {exit}, {state.Faults.Concat(state.Losses.Select(l => l.What)).First().English}");
        }
        if (Directory.EnumerateFileSystemEntries(parent).FirstOrDefault(e => e != backup) is { } left) Report($"{failPoint}: exit code {exit}, and there is {left}");
        Directory.Delete(parent, recursive: true);
        return output.Contains(Struck);
    }

    private async Task<bool> OverHttpAsync(CrashSite site, string failPoint)
    {
        var isStruck = false;
        await using (var served = await site.ServeAsync(failPoint))
        {
            // Without a restart the same is taken a moment later.
            foreach (var act in new[] { () => _author.PublishAsync(served, failPoint), () => _author.UploadAsync(served) })
                if (!await TryAsync(act) && !await TryAsync(act)) Report($"{failPoint}: refused twice, or the site died");
            isStruck = (await served.ErrorsAsync()).Contains(Struck);
        }
        foreach (var problem in await site.InspectAsync(_journal)) Report($"{failPoint}: {problem}");
        return isStruck;
    }

    private async Task<bool> TryAsync(Func<Task<bool>> act)
    {
        try
        {
            return await act();
        }
        catch (UnexpectedAnswerException answer) when ((int)answer.Status >= 500)
        {
            _refused++;
            return false;
        }
    }

    private static Task<long> CountAsync(CrashSite site, string sql) => site.OpenAsync(services => services.GetRequiredService<Database>().FirstAsync<long>(sql));

    private async Task InspectAsync(CrashSite site, string when)
    {
        foreach (var problem in await site.CheckAsync()) Report($"{when}: {problem}");
    }

    private static string Recipe(int number)
    {
        var files = Enumerable.Range(0, Files).Select(i => $$"""{ "TargetPath": "nth{{number}}/{{i}}.txt", "Base64": "4Liq4Lin4Lix4Liq4LiU4Li1" }""");
        var items = Enumerable.Range(0, Items).Select(i =>
            $$"""{ "ContentItemId": "4nth{{number:0000}}{{i:00}}", "ContentType": "Page", "DisplayText": "หน้า {{number}} {{i}}", "Latest": true, "Published": true, "TitlePart": { "Title": "หน้า {{number}} {{i}}" }, "AutoroutePart": { "Path": "nth-{{number}}-{{i}}" } }""");
        return $$"""{ "name": "nth", "steps": [ { "name": "media", "Files": [ {{string.Join(",\n", files)}} ] }, { "name": "content", "data": [ {{string.Join(",\n", items)}} ] } ] }""";
    }
}
