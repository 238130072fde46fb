using System.Diagnostics;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>A picture in one width, ready to be stored.</summary>
public sealed record Rendition(string Name, byte[] Content);

/// <summary>
/// Makes every uploaded picture anew as WebP with libvips' programs, as child processes: limited in memory, time and file size, with the loader named,
/// so that no other decoder ever sees the bytes. What comes out holds pixels only.
/// </summary>
public sealed class Pictures
{
    public const string LargestName = "/1600.webp";
    private const string MostMemory = "--as=1500000000";
    private const string MostProcessorSeconds = "--cpu=30";
    private const string MostFileLength = "--fsize=900000000";
    private static readonly int[] Widths = [1600, 800, 320];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _atOnce = new(2);

    /// <summary>False when the programs are not installed.</summary>
    public bool IsInstalled { get; } = new[] { "vips", "vipsthumbnail", "prlimit" }.All(program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program))));

    /// <summary>Null when the picture is broken.</summary>
    public async Task<IReadOnlyList<Rendition>?> RenderAsync(Stream picture, FileType type)
    {
        await _atOnce.WaitAsync();
        var folder = Directory.CreateTempSubdirectory("portal-picture-");
        try
        {
            var source = "source" + type.Extension;
            await using (var file = File.Create(Path.Combine(folder.FullName, source)))
            {
                picture.Position = 0;
                await picture.CopyToAsync(file);
            }
            // TIFF, because libvips counts reading its own format as untrusted, and because it keeps the orientation, which the next step applies.
            if (!await RunAsync(folder, "vips", type.Loader, source, "full.tif", "--fail-on", "error")) return null;
            var renditions = new List<Rendition>();
            foreach (var width in Widths)
            {
                if (!await RunAsync(folder, "vipsthumbnail", "full.tif", "--size", $"{width}x{width}>", "--export-profile", "srgb", "-o", $"{folder.FullName}/{width}.webp[Q=80,strip]")) return null;
                renditions.Add(new Rendition($"{width}.webp", WebpMetadata.Strip(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, $"{width}.webp")))));
            }
            return renditions;
        }
        finally
        {
            folder.Delete(recursive: true);
            _atOnce.Release();
        }
    }

    private static async Task<bool> RunAsync(DirectoryInfo folder, params string[] command)
    {
        var start = new ProcessStartInfo("prlimit")
        {
            WorkingDirectory = folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        foreach (var argument in (string[])[MostMemory, MostProcessorSeconds, MostFileLength, "--", .. command]) start.ArgumentList.Add(argument);
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "2";
        start.Environment["TMPDIR"] = folder.FullName;
        using var process = Process.Start(start) ?? throw new IOException("prlimit did not start");
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await errors;
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
        return process.ExitCode == 0;
    }
}
