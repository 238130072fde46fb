using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>PostgreSQL's own programs as child processes. The password stands in a file that only its owner reads, never among the arguments.</summary>
internal sealed class PostgresTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-pg-");
    private readonly Dictionary<string, string> _environment = [];

    public PostgresTool(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Database = settings.Database ?? settings.Username ?? "";
        if (settings.Host is null) return;
        (_environment["PGHOST"], _environment["PGPORT"]) = (settings.Host, settings.Port.ToString(CultureInfo.InvariantCulture));
        _environment["PGDATABASE"] = Database;
        if (settings.Username is { } user) _environment["PGUSER"] = user;
        if (settings.ContainsKey("SSL Mode")) _environment["PGSSLMODE"] = settings.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() };
        if (settings.Password is { } password) _environment["PGPASSFILE"] = Keep("pass", "*:*:*:*:" + password.Replace("\\", "\\\\").Replace(":", "\\:"));
    }

    public string Database { get; }

    /// <summary>A private file that goes when this does.</summary>
    public string Keep(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }

    /// <exception cref="IOException">The program is missing or failed; the message has its words.</exception>
    public Task<string> RunAsync(string program, params string[] arguments) => ReadAsync(output => output.ReadToEndAsync(), program, arguments);

    /// <summary>Gives a program's output to <paramref name="read"/> while it comes; what that makes of it counts only when the program ends well.</summary>
    /// <exception cref="IOException">The program is missing or failed; the message has its words.</exception>
    public async Task<T> ReadAsync<T>(Func<StreamReader, Task<T>> read, string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var result = await read(process.StandardOutput);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? result : throw new IOException($"{program}: {(await errors).Trim()}");
    }

    /// <summary>
    /// Sends what pg_restore writes to psql, between two texts of our own. The last one, which commits, is sent only when pg_restore has ended well;
    /// psql that comes to an end without it has changed nothing.
    /// </summary>
    /// <exception cref="IOException">A program is missing or failed; the message has its words.</exception>
    public async Task ReplayAsync(string first, string last, params string[] arguments)
    {
        using var psql = Start("psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]);
        var (output, errors) = (psql.StandardOutput.ReadToEndAsync(), psql.StandardError.ReadToEndAsync());
        IOException? failure = null;
        try
        {
            await psql.StandardInput.WriteLineAsync(first);
            await psql.StandardInput.FlushAsync();
            await ReadAsync(async script => { await script.BaseStream.CopyToAsync(psql.StandardInput.BaseStream); return 0; }, "pg_restore", arguments);
            await psql.StandardInput.WriteLineAsync(last);
            psql.StandardInput.Close();
        }
        catch (IOException error)
        {
            failure = error; // psql may have ended before: then its words are the reason
        }
        finally
        {
            psql.StandardInput.BaseStream.Close();
        }
        await output;
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0) throw new IOException($"psql: {(await errors).Trim()}");
        if (failure is not null) throw failure;
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new IOException($"{program} did not start");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Debian keeps the programs of each version in a folder of its own; the newest reads what the older ones write.
    private static string Find(string program)
    {
        const string Versions = "/usr/lib/postgresql";
        var installed = Directory.Exists(Versions) ? Directory.GetDirectories(Versions).Select(d => Path.Combine(d, "bin", program)).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() : null;
        return installed ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(d => d.Length > 0).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists)
            ?? throw new IOException($"{program}: apt-get install postgresql-client");
    }
}
