using System.Security.Cryptography;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Copies a file durably and says what was copied.</summary>
internal static class FileCopy
{
    public static async Task<(long Length, string Sha256)> WriteAsync(string from, string to)
    {
        using var hash = SHA256.Create();
        await using var source = File.OpenRead(from);
        await DurableFile.WriteAsync(to, async stream =>
        {
            await using var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
            await source.CopyToAsync(hashing);
        });
        return (source.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    public static async Task<string> HashAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }

    /// <summary>Every file below a folder by its path there, with slashes.</summary>
    public static IEnumerable<string> Below(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)
        : [];
}
