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
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new IOException($"{program} did not start");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new IOException($"{program}: {(await errors).Trim()}");
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
