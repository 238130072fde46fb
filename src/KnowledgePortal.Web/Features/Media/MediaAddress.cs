namespace KnowledgePortal.Web.Features.Media;

/// <summary>How a media path is addressed and typed over HTTP.</summary>
public static class MediaAddress
{
    public const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".webp"] = "image/webp", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
        [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4", [".vtt"] = "text/vtt; charset=utf-8",
    };

    /// <summary>The address of a media path, each segment encoded.</summary>
    public static string Url(string mediaPath) => "/media/" + string.Join('/', mediaPath.Split('/').Select(Uri.EscapeDataString));

    public static string ContentType(string mediaPath) => Types.GetValueOrDefault(Path.GetExtension(mediaPath), Unknown);
}
