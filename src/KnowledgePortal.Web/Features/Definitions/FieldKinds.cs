using KnowledgePortal.Web.Features.Editing;
using static KnowledgePortal.Web.Features.Definitions.SettingKind;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>A kind of field: what people call it, how it can be edited, and what can be set.</summary>
public sealed record FieldKind(string Name, string Title, IReadOnlyList<SettingPlan> Settings)
{
    /// <summary>Orchard's names of its editors; the first is the usual one.</summary>
    public IReadOnlyList<Choice> Editors { get; init; } = [];
}

/// <summary>Every kind of field that Orchard has and the form can edit.</summary>
public static class FieldKinds
{
    private const string Picked = "เลือกได้หลายรายการ";

    public static IReadOnlyList<FieldKind> All { get; } =
    [
        Kind("TextField", "ข้อความ", [
            Set("TextField", "DefaultValue", "ค่าเริ่มต้น"),
            new("TextFieldPredefinedListEditorSettings", "Options", "ตัวเลือก", Options) { Hint = "ใช้กับช่องแบบเลือกจากรายการ บรรทัดละหนึ่งตัวเลือก ถ้าค่าที่เก็บต่างจากคำที่แสดง เขียน ค่า | คำที่แสดง" },
            new("TextFieldPredefinedListEditorSettings", "DefaultValue", "ตัวเลือกเริ่มต้น"),
        ]) with { Editors = [new("", "บรรทัดเดียว"), new("TextArea", "หลายบรรทัด"), new("PredefinedList", "เลือกจากรายการ")] },
        Kind("MarkdownField", "ข้อความ Markdown", [Set("MarkdownField", "SanitizeHtml", "กรอง HTML ที่พิมพ์ปนมา", Flag) with { Default = "true" }], hasRequired: false),
        Kind("HtmlField", "ข้อความ HTML", [Set("HtmlField", "SanitizeHtml", "กรอง HTML ก่อนแสดง", Flag) with { Default = "true" }], hasRequired: false),
        Kind("BooleanField", "ใช่หรือไม่", [Set("BooleanField", "Label", "ข้อความข้างช่อง"), Set("BooleanField", "DefaultValue", "เริ่มต้นเป็นใช่", Flag)], hasRequired: false),
        Kind("NumericField", "ตัวเลข", [
            Set("NumericField", "Scale", "จำนวนทศนิยม", Number), Set("NumericField", "Minimum", "ไม่น้อยกว่า", Number), Set("NumericField", "Maximum", "ไม่เกิน", Number),
            Set("NumericField", "Placeholder", "ตัวอย่างในช่อง"), Set("NumericField", "DefaultValue", "ค่าเริ่มต้น", Number),
        ]),
        Kind("DateField", "วันที่", []),
        Kind("DateTimeField", "วันที่และเวลา", []),
        Kind("TimeField", "เวลา", []),
        Kind("LinkField", "ลิงก์", [
            Set("LinkField", "HintLinkText", "คำแนะนำของข้อความ"),
            Set("LinkField", "LinkTextMode", "ข้อความของลิงก์", OneOf) with { Default = "Optional", Offered = [new("Optional", "กรอกหรือไม่ก็ได้"), new("Required", "ต้องกรอก"), new("Static", "ใช้ข้อความเริ่มต้นเสมอ"), new("Url", "แสดงที่อยู่")] },
            Set("LinkField", "UrlPlaceholder", "ตัวอย่างที่อยู่"), Set("LinkField", "DefaultUrl", "ที่อยู่เริ่มต้น"), Set("LinkField", "DefaultText", "ข้อความเริ่มต้น"),
        ]),
        Kind("MediaField", "ไฟล์และรูปภาพ", [
            Set("MediaField", "Multiple", "หลายไฟล์", Flag) with { Default = "true" },
            Set("MediaField", "AllowMediaText", "มีคำอธิบายภาพ", Flag) with { Default = "true" },
            Set("MediaField", "AllowAnchors", "เก็บจุดกลางของภาพ", Flag),
            Set("MediaField", "AllowedExtensions", "นามสกุลที่รับ", Words) with { Hint = "บรรทัดละหนึ่งนามสกุล เช่น .pdf เว้นว่างคือทุกชนิดที่เว็บไซต์รับ" },
        ]),
        Kind("ContentPickerField", "รายการเนื้อหา", [
            Set("ContentPickerField", "Multiple", Picked, Flag), Set("ContentPickerField", "DisplayAllContentTypes", "เลือกได้ทุกชนิด", Flag),
            Set("ContentPickerField", "DisplayedContentTypes", "ชนิดที่เลือกได้", AnyOf) with { Offers = SettingOffer.Types },
        ]),
        Kind("TaxonomyField", "คำจากชุดคำ", [
            Set("TaxonomyField", "TaxonomyContentItemId", "ชุดคำ", OneOf) with { Offers = SettingOffer.Taxonomies },
            Set("TaxonomyField", "Unique", "เลือกได้คำเดียว", Flag), Set("TaxonomyField", "LeavesOnly", "เลือกได้เฉพาะคำชั้นล่างสุด", Flag),
            new("TaxonomyFieldTagsEditorSettings", "Open", "ผู้เขียนเพิ่มคำใหม่ได้ (ช่องแบบแท็ก)", Flag) { Default = "true" },
        ]) with { Editors = [new("", "รายการคำ"), new("Tags", "แท็ก")] },
        Kind("UserPickerField", "ผู้ใช้", [
            Set("UserPickerField", "Multiple", "เลือกได้หลายคน", Flag), Set("UserPickerField", "DisplayAllUsers", "ทุกบทบาท", Flag) with { Default = "true" },
            Set("UserPickerField", "DisplayedRoles", "บทบาทที่เลือกได้", AnyOf) with { Offers = SettingOffer.Roles },
        ]),
        Kind("MultiTextField", "หลายข้อความ", [
            Set("MultiTextField", "Options", "ตัวเลือก", Options) with { Hint = "บรรทัดละหนึ่งตัวเลือก เว้นว่างคือพิมพ์เองบรรทัดละข้อความ" },
        ]),
        Kind("YoutubeField", "วิดีโอ YouTube", [Set("YoutubeField", "Label", "ป้ายกำกับ"), Set("YoutubeField", "Width", "ความกว้าง", Number), Set("YoutubeField", "Height", "ความสูง", Number)]),
        Kind("GeoPointField", "พิกัด", []),
        Kind("LocalizationSetContentPickerField", "รายการเนื้อหาตามภาษา", [
            Set("LocalizationSetContentPickerField", "Multiple", Picked, Flag),
            Set("LocalizationSetContentPickerField", "DisplayedContentTypes", "ชนิดที่เลือกได้", AnyOf) with { Offers = SettingOffer.Types },
        ]),
    ];

    /// <summary>Null for a kind that this site does not know; its fields are kept as they are.</summary>
    public static FieldKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>What every field has, before the settings of its kind.</summary>
    public static IReadOnlyList<SettingPlan> PlansOf(string kind, FieldKind? known) =>
    [
        new("ContentPartFieldSettings", "DisplayName", "ป้ายของช่อง"),
        .. known is { Editors.Count: > 0 } ? new[] { new SettingPlan("ContentPartFieldSettings", "Editor", "แบบของช่อง", OneOf) { Offered = known.Editors } } : [],
        .. known is null ? [] : known.Settings,
    ];

    private static FieldKind Kind(string name, string title, SettingPlan[] settings, bool hasRequired = true) => new(name, title,
    [
        Set(name, "Hint", "คำแนะนำใต้ป้าย"),
        .. hasRequired ? new[] { Set(name, "Required", "ต้องกรอกก่อนเผยแพร่", Flag) } : [],
        .. settings,
    ]);

    private static SettingPlan Set(string kind, string key, string label, SettingKind how = Line) => new(kind + "Settings", key, label, how);
}
