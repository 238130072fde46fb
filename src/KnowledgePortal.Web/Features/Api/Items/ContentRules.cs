using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>What a form keeps from people by not offering it, said in words to programs.</summary>
public sealed class ContentRules(MediaFiles files, ListChildren lists, RolePermissions permissions)
{
    private const string SettingsPermission = "ManageSettings";

    public async Task<IReadOnlyList<FieldFault>> CheckAsync(ContentItem item, ContentItem? before, bool mayPublish, Visitor visitor)
    {
        var faults = new List<FieldFault>();
        foreach (var part in new[] { ScheduledTimes.PublishLater, ScheduledTimes.ArchiveLater })
            if (!mayPublish && FormReading.IsChanged(part, item, before)) faults.Add(new FieldFault(part, new("ตั้งเวลาได้เฉพาะผู้มีสิทธิ์เผยแพร่", "only who may publish sets a time")));
        if (FormReading.IsChanged(nameof(ViewGroupsPart), item, before))
        {
            if (!mayPublish) faults.Add(new FieldFault(nameof(ViewGroupsPart), new("กำหนดผู้เห็นได้เฉพาะผู้มีสิทธิ์เผยแพร่", "only who may publish says who sees it")));
            else if (item.Parts[nameof(ViewGroupsPart)] is { } groups && !(groups is JsonObject { Count: 0 } || groups["Groups"] is JsonArray names && names.All(n => n is JsonValue name && name.TryGetValue(out string? text) && ViewGroups.IsGroup(text))))
                faults.Add(new FieldFault($"{nameof(ViewGroupsPart)}.Groups", new("มีชื่อกลุ่มที่ไม่รู้จัก", "holds a name that is no group")));
        }
        if (AddressFlags(item) != AddressFlags(before) && !await permissions.HasAsync(visitor, SettingsPermission))
            faults.Add(new FieldFault("AutoroutePart", new("เปลี่ยนได้เฉพาะ Path", "only Path can be changed")));
        if (FormReading.IsChanged("ContainedPart", item, before) && !await JoinsAsync(item, before, visitor))
            faults.Add(new FieldFault("ContainedPart", new("ย้ายรายการเข้าลำดับรายการนี้ไม่ได้", "the item cannot be put into this list")));
        var own = before is null ? [] : MediaUsage.Paths(before.Parts).ToHashSet();
        foreach (var path in MediaUsage.Paths(item.Parts, withLinks: false).Where(p => p.Length > 0 && !own.Contains(p)).Distinct())
            if (await files.FindAsync(path) is not { } file || file.MediaPath != path || file.UploadedBy != visitor.Name)
                faults.Add(new FieldFault("", new($"ใช้ไฟล์ {path} ไม่ได้ ต้องเป็นไฟล์ที่ท่านส่งขึ้นมา", $"the file “{path}” is not one that you have sent")));
        return faults;
    }

    private async Task<bool> JoinsAsync(ContentItem item, ContentItem? before, Visitor visitor)
    {
        if (before is not null && item.As<ContainedPart>().ListContentItemId == before.As<ContainedPart>().ListContentItemId) return true;
        if (item.As<ContainedPart>().ListContentItemId is not { Length: > 0 } list) return item.Parts["ContainedPart"] is null;
        var sent = item.Parts["ContainedPart"]!.DeepClone().AsObject();
        if (!await lists.JoinAsync(item, list, visitor)) return false;
        if (sent["Order"] is { } order) item.Parts["ContainedPart"]!["Order"] = order.DeepClone();
        return true;
    }

    private static (bool, bool, bool, bool) AddressFlags(ContentItem? item) =>
        item?.As<AutoroutePart>() is { } part ? (part.SetHomepage, part.Disabled, part.RouteContainedItems, part.Absolute) : default;
}
