namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Lines that name where the news comes from: ที่มา : https://…</summary>
internal static class NewsSource
{
    private const int LongestAddress = 2000;

    private static readonly string[] Labels =
        ["ที่มา", "แหล่งที่มา", "แหล่งข้อมูล", "ขอขอบคุณข้อมูลจาก", "ขอบคุณข้อมูลจาก", "ขอบคุณที่มา", "ข้อมูลจาก", "ข้อมูล", "อ้างอิง", "Source", "Credit"];

    /// <summary>The address when the line is a label and an address and nothing else; else null.</summary>
    public static string? Of(string line)
    {
        foreach (var label in Labels)
        {
            if (!line.StartsWith(label, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = line.AsSpan(label.Length).TrimStart();
            if (rest is not [':' or '：', ..]) continue;
            return Address(rest[1..].Trim());
        }
        return null;
    }

    private static string? Address(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestAddress || text.Contains(' ')) return null;
        var hasScheme = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!Uri.TryCreate(hasScheme ? text.ToString() : $"https://{text}", UriKind.Absolute, out var address)) return null;
        if (address.HostNameType != UriHostNameType.Dns || !address.Host.Contains('.') || address.UserInfo.Length > 0) return null;
        return address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
    }
}
