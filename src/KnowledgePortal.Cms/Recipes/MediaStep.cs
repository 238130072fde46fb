using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Media;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// <c>media</c>: files from the recipe itself (<c>Base64</c>) or from its folder (<c>SourcePath</c>). <c>SourceUrl</c> is never fetched:
/// a recipe must not make the server send requests.
/// </summary>
public sealed class MediaStep(MediaFolder media) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "media";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var file in context.Objects("Files"))
        {
            var target = (file["TargetPath"] ?? file["Path"])?.ToString() ?? "";
            if (media.Resolve(target) is null) context.Report.Skip(target, "not a media path, or a kind of file that is not kept");
            else if (await WriteAsync(target, file, context)) context.Report.Written++;
        }
    }

    private async Task<bool> WriteAsync(string target, JsonObject file, RecipeStepContext context)
    {
        if (file["Base64"]?.ToString() is { } base64)
        {
            if (!Convert.TryFromBase64String(base64, new byte[base64.Length], out _)) throw new InvalidRecipeException($"media {target}: Base64 is broken");
            await media.WriteAsync(target, stream => stream.WriteAsync(Convert.FromBase64String(base64)).AsTask(), context.Transaction);
            return true;
        }
        var source = file["SourcePath"]?.ToString();
        if (source is not null && context.Recipe.FindFile(source) is { } path)
        {
            await using var content = File.OpenRead(path);
            await media.WriteAsync(target, stream => content.CopyToAsync(stream), context.Transaction);
            return true;
        }
        context.Report.Skip(target, source is null ? "a SourceUrl is never fetched" : $"{source} is missing or lies outside the recipe's folder");
        return false;
    }
}
