namespace KnowledgePortal.Web.Features.Media;

/// <summary>How a media path is addressed and typed over HTTP.</summary>
public static class MediaAddress
{
    public const string Pdf = "application/pdf";
    public const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".webp"] = "image/webp", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
        [".pdf"] = Pdf, [".odt"] = "application/vnd.oasis.opendocument.text",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".mp3"] = "audio/mpeg", [".m4a"] = "audio/mp4", [".vtt"] = "text/vtt; charset=utf-8",
    };

    /// <summary>The address of a media path, each segment encoded.</summary>
    public static string Url(string mediaPath) => "/media/" + string.Join('/', mediaPath.Split('/').Select(Uri.EscapeDataString));

    private const string Uploads = "uploads/";

    /// <summary>What a path is known by in the tables: the folder of an upload with all its renditions, otherwise the path itself.</summary>
    public static string Key(string mediaPath) =>
        mediaPath.StartsWith(Uploads, StringComparison.Ordinal) && mediaPath.LastIndexOf('/') is var end && end > Uploads.Length ? mediaPath[..end] : mediaPath;

    /// <summary>The folder of a new upload: a random name, never one that was sent.</summary>
    public static string NewKey() => Uploads + Cms.Content.ContentIds.New();

    /// <summary>The address of a picture in one of its widths; other files have one address.</summary>
    public static string Rendition(string mediaPath, int width) =>
        mediaPath.StartsWith(Uploads, StringComparison.Ordinal) && mediaPath.EndsWith(Pictures.LargestName, StringComparison.Ordinal)
            ? Url($"{Key(mediaPath)}/{width}.webp")
            : Url(mediaPath);

    public static bool IsPdf(string mediaPath) => ContentType(mediaPath) == Pdf;

    /// <summary>The address at which a PDF is opened in the browser and not downloaded, so that <c>#page=</c> means something.</summary>
    public static string View(string mediaPath) => Url(mediaPath) + "?view";

    /// <summary>The kind of file as people call it: PDF, DOCX.</summary>
    public static string Kind(string mediaPath) => Path.GetExtension(mediaPath).TrimStart('.').ToUpperInvariant();

    /// <summary>True for what a browser shows inside a page; everything else is only downloaded.</summary>
    public static bool IsShown(string contentType) =>
        contentType.StartsWith("image/", StringComparison.Ordinal) || contentType.StartsWith("video/", StringComparison.Ordinal)
        || contentType.StartsWith("audio/", StringComparison.Ordinal) || contentType.StartsWith("text/vtt", StringComparison.Ordinal);

    public static string ContentType(string mediaPath) => Types.GetValueOrDefault(Path.GetExtension(mediaPath), Unknown);
}
