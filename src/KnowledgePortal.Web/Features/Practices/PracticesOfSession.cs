using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>The section of a session's record that lists the practices and programmes told in it; nothing when there are none.</summary>
public sealed class PracticesOfSession(PracticeQueries practices) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(SessionRow session) =>
        await practices.ToldInAsync(session.ContentItemId, await HttpContext.ViewersAsync()) is { Count: > 0 } told ? View(told) : Content("");
}
