using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Takes one file outside a form and says where it lies.</summary>
[TakesUploads]
public sealed class UploadsController(Uploads uploads, RolePermissions permissions) : Controller
{
    [HttpPost("/manage/media")]
    public async Task<IActionResult> Create(IFormFile? file)
    {
        var visitor = User.ToVisitor();
        if (visitor.Name is null || !await permissions.HasAsync(visitor, TakesUploadsAttribute.Permission)) return NotFound();
        if (file is null) return Problem(statusCode: StatusCodes.Status422UnprocessableEntity, title: "ยังไม่ได้เลือกไฟล์");
        await using var stream = file.OpenReadStream();
        var outcome = await uploads.StoreAsync(stream, file.FileName, visitor, []);
        return outcome.File is { } stored
            ? Created(MediaAddress.Url(stored.MediaPath), new { path = stored.MediaPath, url = MediaAddress.Url(stored.MediaPath), name = stored.FileName, stored.ContentType, stored.Length })
            : Problem(statusCode: StatusCodes.Status422UnprocessableEntity, title: outcome.Refusal!.Thai);
    }
}
