using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Serves media files with byte ranges, so that a player can seek, to those who may see an item that uses them.</summary>
public sealed class MediaController(MediaFolder media, MediaFiles files) : Controller
{
    // Whatever a file turns out to be, it runs nothing and loads nothing.
    private const string Policy = "default-src 'none'; sandbox";

    // A browser's own viewer is a plug-in to it and does not start in a sandbox. It never runs in the name of this site.
    private const string ViewerPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    [HttpGet("/media/{**path}")]
    public async Task<IActionResult> Show(string path)
    {
        if (media.Find(path) is not { } file) return NotFound();
        var visibility = await files.VisibilityAsync(path, User.ToVisitor());
        if (visibility == MediaVisibility.None) return NotFound();
        var changed = System.IO.File.GetLastWriteTimeUtc(file);
        var tag = new EntityTagHeaderValue($"\"{changed.Ticks:x}-{new FileInfo(file).Length:x}\"");
        // A minute is also how long a shared cache may keep what has been withdrawn.
        Response.Headers.CacheControl = visibility == MediaVisibility.Public ? "public, max-age=60" : "private, no-store";
        var type = MediaAddress.ContentType(path);
        var isViewed = type == MediaAddress.Pdf && Request.Query.ContainsKey("view");
        Response.Headers.ContentSecurityPolicy = isViewed ? ViewerPolicy : Policy;
        if (isViewed) Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = await NameAsync(path) }.ToString();
        return (isViewed || MediaAddress.IsShown(type)) && !Request.Query.ContainsKey("download")
            ? PhysicalFile(file, type, changed, tag, enableRangeProcessing: true)
            : PhysicalFile(file, type, await NameAsync(path), changed, tag, enableRangeProcessing: true);
    }

    private async Task<string> NameAsync(string path) =>
        await files.FindAsync(path) is { } upload ? Path.ChangeExtension(upload.FileName, Path.GetExtension(path)) : Path.GetFileName(path);
}
