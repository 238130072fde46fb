using System.Text.Json.Nodes;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>A recording as a VideoObject of schema.org with its chapters as clips; null while there is no video or no picture of it.</summary>
public static class RecordingVideo
{
    public static JsonObject? Of(WatchPage page, PortalSettings settings)
    {
        if (page.VideoUrl is not { } video || page.PosterUrl is not { } poster || page.UploadedUtc is null) return null;
        var clips = page.Chapters.Select((chapter, at) => SchemaOrg.Thing(
            "Clip", ("name", chapter.Title), ("startOffset", chapter.Start),
            ("endOffset", at + 1 < page.Chapters.Count ? page.Chapters[at + 1].Start : page.Seconds > chapter.Start ? page.Seconds : chapter.Start + 1),
            ("url", $"{page.Url}?t={chapter.Start}")));
        return SchemaOrg.Thing(
            "VideoObject",
            ("name", page.Title), ("description", page.Session.OneLine.Length > 0 ? page.Session.OneLine : page.Session.Title), ("thumbnailUrl", new JsonArray(settings.BaseUrl + poster)),
            ("uploadDate", SchemaOrg.Time(page.UploadedUtc)), ("duration", page.Seconds > 0 ? $"PT{page.Seconds}S" : null), ("contentUrl", settings.BaseUrl + video), ("url", page.Url),
            ("inLanguage", "th"), ("hasPart", new JsonArray([.. clips])));
    }
}
