using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Hosting.Errors;

/// <summary>Pages for what is not there and for what failed; reached by re-execution, so the address stays the reader's.</summary>
public sealed class ErrorsController : Controller
{
    // A form that was refused is re-executed here with its method and without its token.
    [IgnoreAntiforgeryToken, DisableRateLimiting]
    [Route("/errors/{status:range(400,599)}")]
    public IActionResult Show()
    {
        // Not a parameter: binding reads the form first, and a form that cannot be read may be why we are here.
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        var page = new ErrorPage(status, Activity.Current?.Id ?? HttpContext.TraceIdentifier);
        Response.StatusCode = status;
        return View(status == StatusCodes.Status404NotFound ? "NotFound" : "Error", page);
    }
}
