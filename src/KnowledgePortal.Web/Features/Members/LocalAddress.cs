namespace KnowledgePortal.Web.Features.Members;

/// <summary>An address to return to: on this site and safe in a header, or none.</summary>
public static class LocalAddress
{
    private static readonly Uri Here = new("http://portal.invalid/");

    // What is parsed is compared, and what comes out is looked at again: "/\host", "//host", "/.//host" and "\thttps:" all read as a path to somebody.
    public static string? Parse(string? text)
    {
        if (text is null || !text.StartsWith('/') || text.Any(char.IsControl) || text.Contains('\\')) return null;
        if (!Uri.TryCreate(Here, text, out var address) || address.Scheme != Here.Scheme || address.Authority != Here.Authority) return null;
        var path = address.PathAndQuery + address.Fragment;
        return path.StartsWith("//", StringComparison.Ordinal) || path.Any(c => !char.IsAscii(c)) ? null : path;
    }

    /// <summary>The page of this site that a link was followed from, unless it is one about signing in.</summary>
    public static string? Referrer(HttpRequest request)
    {
        if (!Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from) || from.Authority != request.Host.Value) return null;
        string[] own = ["/login", "/logout", "/forgot-password", "/reset-password", "/accept-invitation", "/account"];
        return own.Any(path => from.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase)) ? null : Parse(from.PathAndQuery);
    }
}
