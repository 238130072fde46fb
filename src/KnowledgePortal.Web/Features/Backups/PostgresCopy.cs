using System.Data;
using System.Text.RegularExpressions;
using Dapper;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using Npgsql;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Copied by pg_dump, at the moment of a transaction that also counts the rows and reads which media files there are. A copy is loaded into a schema
/// beside the site's, and takes its place by renaming, in one transaction.
/// </summary>
internal sealed partial class PostgresCopy(string connectionString, Database database) : IDatabaseCopy
{
    private const string Restored = "portal_restoring";
    private const string Former = "before_restore";
    private const string Aside = "portal_aside";

    // A server learns a moment later that a process has ended.
    private const int MostLooks = 60;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

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
        var schema = await connection.ExecuteScalarAsync<string>("select current_schema()", transaction: transaction);
        using (var tool = new PostgresTool(connectionString))
            await tool.RunAsync("pg_dump", "--format=custom", "--no-owner", "--no-privileges", $"--schema=\"{schema}\"", $"--snapshot={snapshot}", $"--file={file}");
        DurableFile.Synchronise(file);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await connection.QueryAsync<string>(Tables, transaction: transaction))
            counts[table] = await connection.ExecuteScalarAsync<long>($"select count(*) from {table}", transaction: transaction);
        return new CopiedDatabase(
            [.. await connection.QueryAsync<string>(CopiedDatabase.MigrationsOf, transaction: transaction)], counts,
            [.. await connection.QueryAsync<CopiedMedia>(CopiedDatabase.MediaOf, transaction: transaction)]);
    }

    public async Task<string?> ProblemAsync(string file, BackupManifest manifest)
    {
        try
        {
            using var tool = new PostgresTool("");
            return manifest.MissingRows(await tool.ReadAsync(DumpRows.CountAsync, "pg_restore", "--data-only", "--file=-", file));
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    // Both are what the owner of a database may do with PostgreSQL's own schema "public", and nobody else.
    public async Task<Phrase?> ObstacleAsync()
    {
        database.CloseIdle(); // what is open then is somebody else's
        await using var connection = await OpenAsync();
        if (!await connection.ExecuteScalarAsync<bool>(
            "select pg_has_role(nspowner, 'usage') and has_database_privilege(current_database(), 'create') from pg_namespace where nspname = current_schema()"))
            return new Phrase("ผู้ใช้ใน PORTAL_DATABASE ต้องเป็นเจ้าของฐานข้อมูล จึงจะสลับของเดิมกับของที่กู้คืนได้", "the user of PORTAL_DATABASE must own the database, or the restored schema cannot take the place of the other");
        for (var attempt = 1; await connection.ExecuteScalarAsync<long>(
            $"select count(*) from pg_stat_activity where datname = current_database() and application_name like '{Database.ProgramName} %' and pid <> pg_backend_pid()") > 0; attempt++)
        {
            if (attempt == MostLooks) return new Phrase("มีโปรแกรมอื่นใช้ฐานข้อมูลนี้อยู่ ให้ปิดทุกเครื่องก่อน", "the site is running: others use this database, stop every node first");
            await Task.Delay(BetweenLooks);
        }
        return null;
    }

    // The dump names its schema with every table: it is loaded under that name while the site's own is called otherwise, and nobody sees that before
    // the commit, after which the site is where it was and the copy is beside it.
    public async Task LoadAsync(string file, BackupManifest manifest)
    {
        using var tool = new PostgresTool(connectionString);
        var list = await tool.RunAsync("pg_restore", "--list", file);
        var schema = SchemaOfTables().Match(list) is { Success: true } match ? match.Groups["schema"].Value : throw new IOException($"{file}: no tables");
        var wanted = tool.Keep("list", string.Join('\n', list.Split('\n').Where(line => !line.Contains($" SCHEMA - {schema} ", StringComparison.Ordinal) && !line.Contains($" - SCHEMA {schema} ", StringComparison.Ordinal))));
        await using var connection = await OpenAsync();
        var isTaken = await connection.ExecuteScalarAsync<bool>("select exists (select 1 from pg_namespace where nspname = @schema)", new { schema });
        await tool.ReplayAsync(
            $"""
            begin;
            drop schema if exists {Restored} cascade;
            {(isTaken ? $"alter schema \"{schema}\" rename to {Aside};" : "")}
            create schema "{schema}";
            """,
            $"""
            alter schema "{schema}" rename to {Restored};
            {(isTaken ? $"alter schema {Aside} rename to \"{schema}\";" : "")}
            commit;
            """,
            "--no-owner", "--no-privileges", $"--use-list={wanted}", "--file=-", file);
        var counts = new Dictionary<string, long>();
        foreach (var table in manifest.Counts.Keys) counts[table] = await connection.ExecuteScalarAsync<long>($"select count(*) from {Restored}.\"{table}\"");
        if (manifest.MissingRows(counts) is { } missing) throw new IOException(missing);
    }

    // Whoever comes here a second time finds it done.
    public async Task SwapAsync()
    {
        await using var transaction = await database.BeginAsync();
        if (await transaction.FirstAsync<long>("select count(*) from pg_namespace where nspname = @Restored", new { Restored }) == 0) return;
        var schema = await transaction.FirstAsync<string>("select quote_ident(current_schema())");
        await transaction.ExecuteAsync(
            $"""
            drop schema if exists {Former} cascade;
            alter schema {schema} rename to {Former};
            alter schema {Restored} rename to {schema};
            do $$ begin drop schema {Former}; exception when dependent_objects_still_exist then null; end $$;
            """);
        FailPoint.Reach("restore.swapping");
        await transaction.CommitAsync();
    }

    [GeneratedRegex(@"^\d+; \d+ \d+ TABLE (?<schema>\S+) migrations ", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SchemaOfTables();

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
