using System.Data.Common;
using System.Globalization;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class DataTests
{
    [Fact]
    public void Ids_have_Orchards_form_and_do_not_repeat()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => ContentIds.New()).ToList();
        ids.ShouldAllBe(id => id.Length == 26 && id.All(c => "0123456789abcdefghjkmnpqrstvwxyz".Contains(c)));
        ids.Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public void A_point_in_time_is_stored_the_same_under_a_Thai_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        try
        {
            var time = new DateTime(2020, 7, 9, 6, 15, 0, DateTimeKind.Utc);
            InvariantTime.Format(time).ShouldBe("2020-07-09T06:15:00Z");
            InvariantTime.Parse("2020-07-09T13:15:00+07:00").ShouldBe(time);
            InvariantTime.Parse("9 ก.ค. 2563").ShouldBeNull();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task A_durable_write_that_fails_leaves_the_old_file_and_no_other()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "deep", "file.txt");
        await DurableFile.WriteAsync(path, stream => stream.WriteAsync("old"u8.ToArray()).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() => DurableFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("new"u8.ToArray());
            throw new InvalidOperationException("the source broke off");
        }));
        (await File.ReadAllTextAsync(path)).ShouldBe("old");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Theory]
    [InlineData("../portal.db")]
    [InlineData("a/../../x.png")]
    [InlineData("/etc/x.png")]
    [InlineData("a\\..\\x.png")]
    [InlineData("a//x.png")]
    [InlineData(".hidden/x.png")]
    [InlineData("x.html")]
    [InlineData("x.svg")]
    [InlineData("x.png\0.txt")]
    [InlineData("")]
    public void A_media_path_that_leads_elsewhere_is_refused(string path) => new MediaFolder("/tmp/media").Resolve(path).ShouldBeNull();

    [Fact]
    public void A_media_path_may_be_Thai() => new MediaFolder("/tmp/media").Resolve("ภาพ/ปก.webp").ShouldBe("/tmp/media/ภาพ/ปก.webp");

    [Fact]
    public void The_database_file_is_its_owners_alone()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "portal.db");
        new Database(path).CreateFile();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_transaction_that_is_not_committed_undoes_rows_and_runs_what_takes_files_back()
    {
        using var folder = new ScratchFolder();
        await using var database = TestDatabase.Open(folder.Path);
        var undone = false;
        await using (var transaction = await database.BeginAsync())
        {
            await transaction.ExecuteAsync("create table t (a text)");
            transaction.AfterRollback(() => undone = true);
        }
        undone.ShouldBeTrue();
        await Should.ThrowAsync<DbException>(() => database.FirstAsync<long>("select count(*) from t"));
    }

    [Fact]
    public async Task Who_has_a_limit_waits_for_other_writers_no_longer_than_that()
    {
        using var folder = new ScratchFolder();
        await using var database = TestDatabase.Open(folder.Path);
        database.CreateFile();
        await using (await database.BeginAsync()) await Should.ThrowAsync<BusyDatabaseException>(ImpatientlyAsync);
        await using var next = await database.BeginAsync();
        await next.CommitAsync();

        // Its limit is its own.
        async Task ImpatientlyAsync()
        {
            database.Limit(TimeSpan.FromMilliseconds(50));
            await database.BeginAsync();
        }
    }

    [Fact]
    public async Task Who_asks_while_every_connection_is_used_is_refused_and_not_kept_waiting()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "only a server has a pool");
        using var folder = new ScratchFolder();
        await using var database = new Database("", TestDatabase.Of(folder.Path) + ";Maximum Pool Size=1");
        await using (await database.BeginAsync()) await Should.ThrowAsync<BusyDatabaseException>(ImpatientlyAsync);
        (await database.FirstAsync<long>("select 1")).ShouldBe(1);

        async Task ImpatientlyAsync()
        {
            database.Limit(TimeSpan.FromMilliseconds(50));
            await database.FirstAsync<long>("select 1");
        }
    }
}
