using System.Diagnostics;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>ffmpeg as a child process: killed when it takes too long, never fed by the shell.</summary>
public sealed class Ffmpeg
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>False when the program is not installed.</summary>
    public bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "ffmpeg")));

    /// <exception cref="IOException">ffmpeg failed; the message ends with what it printed last.</exception>
    public async Task RunAsync(string workingFolder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ffmpeg")
        {
            WorkingDirectory = workingFolder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        foreach (var argument in (string[])["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-y", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new IOException("ffmpeg did not start");
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Limit);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"ffmpeg took longer than {Limit.TotalMinutes:0} minutes");
        }
        if (process.ExitCode != 0) throw new IOException($"ffmpeg: {Tail(await errors)}");
    }

    private static string Tail(string text) => text.Length <= 500 ? text.Trim() : text[^500..].Trim();
}
