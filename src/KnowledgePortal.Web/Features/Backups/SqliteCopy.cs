using Dapper;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using Microsoft.Data.Sqlite;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Copied by SQLite itself: the files of a database in use must not be copied one after the other.</summary>
internal sealed class SqliteCopy(Database database) : IDatabaseCopy
{
    public const string Name = "portal.db";
    private const string Sound = "ok";

    public string Kind => "sqlite";

    public string FileName => Name;

    public Task<bool> HasSiteAsync() => Task.FromResult(File.Exists(database.Path));

    public async Task<CopiedDatabase> SaveAsync(string file)
    {
        await using (var source = await OpenAsync(database.Path!, SqliteOpenMode.ReadWrite))
        await using (var copy = await OpenAsync(file, SqliteOpenMode.ReadWriteCreate))
        {
            source.BackupDatabase(copy);
            await copy.ExecuteAsync("pragma journal_mode = delete"); // one file that may be moved
        }
        DurableFile.Synchronise(file);
        await using var copied = await OpenAsync(file, SqliteOpenMode.ReadOnly);
        return new CopiedDatabase(
            [.. await copied.QueryAsync<string>(CopiedDatabase.MigrationsOf)], await CountsAsync(copied), [.. await copied.QueryAsync<CopiedMedia>(CopiedDatabase.MediaOf)]);
    }

    public async Task<string?> ProblemAsync(string file, BackupManifest manifest)
    {
        try
        {
            await using var copy = await OpenAsync(file, SqliteOpenMode.ReadOnly);
            if (await copy.ExecuteScalarAsync<string>("pragma integrity_check") is var answer && answer != Sound) return answer;
            return manifest.MissingRows(await CountsAsync(copy));
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    public Task<Phrase?> ObstacleAsync() => Task.FromResult<Phrase?>(null);

    public Task LoadAsync(string file, BackupManifest manifest) => Task.CompletedTask;

    public Task SwapAsync() => Task.CompletedTask;

    private static async Task<SortedDictionary<string, long>> CountsAsync(SqliteConnection connection)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"))
            counts[table] = await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
        return counts;
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
