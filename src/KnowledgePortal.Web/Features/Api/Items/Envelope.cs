using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Api.Answers;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>
/// What stands around the parts of an item is the site's to write: ids, flags, times, people. Sent back as it was it does no harm; anything else is refused
/// rather than passed over, so that nobody believes it was stored.
/// </summary>
public static class Envelope
{
    public static IReadOnlyList<string> Names { get; } =
        ["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author"];

    // What an item is called follows from its title; a type without a title keeps what it is given.
    private static readonly string[] Given = ["ContentType", "DisplayText"];

    /// <param name="sent">The item, or a patch of it.</param>
    /// <param name="before">The item as it is; null for a new one.</param>
    public static IEnumerable<FieldFault> Check(JsonObject sent, ContentItem? before)
    {
        var current = before is null ? [] : ContentItemJson.Write(before);
        foreach (var (name, value) in sent)
        {
            if (!Names.Contains(name))
            {
                if (value is not (null or JsonObject or JsonArray)) yield return new FieldFault(name, new("ไม่มีช่องนี้ ส่วนของเนื้อหาต้องเป็นวัตถุ", "there is no such member; parts are objects"));
            }
            else if (name == "DisplayText" || name == "ContentType" && before is null)
            {
                if (value is not null && value.GetValueKind() != System.Text.Json.JsonValueKind.String) yield return new FieldFault(name, new("ต้องเป็นข้อความ", "must be a string"));
            }
            else if (value is not null && !JsonNode.DeepEquals(value, current[name]))
            {
                yield return new FieldFault(name, Given.Contains(name) ? new("เปลี่ยนชนิดของรายการไม่ได้", "the type of an item does not change") : new("ระบบเป็นผู้กำหนดค่านี้", "the site sets this"));
            }
        }
    }

    /// <summary>Puts the parts that were sent into an item.</summary>
    public static void Take(JsonObject sent, ContentItem into)
    {
        into.Parts.Clear();
        foreach (var (name, value) in sent)
            if (!Names.Contains(name) && value is JsonObject or JsonArray) into.Parts[name] = value.DeepClone();
        if (sent["DisplayText"] is JsonValue title) into.DisplayText = title.GetValue<string>();
    }
}
