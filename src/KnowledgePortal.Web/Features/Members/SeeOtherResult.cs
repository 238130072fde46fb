using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

public static class SeeOtherResult
{
    /// <summary>After a form: a page that can be loaded again without sending the form again.</summary>
    public static IActionResult SeeOther(this Controller controller, string path)
    {
        controller.Response.Headers.Location = path;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}
