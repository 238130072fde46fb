namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>Where a link or a picture in somebody's text may lead: http, https, mailto, tel or this site.</summary>
public static class SafeAddress
{
    /// <summary>The address as a browser reads it; null when it may not be followed.</summary>
    public static string? OfLink(string? address) => Of(address, "http", "https", "mailto", "tel");

    /// <summary>The same for what a page loads by itself.</summary>
    public static string? OfPicture(string? address) => Of(address, "http", "https");

    private static string? Of(string? address, params ReadOnlySpan<string> schemes)
    {
        if (address is null) return null;
        // Browsers take tabs and line ends out of an address, and controls and spaces off its start, before they look for the scheme.
        var read = new string([.. address.Where(c => c is not ('\t' or '\n' or '\r'))]).Trim([.. Enumerable.Range(0, 0x21).Select(c => (char)c)]);
        // Two slashes leave the site, however they lean.
        if (read.Length > 1 && read[0] is ('/' or '\\') && read[1] is ('/' or '\\')) return "https://" + read[2..];
        var end = read.IndexOfAny([':', '/', '?', '#', '\\']);
        if (end < 0 || read[end] != ':') return read;
        foreach (var scheme in schemes)
            if (read.AsSpan(0, end).Equals(scheme, StringComparison.OrdinalIgnoreCase)) return read;
        return null;
    }
}
