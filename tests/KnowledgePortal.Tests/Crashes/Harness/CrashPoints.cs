namespace KnowledgePortal.Tests.Crashes.Harness;

/// <summary>The places in the code where a process is made to die, by what has to be done to come there. docs/durability.md says what each is.</summary>
public static class CrashPoints
{
    private static readonly string[] FileSteps = ["file.write", "file.fsync", "file.rename", "file.fsync-folder"];
    private static readonly string[] MediaSteps = ["media.staged", "media.row", "media.before-rename", "media.after-rename"];
    private static readonly string[] EngineSteps = ["create", "write", "synchronize", "rename", "synchronize-folder"];

    public static IReadOnlyList<string> Publish { get; } =
        ["publish.stored", "publish.before-audit", "publish.before-activity", "publish.before-commit", "publish.after-commit", "publish.before-purge"];

    public static IReadOnlyList<string> Index { get; } =
    [
        "index.before-batch", "index.before-commit", "index.after-commit",
        .. new[] { "segment", "live", "commit" }.SelectMany(file => EngineSteps.Select(step => $"index.{file}.{step}")),
    ];

    public static IReadOnlyList<string> Upload { get; } = [.. FileSteps, .. MediaSteps, "upload.before-commit", "upload.after-commit"];

    public static IReadOnlyList<string> Recipe { get; } = [.. FileSteps, .. MediaSteps, "recipe.step", "recipe.before-commit", "recipe.after-commit"];

    public static IReadOnlyList<string> Import { get; } = ["import.item", "import.before-commit", "import.after-commit"];
}
