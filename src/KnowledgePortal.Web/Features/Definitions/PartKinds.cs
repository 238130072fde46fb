using KnowledgePortal.Web.Features.Editing;
using static KnowledgePortal.Web.Features.Definitions.SettingKind;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>A part that comes with the site: what people call it and what can be set where it is attached.</summary>
public sealed record PartKind(string Name, string Title, string Description, IReadOnlyList<SettingPlan> Settings)
{
    /// <summary>It may be attached several times, each under a name of its own.</summary>
    public bool IsReusable { get; init; }
}

/// <summary>Orchard's parts that can be attached to a type.</summary>
public static class PartKinds
{
    public static IReadOnlyList<PartKind> All { get; } =
    [
        new("TitlePart", "ชื่อเรื่อง", "หนึ่งบรรทัด ใช้เรียกรายการทุกที่", [
            new("TitlePartSettings", "Options", "วิธีตั้งชื่อ", OneOf) { Default = "Editable", Offered = [new("Editable", "พิมพ์เอง"), new("GeneratedDisabled", "สร้างจากแบบ แสดงในฟอร์ม"), new("GeneratedHidden", "สร้างจากแบบ ไม่แสดงในฟอร์ม"), new("EditableRequired", "พิมพ์เอง ต้องกรอก")] },
            new("TitlePartSettings", "Pattern", "แบบของชื่อ") { Hint = "ใช้เมื่อชื่อสร้างจากแบบ เช่น {{ Model.ContentItem | display_text }}" },
        ]),
        new("AutoroutePart", "ที่อยู่หน้าเว็บ", "ให้รายการมีหน้าของตน", [
            new("AutoroutePartSettings", "Pattern", "แบบของที่อยู่") { Hint = "เช่น guides/{{ Model.ContentItem | display_text | slugify }}" },
            new("AutoroutePartSettings", "AllowCustomPath", "ผู้เขียนแก้ที่อยู่ได้", Flag),
        ]),
        new("AliasPart", "ชื่ออ้างอิง", "ชื่อที่ใช้อ้างถึงรายการจากที่อื่น", [new("AliasPartSettings", "Pattern", "แบบของชื่ออ้างอิง")]),
        new("MarkdownBodyPart", "เนื้อความ", "ข้อความยาวพร้อมหัวข้อ รายการ และรูป เขียนแบบ Markdown", [new("MarkdownBodyPartSettings", "SanitizeHtml", "กรอง HTML ที่พิมพ์ปนมา", Flag) { Default = "true" }]),
        new("HtmlBodyPart", "เนื้อความ HTML", "ข้อความยาวที่เขียนเป็น HTML", [new("HtmlBodyPartSettings", "SanitizeHtml", "กรอง HTML ก่อนแสดง", Flag) { Default = "true" }]),
        new("ListPart", "รายการย่อย", "รวบรวมรายการอื่นไว้ในรายการนี้", [
            new("ListPartSettings", "ContainedContentTypes", "ชนิดที่อยู่ในรายการได้", AnyOf) { Offers = SettingOffer.Types },
            new("ListPartSettings", "PageSize", "จำนวนต่อหน้า", Number) { Default = "10" }, new("ListPartSettings", "EnableOrdering", "เรียงลำดับเอง", Flag),
        ]),
        new("BagPart", "ชุดข้อมูลซ้ำ", "แถวที่เพิ่ม ลบ และเรียงได้ เช่น วิทยากร", [
            new("BagPartSettings", "ContainedContentTypes", "ชนิดของแถว", AnyOf) { Offers = SettingOffer.Types },
            new("BagPartSettings", "CollapseContainedItems", "พับแถวไว้", Flag),
        ]) { IsReusable = true },
        new("TaxonomyPart", "ชุดคำ", "คำที่ใช้จัดหมวด ซ้อนชั้นได้", []),
        new("MenuPart", "เมนู", "ทำให้รายการเป็นเมนู", []),
        new("MenuItemsListPart", "รายการในเมนู", "ลิงก์และหน้าที่เมนูพาไป", []),
        new("PublishLaterPart", "ตั้งเวลาเผยแพร่", "เผยแพร่ร่างตามเวลาที่กำหนด", []),
        new("ArchiveLaterPart", "ตั้งเวลาถอน", "ถอนการเผยแพร่ตามเวลาที่กำหนด", []),
        new("SeoMetaPart", "ข้อมูลสำหรับเครื่องมือค้นหา", "ชื่อและคำอธิบายที่เครื่องมือค้นหาใช้", []),
        new("CommonPart", "เจ้าของและวันที่", "แก้เจ้าของและวันสร้างได้", []),
        new("LocalizationPart", "ภาษา", "เชื่อมฉบับแปลของรายการเดียวกัน", []),
    ];

    public static PartKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>What every part on a type has, before the settings of its kind.</summary>
    public static IReadOnlyList<SettingPlan> PlansOf(string partName) =>
    [
        new("ContentTypePartSettings", "DisplayName", "ชื่อที่แสดงในฟอร์ม"), new("ContentTypePartSettings", "Description", "คำอธิบายในฟอร์ม"),
        .. Find(partName)?.Settings ?? [],
    ];

    /// <summary>What can be set on a type itself.</summary>
    public static IReadOnlyList<SettingPlan> OfTypes { get; } =
    [
        new("ContentTypeSettings", "Description", "คำอธิบาย") { Hint = "บอกผู้เขียนว่าใช้กับเรื่องใด" },
        new("ContentTypeSettings", "Creatable", "สร้างรายการใหม่ได้", Flag), new("ContentTypeSettings", "Listable", "แสดงในรายการของผู้จัด", Flag),
        new("ContentTypeSettings", "Draftable", "มีร่างก่อนเผยแพร่", Flag), new("ContentTypeSettings", "Versionable", "เก็บทุกฉบับ", Flag),
        new("ContentTypeSettings", "Securable", "ให้สิทธิ์แยกตามชนิด", Flag),
        new("ContentTypeSettings", "Stereotype", "ประเภทพิเศษ") { Hint = "เว้นว่างสำหรับเนื้อหาทั่วไป เช่น MenuItem คือรายการในเมนู" },
    ];

    /// <summary>What can be set on a part that was made here.</summary>
    public static IReadOnlyList<SettingPlan> OfParts { get; } =
    [
        new("ContentPartSettings", "DisplayName", "ชื่อที่แสดง"), new("ContentPartSettings", "Description", "คำอธิบาย"),
        new("ContentPartSettings", "Attachable", "ติดกับชนิดเนื้อหาใดก็ได้", Flag), new("ContentPartSettings", "Reusable", "ติดกับชนิดเดียวกันได้หลายครั้ง", Flag),
    ];
}
