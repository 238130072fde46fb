using System.Text.Json;

namespace KnowledgePortal.Web.Hosting;

/// <summary>The theme's built files: a logical name (<c>site.css</c>) to the address of the file with its content hash.</summary>
public sealed class ThemeAssets
{
    public const string RequestPath = "/assets";
    private readonly Dictionary<string, string> _files;

    public ThemeAssets(PortalSettings settings)
    {
        var manifest = Path.Combine(settings.ThemeAssets, "manifest.json");
        if (!File.Exists(manifest)) throw new FileNotFoundException($"{manifest} is missing: run `node themes/build.mjs`", manifest);
        _files = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(manifest))!;
    }

    /// <exception cref="KeyNotFoundException">The theme has no file of that name.</exception>
    public string Url(string name) => $"{RequestPath}/{_files[name]}";
}
