using System.Diagnostics;
using Npgsql;

namespace KnowledgePortal.Tests.Support;

/// <summary>
/// A PostgreSQL server of these tests alone, reached by a socket in its folder. It ends with the process that started it, however that ends: a shell
/// beside it waits for the end of its input.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Superuser = "portal";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _keeper;
    private readonly string _folder;

    private PostgresCluster(string folder, Process keeper) => (_folder, _keeper) = (folder, keeper);

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public static async Task<PostgresCluster> StartAsync(bool isDurable = false, int connections = 300)
    {
        if (Programs is null) throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql-15");
        var folder = Directory.CreateTempSubdirectory("portal-pg-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
        var fsync = isDurable ? "on" : "off";
        var keeper = Start(
            $"""
            "{Programs}/initdb" -D "{folder}/data" -A trust -U {Superuser} -E UTF8 --locale=C.UTF-8 --no-sync >"{folder}/initdb.log" 2>&1 || exit 1
            printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '{folder}'" 'max_connections = {connections}' 'shared_buffers = 64MB' \
              'fsync = {fsync}' 'full_page_writes = {fsync}' 'logging_collector = off' >>"{folder}/data/postgresql.conf"
            "{Programs}/pg_ctl" -D "{folder}/data" -l "{folder}/server.log" -W start >/dev/null
            cat >/dev/null
            "{Programs}/pg_ctl" -D "{folder}/data" -m immediate -w stop >/dev/null 2>&1
            rm -rf "{folder}/data" "{folder}"/*.log "{folder}"/.s.*; rmdir "{folder}"
            """);
        var cluster = new PostgresCluster(folder, keeper);
        await cluster.WaitAsync();
        return cluster;
    }

    public string ConnectionString(string database) => $"Host={_folder};Username={Superuser};Database={database}";

    public string Log => File.Exists(Path.Combine(_folder, "server.log")) ? File.ReadAllText(Path.Combine(_folder, "server.log")) : "";

    /// <summary>One statement outside of any site.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task StopAsync(string mode) => await RunAsync("sh", "-c", As($"\"{Programs}/pg_ctl\" -D \"{_folder}/data\" -m {mode} -w stop"));

    public async Task StartAgainAsync()
    {
        await RunAsync("sh", "-c", As($"\"{Programs}/pg_ctl\" -D \"{_folder}/data\" -l \"{_folder}/server.log\" -W start >/dev/null"));
        await WaitAsync();
    }

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit(Patience);
        _keeper.Dispose();
    }

    private async Task WaitAsync()
    {
        var watch = Stopwatch.StartNew();
        for (; ; )
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException error) when (watch.Elapsed < Patience)
            {
                if (_keeper.HasExited) throw new InvalidOperationException($"PostgreSQL did not start: {File.ReadAllText(Path.Combine(_folder, "initdb.log"))}", error);
                await Task.Delay(50);
            }
        }
    }

    // The server refuses to run as root.
    private static string As(string script) => Environment.IsPrivilegedProcess ? $"runuser -u postgres -- sh -c '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'" : script;

    private static Process Start(string script)
    {
        // In a session of its own: what stops the tests at a terminal must not stop the shell before it has stopped the server.
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in new[] { "sh", "-c", As(script) }) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {await errors}");
    }
}
