using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Benchmarks.Pages;

/// <summary>What one run of the load generator saw.</summary>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="P50">Median of the answer's time, in milliseconds.</param>
/// <param name="P99">99th percentile, in milliseconds.</param>
/// <param name="Requests">All of them.</param>
/// <param name="Errors">Connections that failed, answers that broke off or took longer than the time allowed, and answers that are not 2xx or 3xx.</param>
internal sealed partial record Wrk(double PerSecond, double P50, double P99, long Requests, long Errors)
{
    /// <summary>Runs <c>wrk</c> with one or two threads.</summary>
    public static async Task<Wrk> RunAsync(Uri url, int connections, int seconds, params string[] headers)
    {
        // A shell, because ten thousand connections need more files than a process is given.
        string[] wrk = ["-c", "ulimit -n 20000; exec wrk \"$@\"", "wrk", "--latency", $"-t{(connections > 1000 ? 2 : 1)}", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", .. headers.SelectMany(h => new[] { "-H", h }), url.AbsoluteUri];
        using var process = Process.Start(new ProcessStartInfo("bash", wrk) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Read(output) : throw new InvalidOperationException($"wrk: exit code {process.ExitCode}: {output}");
    }

    private static Wrk Read(string output)
    {
        double Value(string pattern) => Regex.Match(output, pattern) is { Success: true } match ? Milliseconds(match.Groups[1].Value) : 0;
        var errors = SocketErrors().Match(output) is { Success: true } sockets ? sockets.Groups.Values.Skip(1).Sum(g => long.Parse(g.Value, CultureInfo.InvariantCulture)) : 0;
        return new Wrk(Value(@"Requests/sec:\s+([0-9.]+)"), Value(@"50%\s+([0-9.]+[a-z]+)"), Value(@"99%\s+([0-9.]+[a-z]+)"),
            (long)Value(@"([0-9]+) requests in"), errors + (long)Value(@"Non-2xx or 3xx responses: ([0-9]+)"));
    }

    private static double Milliseconds(string text)
    {
        var number = double.Parse(Digits().Match(text).Value, CultureInfo.InvariantCulture);
        return text.EndsWith("us", StringComparison.Ordinal) ? number / 1000 : text.EndsWith("ms", StringComparison.Ordinal) || !char.IsLetter(text[^1]) ? number : number * 1000;
    }

    [GeneratedRegex("[0-9.]+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)")]
    private static partial Regex SocketErrors();
}
