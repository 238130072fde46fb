using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>Lets mail and webhooks go that are held since a restore.</summary>
[Requires("ManageSettings")]
public sealed class MailReleasesController(HeldSendings held) : Controller
{
    [HttpPost("/admin/mail-releases")]
    public async Task<IActionResult> Create(bool discard)
    {
        await held.ReleaseAsync(discard, User.ToVisitor().Actor());
        return this.SeeOther("/admin");
    }
}
