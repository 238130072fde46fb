using System.Data;
using Dapper;
using KnowledgePortal.Cms.Data;
using Npgsql;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Copied by pg_dump, at the moment of a transaction that also counts the rows and reads which media files there are.</summary>
internal sealed class PostgresCopy(string connectionString) : IDatabaseCopy
{
    private const string Tables = "select tablename from pg_tables where schemaname = current_schema() order by 1";

    public string Kind => "postgresql";

    public string FileName => "portal.dump";

    public async Task<bool> HasSiteAsync()
    {
        await using var connection = await OpenAsync();
        return (await connection.QueryAsync<string>(Tables)).Any();
    }

    public async Task<CopiedDatabase> SaveAsync(string file)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var snapshot = await connection.ExecuteScalarAsync<string>("select pg_export_snapshot()", transaction: transaction);
        using (var tool = new PostgresTool(connectionString))
            await tool.RunAsync("pg_dump", "--format=custom", "--no-owner", "--no-privileges", $"--snapshot={snapshot}", $"--file={file}");
        DurableFile.Synchronise(file);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>(Tables, transaction: transaction))
            counts[table] = await connection.ExecuteScalarAsync<long>($"select count(*) from {table}", transaction: transaction);
        return new CopiedDatabase(
            [.. await connection.QueryAsync<string>(CopiedDatabase.MigrationsOf, transaction: transaction)], counts,
            [.. await connection.QueryAsync<CopiedMedia>(CopiedDatabase.MediaOf, transaction: transaction)]);
    }

    // Its bytes are those that were written; that it can be listed says that pg_restore understands them.
    public async Task<string?> ProblemAsync(string file, BackupManifest manifest)
    {
        try
        {
            using var tool = new PostgresTool("");
            await tool.RunAsync("pg_restore", "--list", file);
            return null;
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    // In one transaction: a restore that is killed leaves an empty database.
    public async Task LoadAsync(string file)
    {
        using var tool = new PostgresTool(connectionString);
        var list = await tool.RunAsync("pg_restore", "--list", file);
        // The schema itself is there already.
        var wanted = tool.Keep("list", string.Join('\n', list.Split('\n').Where(line => !line.Contains(" SCHEMA - public ", StringComparison.Ordinal))));
        await tool.RunAsync("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", $"--use-list={wanted}", $"--dbname={tool.Database}", file);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
