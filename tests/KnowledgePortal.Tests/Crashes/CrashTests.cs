using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Crashes.Harness;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Crashes;

/// <summary>The program dies once at each fail-point, under real work; the next process finds everything that was acknowledged and nothing half-done.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly Journal _journal = new();
    private CrashSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = Site("data");
        await _site.SetUpAsync();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_site_killed_while_it_publishes_or_takes_an_upload_loses_nothing_that_it_acknowledged()
    {
        var author = new Author(_journal);
        await using (var site = await _site.ServeAsync("publish.before-commit:throw|once;file.fsync:throw|once"))
        {
            await author.SignInAsync(site);
            // A disk that is full says so, and is forgotten when there is room again.
            (await Should.ThrowAsync<UnexpectedAnswerException>(() => author.UploadAsync(site))).Status.ShouldBe(HttpStatusCode.InsufficientStorage);
            (await Should.ThrowAsync<UnexpectedAnswerException>(() => author.PublishAsync(site, "เต็ม"))).Message.ShouldContain("ยังไม่ได้บันทึก");
            (await author.UploadAsync(site)).ShouldBeTrue();
            (await author.PublishAsync(site, "ว่างแล้ว")).ShouldBeTrue();
        }
        await ShouldBeSoundAsync("a full disk");
        foreach (var point in CrashPoints.Publish) await DieAsync(point, async site => await author.PublishAsync(site, $"ใหม่ {point}"));
        foreach (var point in CrashPoints.Upload) await DieAsync(point, async site => (await author.UploadAsync(site)).ShouldBeFalse(point));
        _journal.Items.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_process_killed_while_it_writes_the_search_index_leaves_a_commit_from_which_the_next_goes_on()
    {
        // A segment of many documents, so that changing one of them writes deletions.
        (await _site.VerbAsync(null, "", "recipe", "run", WriteRecipe(1, "ฉบับแรก", 20))).ExitCode.ShouldBe(0);
        // What the engine does to its files is the same whatever the database is.
        var points = CrashPoints.Index.Where(p => !TestDatabase.IsPostgres || p.Count(c => c == '.') == 1 || p.EndsWith(".rename", StringComparison.Ordinal));
        foreach (var (number, point) in points.Index())
        {
            var recipe = WriteRecipe(1, $"แก้ {point}", 1, first: number);
            (await _site.VerbAsync($"{point}:kill", "", "recipe", "run", recipe)).ExitCode.ShouldBe(CrashSite.Killed, point);
            await ShouldBeSoundAsync(point);
            (await CountAsync($"select count(*) from content_items where published = 1 and display_text = 'แก้ {point} {number}'")).ShouldBe(1, point);
        }
        (await CountAsync("select count(*) from index_rebuilds")).ShouldBe(1, "the index goes on from its last commit and is not built again");
    }

    [Fact]
    public async Task A_recipe_killed_on_its_way_has_run_wholly_or_not_at_all()
    {
        var number = 0;
        foreach (var point in CrashPoints.Recipe)
        {
            var recipe = WriteRecipe(++number, "หน้า", 20);
            (await _site.VerbAsync($"{point}:kill{(point == "recipe.step" ? "|nth=2" : "")}", "", "recipe", "run", recipe)).ExitCode.ShouldBe(CrashSite.Killed, point);
            await ShouldBeSoundAsync(point);
            var there = await CountAsync($"select count(*) from content_items where content_item_id like '4crash{number:00}%'");
            there.ShouldBe(point is "recipe.after-commit" or "media.before-rename" or "media.after-rename" ? 20 : 0, point);
            foreach (var file in new[] { "a.txt", "b.txt" })
                File.Exists(Path.Combine(_site.Data, "media", $"crash{number:00}", file)).ShouldBe(there > 0, $"{point}: {file}");
            (await CountAsync($"select count(*) from media_contents where media_path like 'crash{number:00}/%'")).ShouldBe(there / 10, point);
        }
        (await _site.VerbAsync(null, "", "recipe", "run", WriteRecipe(1, "หน้า", 20))).ExitCode.ShouldBe(0);
        await ShouldBeSoundAsync("a second run");
    }

    [Fact]
    public async Task A_backup_killed_on_its_way_is_none_and_a_restore_is_done_or_was_never_begun()
    {
        (await _site.VerbAsync(null, "", "recipe", "run", WriteRecipe(1, "หน้า", 20))).ExitCode.ShouldBe(0);
        var backup = Path.Combine(_folder.Path, "backup");
        foreach (var point in CrashPoints.Backup)
        {
            (await _site.VerbAsync($"{point}:kill", "", "backup", backup)).ExitCode.ShouldBe(CrashSite.Killed, point);
            Directory.Exists(backup).ShouldBeFalse(point);
        }
        (await _site.VerbAsync(null, "", "backup", backup)).ExitCode.ShouldBe(0);
        foreach (var point in CrashPoints.RestoreCopying.Concat(CrashPoints.RestoreSwapping))
        {
            var restored = Site(point);
            (await restored.VerbAsync($"{point}:kill", "", "restore", backup)).ExitCode.ShouldBe(CrashSite.Killed, point);
            if (CrashPoints.RestoreCopying.Contains(point)) (await restored.VerbAsync(null, "", "restore", backup)).ExitCode.ShouldBe(0, point);
            // Whoever opens the site first ends the exchange; the index comes with it.
            (await restored.VerbAsync(null, "", "reindex")).ExitCode.ShouldBe(0, point);
            (await restored.CheckAsync()).ShouldBeEmpty(point);
            (await restored.OpenAsync(site => site.GetRequiredService<Database>().FirstAsync<long>("select count(*) from content_items where content_item_id like '4crash01%'"))).ShouldBe(20, point);
            Directory.Exists(Path.Combine(restored.Data, ".restoring")).ShouldBeFalse(point);
        }
    }

    [Fact]
    public async Task A_restore_over_a_site_that_is_killed_leaves_the_former_one_or_the_restored_one_whole()
    {
        var backup = Path.Combine(_folder.Path, "backup");
        var (before, since) = (WriteRecipe(1, "หน้า", 5), WriteRecipe(2, "หน้าหลังสำรอง", 5));
        (await _site.VerbAsync(null, "", "recipe", "run", before)).ExitCode.ShouldBe(0);
        (await _site.VerbAsync(null, "", "backup", backup)).ExitCode.ShouldBe(0);
        (await _site.VerbAsync(null, "", "recipe", "run", since)).ExitCode.ShouldBe(0);
        var swapping = TestDatabase.IsPostgres ? [CrashPoints.RestoreRenaming, .. CrashPoints.RestoreSwapping] : CrashPoints.RestoreSwapping;
        foreach (var point in CrashPoints.RestoreCopying.Concat(swapping))
        {
            var (exit, output) = await _site.VerbAsync($"{point}:kill", "", "restore", backup, "--replace");
            exit.ShouldBe(CrashSite.Killed, $"{point}: {output}");
            (await _site.VerbAsync(null, "", "reindex")).ExitCode.ShouldBe(0, point);
            (await _site.CheckAsync()).ShouldBeEmpty(point);
            var isFormer = CrashPoints.RestoreCopying.Contains(point);
            (await CountAsync("select count(*) from content_items where content_item_id like '4crash02%'")).ShouldBe(isFormer ? 5 : 0, point);
            File.Exists(Path.Combine(_site.Data, "media", "crash02", "a.txt")).ShouldBe(isFormer, point);
            (await CountAsync("select count(*) from content_items where content_item_id like '4crash01%'")).ShouldBe(5, point);
            if (!isFormer) (await _site.VerbAsync(null, "", "recipe", "run", since)).ExitCode.ShouldBe(0, point);
        }
    }

    [Fact]
    public async Task An_import_killed_on_its_way_goes_on_after_whole_batches()
    {
        var number = 0;
        foreach (var point in CrashPoints.Import)
        {
            var news = WriteNews(++number, 450);
            (await _site.VerbAsync($"{point}:kill|nth={(point == "import.item" ? 310 : 2)}", "", "import", news)).ExitCode.ShouldBe(CrashSite.Killed, point);
            await ShouldBeSoundAsync(point);
            (await CountAsync($"select count(*) from article_index where source_id like 'crash{number}-%'")).ShouldBe(point == "import.after-commit" ? 400 : 200, point);
            (await _site.VerbAsync(null, "", "import", news)).ExitCode.ShouldBe(0, point);
            (await CountAsync($"select count(*) from article_index where source_id like 'crash{number}-%'")).ShouldBe(450, point);
        }
    }

    private CrashSite Site(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        return new CrashSite(folder, Repository.Root, TestDatabase.Of(folder) ?? "");
    }

    private async Task DieAsync(string point, Func<ServedSite, Task> act)
    {
        await using var site = await _site.ServeAsync($"{point}:kill");
        await act(site);
        (await site.EndAsync(point)).ShouldBe(CrashSite.Killed, point);
        await ShouldBeSoundAsync(point);
    }

    private async Task ShouldBeSoundAsync(string point)
    {
        (await _site.InspectAsync(_journal)).ShouldBeEmpty(point);
    }

    private Task<long> CountAsync(string sql) => _site.OpenAsync(site => site.GetRequiredService<Database>().FirstAsync<long>(sql));

    private string WriteNews(int number, int count)
    {
        var path = Path.Combine(_folder.Path, $"{number}.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, count).Select(i => $$"""{"id":"crash{{number}}-{{i}}","title":"ข่าวที่ {{number}}-{{i}}","text":"เนื้อข่าว {{number}} {{i}}"}"""));
        return path;
    }

    // A version without an id is new whenever it differs from what is there.
    private string WriteRecipe(int number, string title, int count, int first = 0)
    {
        var path = Path.Combine(_folder.Path, $"crash{number}.recipe.json");
        var items = Enumerable.Range(first, count).Select(i =>
            $$"""{ "ContentItemId": "4crash{{number:00}}{{i:00}}", "ContentType": "Page", "DisplayText": "{{title}} {{i}}", "Latest": true, "Published": true, "TitlePart": { "Title": "{{title}} {{i}}" }, "AutoroutePart": { "Path": "crash-{{number}}-{{i}}" } }""");
        File.WriteAllText(path, $$"""
            { "name": "crash{{number}}", "steps": [
              { "name": "media", "Files": [ { "TargetPath": "crash{{number:00}}/a.txt", "Base64": "4Liq4Lin4Lix4Liq4LiU4Li1" }, { "TargetPath": "crash{{number:00}}/b.txt", "Base64": "4LmC4Lil4LiB" } ] },
              { "name": "content", "data": [ {{string.Join(",\n", items)}} ] } ] }
            """);
        return path;
    }
}
