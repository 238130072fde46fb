using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>The section of a session's record that leads to its recording; nothing when there is none.</summary>
public sealed class RecordingOfSession(RecordingQueries recordings) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(SessionRow session) =>
        await recordings.OfSessionAsync(session.ContentItemId, await HttpContext.ViewersAsync()) is { } recording ? View(recordings.Summary(recording, session)) : Content("");
}
