using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A role that can be given, with its name and purpose in Thai.</summary>
public sealed record RoleChoice(string Name, string Title, string Description);

/// <summary>The roles of the site, as recipes made them.</summary>
public sealed class RoleNames(SiteSettings settings)
{
    private static readonly string[] Implied = [RolePermissions.Anonymous, RolePermissions.Authenticated];

    public static string Title(string role) => role switch
    {
        RolePermissions.Administrator => "ผู้ดูแลระบบ",
        RolePermissions.Anonymous => "ผู้อ่านทั่วไป",
        RolePermissions.Authenticated => "ผู้ที่เข้าสู่ระบบ",
        "Organizer" => "ผู้จัด",
        "Member" => "สมาชิก",
        _ => role,
    };

    /// <summary>Those that <paramref name="giver"/> may give: only an administrator makes administrators.</summary>
    public async Task<IReadOnlyList<RoleChoice>> GivableByAsync(Visitor giver) =>
    [
        .. (await settings.WithPrefixAsync("role:"))
            .Where(role => !Implied.Contains(role.Key) && (role.Key != RolePermissions.Administrator || giver.Roles.Contains(RolePermissions.Administrator)))
            .Select(role => new RoleChoice(role.Key, Title(role.Key), Purpose(role.Value?["Description"]?.ToString() ?? ""))),
    ];

    // "ผู้จัด: เขียนและเผยแพร่" repeats the title before its colon.
    private static string Purpose(string description) => description[(description.IndexOf(':') + 1)..].Trim();
}
