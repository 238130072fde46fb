using System.Diagnostics;
using System.Globalization;
using KnowledgePortal.Cms.Data;
using Microsoft.AspNetCore.Diagnostics;
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
        if (DiskFailure.Of(HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error) is { } failure)
        {
            // Nothing was written, and nobody has to restart anything: it may simply be sent again.
            status = failure == DiskFailureKind.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = failure == DiskFailureKind.Busy ? "5" : "60";
            return Page("Unsaved", status);
        }
        return Page(status == StatusCodes.Status404NotFound ? "NotFound" : "Error", status);
    }

    private ViewResult Page(string view, int status)
    {
        var page = new ErrorPage(status, Activity.Current?.Id ?? HttpContext.TraceIdentifier);
        Response.StatusCode = status;
        return View(view, page);
    }
}
