using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// <c>media</c>: files from the recipe itself (<c>Base64</c>) or from beside it (<c>SourcePath</c>). <c>SourceUrl</c> is never fetched:
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
            var target = LooseJson.Text(file.Member("TargetPath") ?? file.Member("Path")) ?? "";
            if (media.Resolve(target) is null)
            {
                context.Report.Skip(target, "not a media path, or a kind of file that is not kept");
                continue;
            }
            await using var content = Open(target, file, context);
            if (content is not null) await WriteAsync(target, content, context);
        }
    }

    private static Stream? Open(string target, JsonObject file, RecipeStepContext context)
    {
        if (LooseJson.Text(file.Member("Base64")) is { } base64)
            return Base64.IsValid(base64) ? new MemoryStream(Convert.FromBase64String(base64)) : throw context.Refuse($"{target}: its Base64 is broken");
        var source = LooseJson.Text(file.Member("SourcePath"));
        if (source is not null && context.Recipe.OpenFile(source) is { } stream) return stream;
        context.Report.Skip(target, source is not null ? $"{source} is missing or lies outside the recipe's folder"
            : file.Member("SourceUrl") is null ? "it names no file" : "a SourceUrl is never fetched");
        return null;
    }

    private async Task WriteAsync(string target, Stream content, RecipeStepContext context)
    {
        if (content.Length > RecipeLimits.FileBytes) throw context.Refuse($"{target} is larger than {RecipeLimits.FileBytes / 1024 / 1024} MB");
        var isNew = media.Find(target) is null;
        if (!isNew && await IsEqualAsync(media.Find(target)!, content)) return;
        content.Position = 0;
        if (!context.IsPlan) await media.WriteAsync(target, stream => content.CopyToAsync(stream), context.Transaction);
        context.Report.Wrote(target, isNew);
    }

    private static async Task<bool> IsEqualAsync(string path, Stream content)
    {
        await using var known = File.OpenRead(path);
        if (known.Length != content.Length) return false;
        return Convert.ToHexString(await SHA256.HashDataAsync(known)) == Convert.ToHexString(await SHA256.HashDataAsync(content));
    }
}
