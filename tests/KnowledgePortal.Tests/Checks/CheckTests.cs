using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Features.Search;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Checks;

public sealed class CheckTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    public async ValueTask InitializeAsync() => await SiteTemplates.CopyAsync("demo.recipe.json", _folder.Path);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_sound_site_has_no_findings() => (await FindAsync(isDeep: true)).ShouldBeEmpty();

    [Theory]
    [InlineData("update content_items set latest = 0 where id = (select max(id) from content_items where published = 1)", "has no latest version")]
    [InlineData("update content_items set published_utc = null where id = (select max(id) from content_items where published = 1)", "without a time of publication")]
    [InlineData("update content_items set display_text = 'x' where id = (select max(id) from content_items)", "the document and the columns differ: DisplayText")]
    [InlineData("delete from session_index where content_item_id = (select min(content_item_id) from session_index)", "this row is missing")]
    [InlineData("update session_index set title = 'x' where content_item_id = (select min(content_item_id) from session_index)", "this row is not what the document says")]
    [InlineData("delete from content_viewers where content_item_id = (select min(content_item_id) from session_index)", "this row is missing")]
    [InlineData("insert into autoroute_index (path, content_item_id, content_type) values ('x', 'gone', 'Page')", "has rows of something that is not published")]
    [InlineData("insert into content_terms (content_item_id, content_type, field, term_id) select content_item_id, 'CopSession', 'Topics', 'x' from session_index limit 1", "this row is not what the document says")]
    [InlineData("update media_contents set sha256 = 'x' where media_path = (select min(media_path) from media_contents)", "the file has other bytes")]
    [InlineData("delete from media_contents where media_path = (select min(media_path) from media_contents)", "this file has no row")]
    [InlineData("delete from indexing_tasks where content_item_id = (select min(content_item_id) from session_index)", "no search index is told of it")]
    [InlineData("update search_cursors set cursor = 1000000", "an index is ahead of the database")]
    [InlineData("insert into document_pages (media_path, number, text) values ('x.pdf', 1, 'x')", "has text of a file that is not known")]
    [InlineData("update recording_index set session_id = 'x'", "this row is not what the document says")]
    public async Task What_does_not_agree_is_found(string damage, string found)
    {
        await using (var site = Offline.Site(_folder.Path))
        {
            await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
            (await transaction.ExecuteAsync(damage)).ShouldBeGreaterThan(0);
            await transaction.CommitAsync();
        }
        (await FindAsync(isDeep: true)).ShouldContain(f => f.Contains(found));
    }

    [Theory]
    [InlineData("delete", "the file is missing")]
    [InlineData("flip", "the file has other bytes")]
    [InlineData("cut", "the file has another length")]
    [InlineData("stray", "this file has no row")]
    public async Task A_media_file_that_is_not_what_its_row_says_is_found(string damage, string found)
    {
        var file = Directory.GetFiles(Path.Combine(_folder.Path, "media"), "*.webp", SearchOption.AllDirectories).Order().First();
        var bytes = await File.ReadAllBytesAsync(file);
        if (damage == "delete") File.Delete(file);
        if (damage == "flip") await File.WriteAllBytesAsync(file, [(byte)(bytes[0] ^ 1), .. bytes[1..]]);
        if (damage == "cut") await File.WriteAllBytesAsync(file, bytes[..^1]);
        if (damage == "stray") await File.WriteAllBytesAsync(file + ".webp", bytes);
        (await FindAsync(isDeep: true)).ShouldHaveSingleItem().ShouldContain(found);
    }

    [Fact]
    public async Task An_index_that_lacks_an_item_or_holds_another_version_is_found()
    {
        var folder = Path.Combine(_folder.Path, "index");
        string id;
        await using (var site = Offline.Site(_folder.Path))
        {
            id = (await site.GetRequiredService<Database>().FirstAsync<string>("select min(content_item_id) from session_index"))!;
            using var writer = IndexWriter.Open(folder, SearchFields.Schema, site.GetRequiredService<ThaiAnalyzer>());
            writer.Delete(id);
            writer.Commit(writer.CommitData!);
        }
        (await FindAsync(isDeep: false)).ShouldBeEmpty();
        (await FindAsync(isDeep: true)).ShouldHaveSingleItem().ShouldBe($"{id}: is not in the index");
        await using (var site = Offline.Site(_folder.Path))
        {
            using var writer = IndexWriter.Open(folder, SearchFields.Schema, site.GetRequiredService<ThaiAnalyzer>());
            writer.Update(new Document(id).Store(SearchFields.StoredVersion, "older"));
            writer.Commit(writer.CommitData!);
        }
        (await FindAsync(isDeep: false)).ShouldHaveSingleItem().ShouldBe($"{id}: is in the index in another version");
    }

    [Fact]
    public async Task The_exit_code_says_sound_found_or_not_checked()
    {
        var sound = await PortalProgram.RunAsync(_folder.Path, "C.UTF-8", "check", "--deep", "--json");
        sound.ExitCode.ShouldBe(0, sound.Output + sound.Errors);
        JsonNode.Parse(sound.Output)!["sound"]!.GetValue<bool>().ShouldBeTrue();
        File.Delete(Directory.GetFiles(Path.Combine(_folder.Path, "media"), "*.webp", SearchOption.AllDirectories).Order().First());
        var found = await PortalProgram.RunAsync(_folder.Path, "th_TH.UTF-8", "check");
        found.ExitCode.ShouldBe(1);
        found.Output.ShouldContain("✗ ไฟล์สื่อ");
        found.Output.ShouldContain("ไม่มีไฟล์");
        (await PortalProgram.RunAsync(_folder.Path, "C.UTF-8", "doctor")).ExitCode.ShouldBe(1);
        if (!TestDatabase.IsPostgres)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, "portal.db"), "not a database, and longer than the header of one would have to be");
            (await PortalProgram.RunAsync(_folder.Path, "C.UTF-8", "check")).ExitCode.ShouldBe(2);
        }
        using var empty = new ScratchFolder();
        (await PortalProgram.RunAsync(empty.Path, "C.UTF-8", "check")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Every_table_about_items_is_checked_or_known_not_to_come_from_documents()
    {
        await using var site = Offline.Site(_folder.Path);
        var tables = await site.GetRequiredService<Database>().QueryAsync<string>(TestDatabase.IsPostgres
            ? "select table_name from information_schema.columns where column_name = 'content_item_id' and table_schema = current_schema()"
            : "select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'content_item_id' where m.type = 'table'");
        tables.Except(DerivedTables.All.Select(t => t.Name)).Except(DerivedTables.Others).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> FindAsync(bool isDeep)
    {
        await using var site = Offline.Site(_folder.Path);
        return [.. (await site.GetRequiredService<SiteCheck>().RunAsync(isDeep)).Select(f => $"{f.Subject}: {f.What.English}")];
    }
}
