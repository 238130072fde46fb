using System.Diagnostics;
using KnowledgePortal.Tests.Support;

namespace KnowledgePortal.Tests.Crashes;

/// <summary>
/// A file system of a few megabytes in memory that one process and what it starts see in the place of an empty folder; everybody else sees it through
/// that process. It goes with it.
/// </summary>
/// <param name="folder">An empty folder.</param>
/// <param name="seed">What is copied to it in the beginning.</param>
/// <param name="megabytes">Its size.</param>
public sealed class SmallDisk(string folder, string seed, int megabytes)
{
    /// <summary>How the names of files begin that are there only to leave no room.</summary>
    public const string Filler = "filler";

    private const int Inodes = 400;

    // Who is root already stays so, and goes on seeing what belongs to others; anybody else becomes root of a world of his own.
    private static readonly string[] Namespaces = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
    private int _process;

    /// <summary>What a program is started under to have it.</summary>
    public string[] Under =>
        ["unshare", .. Namespaces, "sh", "-c", $"mount -t tmpfs -o size={megabytes}m,nr_inodes={Inodes} tmpfs \"$0\" && cp -a \"$1/.\" \"$0\" && shift && exec \"$@\"", folder, seed];

    /// <summary>Where others see it.</summary>
    public string Seen => $"/proc/{_process}/root{folder}";

    /// <summary>Null where a process may have a file system of its own; otherwise why not.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        if (!OperatingSystem.IsLinux()) return "tmpfs is Linux's";
        using var folder = new ScratchFolder();
        return await RunAsync("unshare", [.. Namespaces, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path]) is { Length: > 0 } errors ? $"no file system can be mounted here: {errors}" : null;
    }

    public void BelongsTo(int process) => _process = process;

    /// <summary>Leaves not a byte.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Path.Combine(Seen, Filler), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var bytes = new byte[64 * 1024];
        for (var length = bytes.Length; length > 0;)
        {
            try
            {
                filler.Write(bytes, 0, length);
            }
            catch (IOException)
            {
                length /= 2; // so that the rest of the last page goes too
            }
        }
    }

    /// <summary>Leaves room for bytes, but for no other file.</summary>
    public void FillNames()
    {
        for (var number = 0; number < Inodes; number++)
        {
            try
            {
                File.Create(Path.Combine(Seen, $"{Filler}-{number}")).Dispose();
            }
            catch (IOException)
            {
                return;
            }
        }
        throw new InvalidOperationException($"the disk has room for more than {Inodes} files");
    }

    public void Free()
    {
        foreach (var filler in Directory.GetFiles(Seen, Filler + "*")) File.Delete(filler);
    }

    /// <summary>Lets nobody write to it, or everybody again.</summary>
    public async Task ProtectAsync(bool isReadOnly)
    {
        var errors = await RunAsync("nsenter", [
            $"--target={_process}", .. (Environment.IsPrivilegedProcess ? [] : new[] { "--user", "--preserve-credentials" }), "--mount", "mount", "-o", $"remount,{(isReadOnly ? "ro" : "rw")}", folder]);
        if (errors.Length > 0) throw new InvalidOperationException(errors);
    }

    /// <summary>Stops its process where it is and copies what is there, as after a power cut, for who comes by a path that SQLite resolves to another one.</summary>
    public async Task SaveAsync(string to)
    {
        if (await RunAsync("kill", "-STOP", $"{_process}") + await RunAsync("cp", "-a", Seen + "/.", to) is { Length: > 0 } errors) throw new InvalidOperationException(errors);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}: {errors.Trim()}";
    }
}
