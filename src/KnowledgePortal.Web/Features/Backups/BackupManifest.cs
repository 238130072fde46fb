using System.Security.Cryptography;
using System.Text.Json;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>A file of a backup, by its path below the backup's folder.</summary>
public sealed record BackupFile(string Path, long Length, string Sha256);

/// <summary>What a backup holds. It is written last, with a hash of its own beside it: a folder without both is no backup.</summary>
public sealed record BackupManifest
{
    public const string OfPortal = "KnowledgePortal";
    public const int CurrentFormat = 1;
    public const string FileName = "manifest.json";
    public const string HashName = "manifest.json.sha256";

    private static readonly JsonSerializerOptions Json = new(JsonText.Options) { WriteIndented = true };

    public string Product { get; init; } = "";
    public int Format { get; init; }
    public string Version { get; init; } = "";

    /// <summary>The point to which the backup goes back: what was committed before is in it, what was committed later is not.</summary>
    public string CreatedUtc { get; init; } = "";

    /// <summary>Which kind of database: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public string Database { get; init; } = "";
    public string DatabaseFile { get; init; } = "";
    public IReadOnlyList<string> Migrations { get; init; } = [];

    /// <summary>Rows by table.</summary>
    public SortedDictionary<string, long> Counts { get; init; } = [];
    public IReadOnlyList<BackupFile> Files { get; init; } = [];

    /// <summary>Which table has not the rows that it should have; null when each has.</summary>
    public string? MissingRows(IReadOnlyDictionary<string, long> counts) =>
        Counts.Where(c => counts.GetValueOrDefault(c.Key, -1) != c.Value).Select(c => $"the table {c.Key} should have {c.Value} rows").FirstOrDefault();

    public async Task WriteAsync(string folder)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        await DurableFile.WriteAsync(Path.Combine(folder, FileName), stream => stream.WriteAsync(bytes).AsTask());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await DurableFile.WriteAsync(Path.Combine(folder, HashName), async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await writer.WriteAsync(hash);
        });
    }

    /// <summary>Null when the folder holds none, or one that was changed.</summary>
    public static async Task<BackupManifest?> ReadAsync(string folder)
    {
        var (manifest, hash) = (Path.Combine(folder, FileName), Path.Combine(folder, HashName));
        if (!File.Exists(manifest) || !File.Exists(hash)) return null;
        var bytes = await File.ReadAllBytesAsync(manifest);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != await File.ReadAllTextAsync(hash)) return null;
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(bytes, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
