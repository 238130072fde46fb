using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A role in the list.</summary>
public sealed record RoleRow(string Name, string Title, string Description, int Permissions, int People);

/// <summary>The roles, and the form of a new one.</summary>
public sealed record RolesPage(IReadOnlyList<RoleRow> Roles, string? Name = null, string? Description = null);

/// <summary>How far a right reaches: nothing, what is one's own, or everything.</summary>
public enum Reach
{
    None,
    Own,
    All,
}

/// <summary>One right with content of one type. <paramref name="Implied"/> is how far it reaches through other permissions of the role.</summary>
public sealed record RoleCell(string Field, string Verb, Reach Chosen, Reach Implied, bool IsGivable)
{
    public bool IsImplied => Implied > Chosen;
}

/// <summary>The rights with one type; an empty <paramref name="Type"/> is all content.</summary>
public sealed record RoleLine(string Type, string Title, IReadOnlyList<RoleCell> Cells);

/// <summary>A right that is about no content.</summary>
public sealed record RoleRight(string Permission, string Title, bool IsHeld, bool IsGivable);

/// <summary>One role with everything that it may.</summary>
public sealed record RolePage(
    string Name, string Title, string Description, IReadOnlyList<RoleLine> Lines, IReadOnlyList<RoleRight> Rights, IReadOnlyList<string> Kept, string Seen, string? Done)
{
    public bool MayEverything => Name == RolePermissions.Administrator;
}

/// <summary>What the rights are called.</summary>
public static class RightWords
{
    public static readonly IReadOnlyList<string> Verbs = ["View", "Preview", "Edit", "Publish", "Delete"];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["View"] = "เห็น", ["Preview"] = "ดูร่าง", ["Edit"] = "แก้ไข", ["Publish"] = "เผยแพร่", ["Delete"] = "ลบ",
        ["AccessAdminPanel"] = "เข้าส่วนผู้ดูแล", ["ManageUsers"] = "จัดการผู้ใช้", ["ManageRoles"] = "จัดการบทบาท", ["EditContentTypes"] = "แก้ชนิดเนื้อหา", ["ManageSettings"] = "ดูสถานะระบบและตั้งค่า",
        ["ManageTaxonomies"] = "จัดการคำในหมวดหมู่", ["ManageOwnMediaContent"] = "ส่งไฟล์ของตน", ["ManageMediaContent"] = "จัดการไฟล์ทั้งหมด", ["ViewAuditTrail"] = "ดูประวัติการแก้ไข",
        ["QueryIndex_Search"] = "ค้นหา", ["ListContent"] = "ดูรายการเนื้อหา",
    };

    public static string Of(string right) => Names.GetValueOrDefault(right, right);

    public static string Of(Reach reach) => reach switch { Reach.All => "ทั้งหมด", Reach.Own => "ของตน", _ => "ไม่ได้" };
}
