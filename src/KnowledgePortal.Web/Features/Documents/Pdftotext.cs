using System.Diagnostics;
using System.Text;
using KnowledgePortal.Web.Features.Documents.Quality;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>
/// pdftotext of poppler-utils as a child process: it sees a folder with nothing but the file, gets so much memory, processor and time and no more, stands
/// behind everything else that runs, and is cut off from the network where the system lets us.
/// </summary>
public sealed class Pdftotext
{
    private const int MostPages = 3000;
    private const int WrongPassword = 3;
    private const int Killed = 128 + 9; // its processor time is used up, or the system had no memory for it
    private static readonly string[] Limits = ["--as=1073741824", "--fsize=67108864", "--nofile=64"];
    private static readonly Lazy<Task<bool>> CanLeaveNetwork = new(LeavesNetworkAsync);

    /// <summary>The program; a test puts another in its place.</summary>
    public string Program { get; init; } = "pdftotext";

    public int ProcessorSeconds { get; init; } = 60;

    /// <summary>Until it is taken to hang. Much longer than its processor time: standing behind everything else, it may wait for its turn on a busy machine.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    public int MostCharacters { get; init; } = 8 * DocumentReader.MostCharacters;

    private bool IsInstalled => Path.IsPathRooted(Program) ? File.Exists(Program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Program)));

    /// <summary>The pages in order; null when the program is not installed.</summary>
    /// <exception cref="UnreadableFileException">The file is broken, protected, or takes too long.</exception>
    public async Task<IReadOnlyList<DocumentPage>?> ReadAsync(string file, CancellationToken cancellation)
    {
        if (!IsInstalled) return null;
        var folder = Directory.CreateTempSubdirectory("portal-pdf-");
        try
        {
            File.Copy(file, Path.Combine(folder.FullName, "file.pdf"));
            var text = await RunAsync(folder.FullName, cancellation);
            var pages = text.TrimEnd('\n').Split('\f');
            // Every page ends with a form feed, the last one as well.
            if (pages.Length > 1 && pages[^1].Length == 0) pages = pages[..^1];
            return [.. pages.Select((page, i) => new DocumentPage(i + 1, WrappedLines.Join(page)))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> RunAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("prlimit")
        {
            WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, StandardOutputEncoding = Encoding.UTF8,
        };
        string[] alone = await CanLeaveNetwork.Value ? ["unshare", "--map-root-user", "--net", "--"] : [];
        foreach (var argument in (string[])[.. Limits, $"--cpu={ProcessorSeconds}", "--", .. alone, "nice", "-n", "15", Program, "-q", "-enc", "UTF-8", "-l", $"{MostPages}", "file.pdf", "-"])
            start.ArgumentList.Add(argument);
        start.Environment["TMPDIR"] = folder;
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start) ?? throw new IOException("prlimit did not start");
        process.StandardInput.Close();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(TimeLimit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            var text = await ReadSomeAsync(process.StandardOutput, timeout.Token);
            await errors;
            await process.WaitForExitAsync(timeout.Token);
            if (process.ExitCode == Killed) throw new UnreadableFileException($"อ่านไฟล์นานเกิน {ProcessorSeconds} วินาที หรือหน่วยความจำไม่พอ");
            if (process.ExitCode is not 0)
                throw new UnreadableFileException(process.ExitCode == WrongPassword || (await errors).Contains("password", StringComparison.OrdinalIgnoreCase)
                    ? "ไฟล์ตั้งรหัสผ่านไว้" : "เปิดไฟล์ไม่ได้ ไฟล์อาจเสีย");
            return text;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreadableFileException($"อ่านไฟล์นานเกิน {TimeLimit.TotalSeconds:0} วินาที");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private async Task<string> ReadSomeAsync(StreamReader output, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        for (int count; (count = await output.ReadAsync(buffer.AsMemory(), cancellation)) > 0;)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MostCharacters) throw new UnreadableFileException("ข้อความในไฟล์ยาวเกินไป");
        }
        return text.ToString();
    }

    // A user namespace gives the right to an empty network; containers and some systems forbid it.
    private static async Task<bool> LeavesNetworkAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--net", "--", "true"]) { RedirectStandardError = true });
            if (process is null) return false;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
