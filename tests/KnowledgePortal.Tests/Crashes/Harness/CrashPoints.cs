namespace KnowledgePortal.Tests.Crashes.Harness;

/// <summary>The places in the code where a process is made to die, by what has to be done to come there. docs/durability.md says what each is.</summary>
public static class CrashPoints
{
    /// <summary>Every commit.</summary>
    public const string Commit = "database.commit";

    private static readonly string[] MediaSteps = ["media.staged", "media.row", "media.before-rename", "media.after-rename"];
    private static readonly string[] EngineSteps = ["create", "write", "synchronize", "rename", "synchronize-folder"];

    public static IReadOnlyList<string> FileSteps { get; } = ["file.write", "file.fsync", "file.rename", "file.fsync-folder"];

    public static IReadOnlyList<string> Publish { get; } =
        ["publish.stored", "publish.before-audit", "publish.before-activity", "publish.before-commit", "publish.after-commit", "publish.before-purge"];

    public static IReadOnlyList<string> Index { get; } =
    [
        "index.before-batch", "index.before-commit", "index.after-commit",
        .. new[] { "segment", "live", "commit" }.SelectMany(file => EngineSteps.Select(step => $"index.{file}.{step}")),
    ];

    public static IReadOnlyList<string> Upload { get; } = [.. FileSteps, .. MediaSteps, "upload.before-commit", "upload.after-commit"];

    /// <summary>The steps of a file's writing are those of an upload.</summary>
    public static IReadOnlyList<string> Recipe { get; } = [.. MediaSteps, "recipe.step", "recipe.before-commit", "recipe.after-commit"];

    public static IReadOnlyList<string> Import { get; } = ["import.item", "import.before-commit", "import.after-commit"];

    public static IReadOnlyList<string> Backup { get; } = ["backup.database", "backup.media", "backup.manifest", "backup.before-rename"];

    /// <summary>While the backup is copied: afterwards there is no site.</summary>
    public static IReadOnlyList<string> RestoreCopying { get; } = ["restore.file", "restore.loaded", "restore.before-ready"];

    /// <summary>While it takes the site's place: afterwards there is the restored one.</summary>
    public static IReadOnlyList<string> RestoreSwapping { get; } = ["restore.ready", "restore.swapped", "restore.put-away", "restore.moved", "restore.adapted"];

    /// <summary>Inside of the transaction in which PostgreSQL exchanges the two.</summary>
    public const string RestoreRenaming = "restore.swapping";
}
