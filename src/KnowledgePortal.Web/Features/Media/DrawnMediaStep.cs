using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>
/// <c>DrawnMedia</c>: draws a video or a picture from an ASS script beside the recipe. The script is rendered by libass, which shapes Thai with HarfBuzz;
/// ffmpeg's drawtext would misplace tone marks. A file that is there is not drawn again; without ffmpeg the files are reported as skipped.
/// </summary>
public sealed class DrawnMediaStep(Ffmpeg ffmpeg, MediaFolder media) : IRecipeStep
{
    private const int Quiet = 220; // Hz

    public string Name => "DrawnMedia";

    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var file in context.Objects("Files"))
        {
            var target = file["TargetPath"]?.ToString() ?? "";
            using var script = context.Recipe.OpenFile(file["Script"]?.ToString() ?? "");
            if (media.Resolve(target) is null) context.Report.Skip(target, "not a media path, or a kind of file that is not kept");
            else if (script is null) context.Report.Skip(target, "its script is missing or lies outside the recipe's folder");
            else if (!ffmpeg.IsInstalled) context.Report.Skip(target, "ffmpeg is not installed");
            else if (media.Find(target) is null)
            {
                if (!context.IsPlan) await DrawAsync(target, script, file, context);
                context.Report.Wrote(target);
            }
        }
    }

    private async Task DrawAsync(string target, Stream script, JsonObject file, RecipeStepContext context)
    {
        // A folder of its own: ffmpeg sees nothing but the script, and the filter's argument needs no escaping.
        var folder = Directory.CreateTempSubdirectory("portal-drawn-");
        try
        {
            await using (var cards = File.Create(Path.Combine(folder.FullName, "cards.ass"))) await script.CopyToAsync(cards);
            var output = "drawn" + Path.GetExtension(target);
            await ffmpeg.RunAsync(folder.FullName, file.ContainsKey("At") ? Picture(file, output) : Video(file, output));
            await using var drawn = File.OpenRead(Path.Combine(folder.FullName, output));
            await media.WriteAsync(target, stream => drawn.CopyToAsync(stream), context.Transaction);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Video(JsonObject file, string output)
    {
        var seconds = Number(file, "Duration", 10);
        return
        [
            "-f", "lavfi", "-i", $"color=c={Background(file)}:s={Size(file)}:r=10:d={seconds}",
            "-f", "lavfi", "-i", $"sine=frequency={Quiet}:duration={seconds}",
            "-vf", "ass=cards.ass", "-af", "volume=0.02",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-g", "20", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", "-map_metadata", "-1", output,
        ];
    }

    // The clock of a generated source starts at 0: the wanted moment is reached by rendering up to it and keeping the last frame.
    private static IEnumerable<string> Picture(JsonObject file, string output)
    {
        var at = Number(file, "At", 0);
        return
        [
            "-f", "lavfi", "-i", $"color=c={Background(file)}:s={Size(file)}:r=10:d=3600",
            "-vf", "ass=cards.ass", "-ss", at, "-frames:v", "1", "-quality", "82", "-map_metadata", "-1", output,
        ];
    }

    private static string Number(JsonObject file, string name, double otherwise) =>
        (file[name]?.GetValue<double>() ?? otherwise).ToString(CultureInfo.InvariantCulture);

    private static string Size(JsonObject file) => $"{Number(file, "Width", 1280)}x{Number(file, "Height", 720)}";

    private static string Background(JsonObject file) =>
        file["Background"]?.ToString() is { Length: 8 } colour && colour.StartsWith("0x", StringComparison.Ordinal) && colour[2..].All(char.IsAsciiHexDigit) ? colour : "0x0d2b29";
}
