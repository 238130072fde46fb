using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>What the definitions call the members of items.</summary>
public sealed class FieldLabels(IReadOnlyDictionary<string, ContentTypeDefinition> types)
{
    // Of these parts the first member is what the part is for, and bears its name; further members are named beside it.
    private static readonly Dictionary<string, string> Stock = new()
    {
        ["Title"] = "", ["Path"] = "", ["Markdown"] = "", ["Html"] = "", ["Alias"] = "", ["ContentItems"] = "", ["Widgets"] = "", ["Terms"] = "คำ", ["MenuItems"] = "",
        ["ScheduledPublishUtc"] = "", ["ScheduledArchiveUtc"] = "", ["Groups"] = "", ["SetHomepage"] = "เป็นหน้าแรก",
    };

    private static readonly Dictionary<string, string> Parts = new()
    {
        ["TitlePart"] = "ชื่อ", ["AutoroutePart"] = "ที่อยู่หน้าเว็บ", ["MarkdownBodyPart"] = "เนื้อหา", ["HtmlBodyPart"] = "เนื้อหา",
        ["PublishLaterPart"] = "เวลาที่จะเผยแพร่", ["ArchiveLaterPart"] = "เวลาที่จะถอน", ["DisplayText"] = "ชื่อ", [nameof(ViewGroupsPart)] = "ผู้ที่เห็น",
    };

    public string Of(string contentType, string part, string member)
    {
        var attached = types.GetValueOrDefault(contentType)?.Part(part);
        if (attached?.Fields.FirstOrDefault(f => f.Name == member) is { } field) return field.DisplayName;
        var name = attached is not null && attached.DisplayName != attached.Name ? attached.DisplayName : Parts.GetValueOrDefault(part, attached?.DisplayName ?? part);
        return member.Length == 0 ? name : Stock.TryGetValue(member, out var word) ? word.Length == 0 ? name : $"{name}: {word}" : $"{name}: {member}";
    }

    public ContentFieldDefinition? Field(string contentType, string part, string member) =>
        types.GetValueOrDefault(contentType)?.Part(part)?.Fields.FirstOrDefault(f => f.Name == member);

    /// <summary>Where the member stands in the definition; what the definition does not know comes last.</summary>
    public int Position(string contentType, string part, string member)
    {
        if (types.GetValueOrDefault(contentType) is not { } type) return 0;
        var place = 0;
        foreach (var attached in type.Parts)
        {
            if (attached.Name == part) return place + (attached.Fields.ToList().FindIndex(f => f.Name == member) is var at && at >= 0 ? at + 1 : 0);
            place += attached.Fields.Count + 1;
        }
        return int.MaxValue;
    }

    public string Type(string contentType) => types.GetValueOrDefault(contentType)?.DisplayName ?? contentType;
}
