using KnowledgePortal.Web.Hosting;

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

    /// <summary>Why nothing can take the place of the database that is there; null when it can.</summary>
    Task<Phrase?> ObstacleAsync();

    /// <summary>Makes a copy ready beside the database that is there, where that takes more than a file in its place; refuses one that has other rows than its manifest says.</summary>
    Task LoadAsync(string file, BackupManifest manifest);

    /// <summary>Puts what was loaded in the place of what is there, which is put away; does nothing where that is done.</summary>
    Task SwapAsync();
}
