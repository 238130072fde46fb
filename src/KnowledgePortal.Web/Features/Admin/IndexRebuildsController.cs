using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>Has the search index built again; the site goes on with the old one until the new one is complete.</summary>
[Requires("ManageSettings")]
public sealed class IndexRebuildsController(SearchIndex index, AuditTrail audit, Database database) : Controller
{
    [HttpPost("/admin/index-rebuilds")]
    public async Task<IActionResult> Create()
    {
        await using (var transaction = await database.BeginAsync())
        {
            await audit.RecordAsync(transaction, User.ToVisitor().Actor(), "index.rebuild", "SearchIndex", "", "", "");
            await transaction.CommitAsync();
        }
        await index.AskForRebuildAsync();
        return this.SeeOther("/admin#index");
    }
}
