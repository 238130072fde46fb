using System.Security.Cryptography;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Media;

/// <summary>A media file that lies hidden beside its place, durably, and is not anybody's yet.</summary>
public sealed record StagedMedia(string MediaPath, string StagedAs, string Sha256, long Length);

/// <summary>
/// Media files on disk, addressed by a path below the folder (<c>recordings/x.mp4</c>). What lies there is written down in <c>media_contents</c>, in the
/// transaction of what uses it; files come to their places and leave them after its commit, and <see cref="MediaRecovery"/> ends what a crash interrupted.
/// </summary>
public sealed class MediaFolder(string root)
{
    /// <summary>How files end that wait for their commit.</summary>
    public const string StagedExtension = ".staged";

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
    public async Task WriteAsync(string mediaPath, Func<Stream, Task> write, DatabaseTransaction transaction) =>
        await PlaceAsync(await StageAsync(mediaPath, write), transaction);

    /// <summary>Writes a file durably beside its place, where nobody sees it; for what is too large to be written inside a transaction.</summary>
    /// <exception cref="ArgumentException">The path is refused by <see cref="Resolve"/>.</exception>
    public async Task<StagedMedia> StageAsync(string mediaPath, Func<Stream, Task> write)
    {
        var file = Resolve(mediaPath) ?? throw new ArgumentException($"\"{mediaPath}\" is not a media path", nameof(mediaPath));
        var staged = $".{Path.GetRandomFileName()}{StagedExtension}";
        using var hash = SHA256.Create();
        await DurableFile.WriteAsync(Path.Combine(Path.GetDirectoryName(file)!, staged), async stream =>
        {
            await using var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
            await write(hashing);
        });
        FailPoint.Reach("media.staged");
        var length = new FileInfo(Path.Combine(Path.GetDirectoryName(file)!, staged)).Length;
        return new StagedMedia(mediaPath, staged, Convert.ToHexStringLower(hash.Hash!), length);
    }

    /// <summary>Makes a staged file the one that readers see, together with what else the transaction does.</summary>
    public async Task PlaceAsync(StagedMedia staged, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync(
            """
            insert into media_contents (media_path, sha256, length, staged_as) values (@MediaPath, @Sha256, @Length, @StagedAs)
            on conflict (media_path) do update set sha256 = excluded.sha256, length = excluded.length, staged_as = excluded.staged_as, is_leaving = 0
            """,
            staged);
        FailPoint.Reach("media.row");
        transaction.AfterCommit(() => Place(staged.MediaPath, staged.StagedAs));
        transaction.AfterRollback(() => Drop(staged));
    }

    /// <summary>Takes back a staged file that will not be used.</summary>
    public void Drop(StagedMedia staged) => DeleteFile(StagedFile(staged.MediaPath, staged.StagedAs));

    /// <summary>Deletes a file, or every file of a folder, once the transaction has committed.</summary>
    public async Task RemoveAsync(string mediaPath, DatabaseTransaction transaction)
    {
        var removed = await transaction.QueryAsync<string>(
            "update media_contents set is_leaving = 1 where media_path = @mediaPath or substr(media_path, 1, @length) = @folder returning media_path",
            new { mediaPath, folder = mediaPath + "/", length = mediaPath.Length + 1 });
        FailPoint.Reach("media.leaving");
        transaction.AfterCommit(() =>
        {
            foreach (var path in removed) Delete(path);
        });
    }

    // Another process that starts just now may have put it there already.
    internal void Place(string mediaPath, string stagedAs)
    {
        FailPoint.Reach("media.before-rename");
        var staged = StagedFile(mediaPath, stagedAs);
        if (!File.Exists(staged)) return;
        try
        {
            DurableFile.Move(staged, Resolve(mediaPath)!);
        }
        catch (FileNotFoundException)
        {
            return;
        }
        FailPoint.Reach("media.after-rename");
    }

    internal bool IsStaged(string mediaPath, string stagedAs) => File.Exists(StagedFile(mediaPath, stagedAs));

    internal void Delete(string mediaPath)
    {
        if (Resolve(mediaPath) is { } file) DeleteFile(file);
    }

    private void DeleteFile(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder)) return;
        File.Delete(file);
        if (folder != Root && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    private string StagedFile(string mediaPath, string stagedAs) => Path.Combine(Path.GetDirectoryName(Resolve(mediaPath)!)!, stagedAs);
}
