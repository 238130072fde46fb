namespace KnowledgePortal.Web.Features.Members;

/// <summary>A browser in words, so that people know their own again; the header itself is not kept.</summary>
public static class Browsers
{
    private static readonly (string Sign, string Name)[] Programs =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Line/", "LINE"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Chrome · Windows; empty when the header says nothing known.</summary>
    public static string Describe(string userAgent) =>
        string.Join(" · ", new[] { First(Programs, userAgent), First(Systems, userAgent) }.OfType<string>());

    private static string? First((string Sign, string Name)[] signs, string userAgent) =>
        signs.FirstOrDefault(s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name;
}
