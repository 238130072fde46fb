using System.Collections.Concurrent;
using System.Diagnostics;
using KnowledgePortal.Cms.Data;
using Npgsql;

namespace KnowledgePortal.Tests.Support;

/// <summary>
/// The database of a test site, by its data folder: the file in it, or with <c>PORTAL_TEST_DATABASE=postgres</c> a database of its own on a server that
/// the tests start.
/// </summary>
public static class TestDatabase
{
    private static readonly Lazy<Task<PostgresCluster>> Server = new(StartAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Names = new();
    private static int _count;

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_DATABASE") == "postgres";

    public static string TableNames => IsPostgres
        ? "select tablename from pg_tables where schemaname = current_schema() order by 1"
        : "select name from sqlite_master where type = 'table' order by 1";

    /// <summary>The setting of a site in this folder; null for SQLite.</summary>
    public static string? Of(string folder) => IsPostgres ? ServerOf().ConnectionString(NameOf(folder, null)) : null;

    public static Database Open(string folder) => new(Path.Combine(folder, "portal.db"), Of(folder));

    /// <summary>Gives a folder what another holds, which nobody has open.</summary>
    public static void Copy(string from, string to)
    {
        if (IsPostgres) NameOf(to, NameOf(from, null));
    }

    /// <summary>Drops the databases of folders below one that goes.</summary>
    public static void Forget(string folder)
    {
        if (!IsPostgres) return;
        foreach (var path in Names.Keys.Where(p => p == folder || p.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            if (Names.TryRemove(path, out var name)) Run($"drop database if exists {name.Value.GetAwaiter().GetResult()} with (force)");
    }

    private static string NameOf(string folder, string? template) =>
        Names.GetOrAdd(Path.GetFullPath(folder), _ => new Lazy<Task<string>>(() => CreateAsync(template ?? "template1"))).Value.GetAwaiter().GetResult();

    private static async Task<string> CreateAsync(string template)
    {
        var name = $"site{Interlocked.Increment(ref _count)}";
        await ExecuteAsync($"create database {name} template {template}");
        return name;
    }

    // The server waits five seconds for a process of its own that has been left and not yet ended: not enough on a busy machine.
    private static async Task ExecuteAsync(string sql)
    {
        var server = await Server.Value;
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                await server.ExecuteAsync(sql);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ObjectInUse && watch.Elapsed < Patience.Long)
            {
                continue;
            }
        }
    }

    private static PostgresCluster ServerOf() => Server.Value.GetAwaiter().GetResult();

    private static void Run(string sql) => ExecuteAsync(sql).GetAwaiter().GetResult();

    private static async Task<PostgresCluster> StartAsync()
    {
        var server = await PostgresCluster.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }
}
