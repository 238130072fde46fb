using System.Text.Json;

namespace KnowledgePortal.Web.Hosting.Themes;

/// <summary>
/// The files that <c>themes/build.mjs</c> made for one theme. A file's address carries the hash of its content, so it may be cached for ever.
/// </summary>
public sealed class ThemeAssets
{
    public const string Prefix = "/theme/";

    private readonly Dictionary<string, string> addresses;

    private ThemeAssets(string folder, Dictionary<string, string> addresses)
    {
        Folder = folder;
        this.addresses = addresses;
    }

    /// <summary>Where the files lie; text files have <c>.br</c> and <c>.gz</c> beside them.</summary>
    public string Folder { get; }

    /// <summary>The address of a file by the name of its source, such as <c>site.css</c>.</summary>
    public string this[string name] => addresses.TryGetValue(name, out var address)
        ? address
        : throw new InvalidOperationException($"The theme has no file {name}; is {Folder} older than its sources? Build it with: npm run build");

    public static ThemeAssets Load(string folder)
    {
        var manifest = Path.Combine(folder, "manifest.json");
        if (!File.Exists(manifest))
            throw new InvalidOperationException($"The theme's files are not built: {manifest} is missing. Build them with: npm ci && npm run build");
        var files = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(manifest))!;
        return new ThemeAssets(folder, files.ToDictionary(file => file.Key, file => Prefix + file.Value));
    }
}
