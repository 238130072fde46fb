using System.IO.Compression;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>The files that lie beside a recipe: a folder, or the rest of a package.</summary>
public interface IRecipeFiles
{
    /// <summary>A file by its path relative to the recipe; null when it is missing or lies outside.</summary>
    Stream? Open(string relativePath);

    /// <summary>Names of the recipes that lie beside this one.</summary>
    IEnumerable<string> RecipeNames();
}

/// <summary>A folder. A link is not followed, because it may lead out.</summary>
internal sealed class RecipeFolder(string folder) : IRecipeFiles
{
    public Stream? Open(string relativePath)
    {
        if (relativePath.Length == 0 || relativePath.Contains('\0')) return null;
        var path = Path.GetFullPath(Path.Combine(folder, relativePath.Replace('\\', '/')));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path)) return null;
        for (var at = path; at.Length > folder.Length; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(at).LinkTarget is not null) return null;
        return File.OpenRead(path);
    }

    public IEnumerable<string> RecipeNames() =>
        Directory.EnumerateFiles(folder, "*.recipe.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
}

/// <summary>A package: a zip file with <c>Recipe.json</c> in its root. Nothing is unpacked to where its names say.</summary>
internal sealed class RecipePackage : IRecipeFiles
{
    public const string RecipeName = "Recipe.json";
    private readonly string _path;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RecipePackage(string path)
    {
        _path = path;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > RecipeLimits.PackageFiles) throw Refuse($"more than {RecipeLimits.PackageFiles} files");
            var total = 0L;
            foreach (var entry in archive.Entries)
            {
                var name = entry.FullName;
                if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Contains('\0') || name.Split('/').Contains("..")) throw Refuse($"\"{name}\" leads out of the package");
                if (!name.EndsWith('/') && !_names.Add(name)) throw Refuse($"\"{name}\" is there twice");
                if (entry.Length > RecipeLimits.FileBytes || (total += entry.Length) > RecipeLimits.PackageBytes) throw Refuse($"\"{name}\" is too large");
                if (entry.Length > RecipeLimits.TextBytes && entry.Length / Math.Max(1, entry.CompressedLength) > RecipeLimits.PackedRatio) throw Refuse($"\"{name}\" is a bomb");
            }
        }
        catch (InvalidDataException error)
        {
            throw Refuse(error.Message);
        }
    }

    /// <summary>Unpacks into a temporary file without a name of the package's choosing; what an entry says of its size is not believed.</summary>
    public Stream? Open(string relativePath)
    {
        var wanted = relativePath.Replace('\\', '/');
        var name = _names.Contains(wanted) ? wanted : _names.FirstOrDefault(n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (name is null) return null;
        using var archive = ZipFile.OpenRead(_path);
        var entry = archive.GetEntry(name)!;
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            using var packed = entry.Open();
            var buffer = new byte[1 << 16];
            for (var read = packed.Read(buffer); read > 0; read = packed.Read(buffer))
            {
                if (file.Length + read > Math.Min(entry.Length, RecipeLimits.FileBytes)) throw Refuse($"\"{relativePath}\" is larger than it says");
                file.Write(buffer, 0, read);
            }
            file.Position = 0;
            return file;
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw Refuse($"\"{relativePath}\": {error.Message}");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public IEnumerable<string> RecipeNames() => _names.Where(n => !n.Contains('/') && n.EndsWith(".recipe.json", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private InvalidRecipeException Refuse(string why) => new($"{Path.GetFileName(_path)}: {why}");
}
