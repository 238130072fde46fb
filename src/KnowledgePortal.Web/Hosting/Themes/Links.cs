namespace KnowledgePortal.Web.Hosting.Themes;

/// <summary>Addresses inside the site; views import it with <c>using static</c>.</summary>
public static class Links
{
    /// <summary>Content keeps its path without a leading slash.</summary>
    public static string To(string path) => path.StartsWith('/') || path.Contains("://", StringComparison.Ordinal) ? path : "/" + path;

    public static string ToSearch(string query) => "/search?q=" + Uri.EscapeDataString(query);
}

/// <summary>One step of the way from the front page to here; the last one has no path.</summary>
public sealed record Crumb(string Title, string? Path = null);
