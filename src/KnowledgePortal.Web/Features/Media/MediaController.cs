using KnowledgePortal.Cms.Media;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Serves media files with byte ranges, so that a player can seek.</summary>
public sealed class MediaController(MediaFolder media) : Controller
{
    [HttpGet("/media/{**path}")]
    public IActionResult Show(string path)
    {
        if (media.Find(path) is not { } file) return NotFound();
        var changed = System.IO.File.GetLastWriteTimeUtc(file);
        var tag = new EntityTagHeaderValue($"\"{changed.Ticks:x}-{new FileInfo(file).Length:x}\"");
        Response.Headers.CacheControl = "public, max-age=300";
        var type = MediaAddress.ContentType(path);
        return type == MediaAddress.Unknown
            ? PhysicalFile(file, type, Path.GetFileName(file), changed, tag, enableRangeProcessing: true)
            : PhysicalFile(file, type, changed, tag, enableRangeProcessing: true);
    }
}
