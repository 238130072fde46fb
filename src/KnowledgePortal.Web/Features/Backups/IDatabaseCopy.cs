namespace KnowledgePortal.Web.Features.Backups;

/// <summary>A media file as a copied database names it.</summary>
public sealed record CopiedMedia
{
    public string MediaPath { get; init; } = "";
    public string Sha256 { get; init; } = "";

    /// <summary>Its hidden name, when it has not come to its place.</summary>
    public string? StagedAs { get; init; }
}

/// <summary>What a copy of a database holds, as of the one moment at which it was made.</summary>
public sealed record CopiedDatabase(IReadOnlyList<string> Migrations, SortedDictionary<string, long> Counts, IReadOnlyList<CopiedMedia> Media)
{
    public const string MigrationsOf = "select name from migrations order by name";
    public const string MediaOf = "select media_path, sha256, staged_as from media_contents where is_leaving = 0 order by media_path";
}

/// <summary>A database as one file, copied by its own program: SQLite or PostgreSQL.</summary>
public interface IDatabaseCopy
{
    /// <summary>As manifests name it.</summary>
    string Kind { get; }

    /// <summary>What the file is called in a backup.</summary>
    string FileName { get; }

    /// <summary>True when there is something that a restore would meet.</summary>
    Task<bool> HasSiteAsync();

    /// <summary>Copies the database while it is in use.</summary>
    Task<CopiedDatabase> SaveAsync(string file);

    /// <summary>What is wrong with a copy; null when it is whole.</summary>
    Task<string?> ProblemAsync(string file, BackupManifest manifest);

    /// <summary>Makes the database of a copy that lies ready, where that takes more than moving the file.</summary>
    Task LoadAsync(string file);
}
