namespace KnowledgePortal.Search.Indexing;

/// <summary>The folder of an index, locked for one writer. The lock ends with the process, so a crash leaves no stale one.</summary>
internal sealed class IndexFolder : IDisposable
{
    private const string LockName = "write.lock";
    private const string SegmentExtension = ".segment";
    private const string LiveExtension = ".live";

    private readonly FileStream _lock;

    public IndexFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
        try
        {
            _lock = new FileStream(Named(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse)
        {
            throw new IndexLockedException($"Another writer has the index in {Path} open.", inUse);
        }
    }

    public string Path { get; }

    /// <summary>True for a folder in which nothing was ever committed.</summary>
    public bool IsNew => !File.Exists(Named(CommitPoint.FileName)) && !IndexFiles().Any();

    public string Named(string name) => System.IO.Path.Combine(Path, name);

    public static string SegmentName(long number) => $"{number:x8}{SegmentExtension}";

    public static string LiveName(long number) => $"{number:x8}{LiveExtension}";

    /// <summary>Deletes what no commit names: the rest of crashed writes and of merged segments.</summary>
    public void DeleteAllBut(IReadOnlyCollection<string> names)
    {
        foreach (var path in IndexFiles().Concat(Directory.EnumerateFiles(Path, "*.tmp")).ToList())
        {
            var name = System.IO.Path.GetFileName(path);
            if (!names.Contains(name) && !names.Contains(name[..^(name.EndsWith(".tmp", StringComparison.Ordinal) ? 4 : 0)]))
                File.Delete(path);
        }
    }

    public void Dispose() => _lock.Dispose();

    private IEnumerable<string> IndexFiles() =>
        Directory.EnumerateFiles(Path, "*" + SegmentExtension).Concat(Directory.EnumerateFiles(Path, "*" + LiveExtension));
}
