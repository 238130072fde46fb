using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>
/// Turns the files that came with a form into media paths, so that they are not lost when something else is wrong; and lets nobody attach a file
/// that is neither his own nor the item's already, for what an item uses becomes public with it.
/// </summary>
public sealed class FormUploads(Uploads uploads, MediaFiles files, RolePermissions permissions)
{
    public async Task TakeAsync(IFormCollection posted, FormSchema schema, TypedForm typed, ContentItem item, Visitor visitor, FormFindings findings)
    {
        var own = MediaUsage.Paths(item.Parts).ToHashSet();
        foreach (var (plan, prefix) in schema.Placed(typed).Where(f => f.Plan.Editor is MediaEditor).ToList())
        {
            var place = prefix + plan.Path;
            var paths = new List<string>();
            foreach (var path in typed.All($"{place}.Path").Where(p => p.Length > 0).Take(TypedText.MostRows))
                if (own.Contains(path) || (await files.FindAsync(path) is { } file && file.MediaPath == path && file.UploadedBy == visitor.Name)) paths.Add(path);
                else findings.Refuse(place, "ใช้ไฟล์นี้ไม่ได้ ให้เลือกไฟล์จากเครื่องของท่านใหม่", "holds a file that is not yours");
            foreach (var sent in posted.Files.GetFiles($"{typed.PostedName(place)}.File").Where(f => f.FileName.Length > 0))
                if (await StoreAsync(sent, plan, place, visitor, findings) is { } stored) paths.Add(stored);
            typed.Set($"{place}.Path", paths);
        }
    }

    private async Task<string?> StoreAsync(IFormFile sent, FieldPlan plan, string place, Visitor visitor, FormFindings findings)
    {
        if (!await permissions.HasAsync(visitor, TakesUploadsAttribute.Permission))
        {
            findings.Refuse(place, "บัญชีของท่านส่งไฟล์ไม่ได้", "your account sends no files");
            return null;
        }
        await using var stream = sent.OpenReadStream();
        var outcome = await uploads.StoreAsync(stream, sent.FileName, visitor, plan.Settings.Texts("AllowedExtensions"));
        if (outcome.Refusal is { } reason) findings.Refuse(place, reason);
        return outcome.File?.MediaPath;
    }
}
