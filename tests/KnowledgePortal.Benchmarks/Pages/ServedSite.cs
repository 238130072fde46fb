using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Benchmarks.Pages;

/// <summary>A server as a process of its own on a free port, so that its memory and processor time are its own.</summary>
internal sealed partial class ServedSite : IAsyncDisposable
{
    private readonly Process _process;

    private ServedSite(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Most resident memory so far, in megabytes.</summary>
    public long PeakMegabytes => Kilobytes("VmHWM") / 1024;

    /// <summary>Processor time so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="program">The assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to this process's own; <c>PORT</c> is set to a free one.</param>
    public static async Task<ServedSite> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        var site = new ServedSite(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        site._process.OutputDataReceived += static (_, _) => { };
        site._process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = site.Address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await client.GetAsync("/health/live")).IsSuccessStatusCode) return site;
            }
            catch (HttpRequestException) when (tries < 600 && !site._process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private long Kilobytes(string name) => long.Parse(
        Number().Match(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal))).Value, CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
