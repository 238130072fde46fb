using System.Diagnostics;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Crashes.Harness;

/// <summary>A site whose processes are made to die; each is the program as an operator starts it.</summary>
/// <param name="data">The site's folder.</param>
/// <param name="repository">The checkout, for its recipes.</param>
/// <param name="database">A PostgreSQL connection string; empty for SQLite in the folder.</param>
/// <param name="media">The media folder, when it does not lie in the site's.</param>
public sealed class CrashSite(string data, string repository, string database = "", string media = "")
{
    /// <summary>How a process ends that was killed.</summary>
    public const int Killed = 128 + 9;

    public const string Administrator = "admin@crash.example";
    public const string Password = "ฝนตกที่หน้าต่าง 7 บาน";

    public string Data => data;

    public async Task SetUpAsync()
    {
        await VerbAsync(null, "", "setup", Path.Combine(repository, "recipes", "setup.recipe.json"));
        await VerbAsync(null, Password + "\n", "create-admin", Administrator, "--password-stdin");
    }

    /// <summary>Serves the site; the process dies at the fail-points that the setting names.</summary>
    public Task<ServedSite> ServeAsync(string? failPoints = null, params string[] arguments) => ServeUnderAsync([], failPoints, arguments);

    /// <summary>The same under another program, such as one that gives it a disk of its own.</summary>
    public async Task<ServedSite> ServeUnderAsync(string[] under, string? failPoints = null, params string[] arguments)
    {
        var start = StartInfo(failPoints, under);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PORT"] = "0";
        start.Environment["PORTAL_CHANGE_RATE"] = start.Environment["PORTAL_SEARCH_RATE"] = "10000";
        return await ServedSite.StartAsync(start);
    }

    /// <summary>Runs an operator command to its end, or to its death.</summary>
    public Task<(int ExitCode, string Output)> VerbAsync(string? failPoints, string input, params string[] arguments) => VerbUnderAsync([], failPoints, input, arguments);

    /// <summary>The same under another program, such as one that makes system calls fail.</summary>
    public async Task<(int ExitCode, string Output)> VerbUnderAsync(string[] under, string? failPoints, string input, params string[] arguments)
    {
        var start = StartInfo(failPoints, under);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    /// <summary>Empties a PostgreSQL database, for the next site.</summary>
    public Task EmptyDatabaseAsync() => OpenAsync<int>(async site =>
    {
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        await transaction.ExecuteAsync("drop schema public cascade; create schema public;");
        await transaction.CommitAsync();
        return 0;
    });

    /// <summary>Opens the site as the next process does, and gives it to <paramref name="look"/>.</summary>
    public async Task<T> OpenAsync<T>(Func<IServiceProvider, Task<T>> look)
    {
        var settings = PortalSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Portal:Data"] = data, ["Portal:Port"] = "0", ["Portal:Database"] = database, ["Portal:Media"] = media }).Build());
        await using var services = new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider();
        await SiteStart.PrepareAsync(services);
        return await look(services);
    }

    /// <summary>What <c>check --deep</c> finds, a line each.</summary>
    public Task<IReadOnlyList<string>> CheckAsync() => InspectAsync(new Journal());

    /// <summary>The same, and what the journal misses.</summary>
    public Task<IReadOnlyList<string>> InspectAsync(Journal journal) => OpenAsync<IReadOnlyList<string>>(async site =>
        [
            .. (await site.GetRequiredService<SiteCheck>().RunAsync(isDeep: true)).Select(f => $"{f.Invariant.English}: {f.Subject}: {f.What.English}"),
            .. await journal.CompareAsync(site),
        ]);

    private ProcessStartInfo StartInfo(string? failPoints, params string[] under)
    {
        var start = new ProcessStartInfo(under.Length == 0 ? "dotnet" : under[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in under.Skip(1).Concat(under.Length == 0 ? [] : ["dotnet"])) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "KnowledgePortal.Web.dll"));
        start.Environment["PORTAL_DATA"] = data;
        start.Environment["PORTAL_DATABASE"] = database;
        start.Environment["PORTAL_MEDIA"] = media;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PORTAL_FAILPOINT"] = failPoints ?? "";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}

/// <summary>A running site.</summary>
public sealed class ServedSite : IAsyncDisposable
{
    private const string Announcement = "serving at ";
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _rest;
    private bool _isDisposed;

    private ServedSite(Process process, Uri address, Task<string> errors, Task<string> rest) => (_process, Address, _errors, _rest) = (process, address, errors, rest);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public static async Task<ServedSite> StartAsync(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Announcement, StringComparison.Ordinal)) continue;
            return new ServedSite(process, new Uri(line[Announcement.Length..].Split(' ')[0]), errors, process.StandardOutput.ReadToEndAsync());
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"the site ended with {process.ExitCode}: {await errors}");
    }

    /// <summary>Kills it now.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it, and gives what it wrote about errors.</summary>
    public async Task<string> ErrorsAsync()
    {
        Kill();
        return await _errors;
    }

    /// <summary>Waits until it is dead, and says how it ended.</summary>
    /// <exception cref="TimeoutException">It lives on.</exception>
    public async Task<int> EndAsync(string point)
    {
        using var timeout = new CancellationTokenSource(Patience.Long);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the site never came to {point}");
        }
        await Task.WhenAll(_errors, _rest);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
