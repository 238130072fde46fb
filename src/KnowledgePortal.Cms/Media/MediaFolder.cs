using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Media;

/// <summary>Media files on disk, addressed by a path below the folder (<c>recordings/x.mp4</c>).</summary>
public sealed class MediaFolder(string root)
{
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".webm", ".mp3", ".m4a", ".vtt",
        ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".csv", ".txt",
    };

    /// <summary>The folder itself.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The file of a media path, or null when the path leads outside the folder or has an extension that is not kept.</summary>
    public string? Resolve(string mediaPath)
    {
        if (mediaPath.Length == 0 || mediaPath.Contains('\0') || mediaPath.Contains('\\') || !Allowed.Contains(Path.GetExtension(mediaPath))) return null;
        if (mediaPath.Split('/').Any(segment => segment.Length == 0 || segment.StartsWith('.'))) return null;
        var file = Path.GetFullPath(Path.Combine(Root, mediaPath));
        return file.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : null;
    }

    /// <summary>The file when it is there; null otherwise.</summary>
    public string? Find(string mediaPath) => Resolve(mediaPath) is { } file && File.Exists(file) ? file : null;

    /// <summary>
    /// Writes a file durably beside its place, and puts it there when the transaction commits; until then, and if it does not, readers see what they saw.
    /// </summary>
    /// <exception cref="ArgumentException">The path is refused by <see cref="Resolve"/>.</exception>
    public async Task WriteAsync(string mediaPath, Func<Stream, Task> write, DatabaseTransaction transaction)
    {
        var file = Resolve(mediaPath) ?? throw new ArgumentException($"\"{mediaPath}\" is not a media path", nameof(mediaPath));
        var staged = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetRandomFileName()}.staged");
        await DurableFile.WriteAsync(staged, write);
        transaction.AfterCommit(() => DurableFile.Move(staged, file));
        transaction.AfterRollback(() => File.Delete(staged));
    }
}
