using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Makes what the pages of definitions show.</summary>
public sealed class DefinitionViews(DefinitionRows rows, RoleNames roles, TypeWriters writers)
{
    public async Task<TypesPage> TypesAsync(NewTypeInput typed, Visitor visitor)
    {
        var types = await rows.AllAsync(DefinitionTable.Types);
        var parts = (await rows.AllAsync(DefinitionTable.Parts)).ToDictionary(p => p.Name);
        var lines = types.Select(t =>
        {
            var attached = t.Records(DefinitionRow.TypeParts);
            var own = t.Settings["ContentTypeSettings"] ?? t.Settings;
            return new TypeLine(
                t.Name, Title(t), own["Description"]?.ToString() ?? "", own["Creatable"]?.ToString() == "true",
                [.. attached.Where(p => p.Kind != t.Name).Select(p => p.DisplayName)], attached.Sum(p => parts.GetValueOrDefault(p.Kind)?.Records(DefinitionRow.PartFields).Count ?? 0));
        });
        var shared = parts.Values.Where(p => types.All(t => t.Name != p.Name)).Select(p => new PartLine(p.Name, Title(p), p.Records(DefinitionRow.PartFields).Count, UsedBy(p.Name, types)));
        return new TypesPage([.. lines.OrderByDescending(l => l.IsCreatable).ThenBy(l => l.DisplayName, StringComparer.Ordinal)], [.. shared], await WriterRolesAsync(visitor), typed);
    }

    public async Task<TypePage?> TypeAsync(string name, Visitor visitor, IFormCollection? typed = null)
    {
        if (await rows.FindAsync(DefinitionTable.Types, name) is not { } row) return null;
        var parts = await rows.AllAsync(DefinitionTable.Parts);
        var attached = row.Records(DefinitionRow.TypeParts);
        var own = parts.FirstOrDefault(p => p.Name == name);
        return new TypePage
        {
            Row = row, DisplayName = typed?["DisplayName"].ToString() ?? Title(row), Settings = SettingBox.Of(PartKinds.OfTypes, row.Settings, typed), Parts = attached,
            Fields = new FieldsPage(name, own?.Stamp ?? "", own?.Records(DefinitionRow.PartFields) ?? []),
            Attachable =
            [
                .. attached.Any(p => p.Kind == name) ? [] : new[] { new Choice(name, "ช่องของชนิดนี้") },
                .. PartKinds.All.Where(k => k.IsReusable || attached.All(p => p.Kind != k.Name)).Select(k => new Choice(k.Name, k.Title)),
                .. parts.Where(p => p.Name != name && IsSet(p, "Attachable") && PartKinds.Find(p.Name) is null && (IsSet(p, "Reusable") || attached.All(a => a.Kind != p.Name))).Select(p => new Choice(p.Name, Title(p))),
            ],
            Roles = await WriterRolesAsync(visitor), Writers = typed is null ? await writers.OfAsync(name) : [.. typed["Writers"].OfType<string>()],
        };
    }

    public async Task<PartPage?> PartAsync(string name, IFormCollection? typed = null)
    {
        if (await rows.FindAsync(DefinitionTable.Parts, name) is not { } row) return null;
        return new PartPage(
            row, SettingBox.Of(PartKinds.OfParts, row.Settings, typed), new FieldsPage(name, row.Stamp, row.Records(DefinitionRow.PartFields)),
            UsedBy(name, await rows.AllAsync(DefinitionTable.Types)));
    }

    public async Task<bool> IsReusableAsync(string part) =>
        PartKinds.Find(part) is { } kind ? kind.IsReusable : await rows.FindAsync(DefinitionTable.Parts, part) is { } row && IsSet(row, "Reusable");

    /// <summary>Administrators may do everything anyway.</summary>
    public async Task<IReadOnlyList<RoleChoice>> WriterRolesAsync(Visitor visitor) => [.. (await roles.GivableByAsync(visitor)).Where(r => r.Name != RolePermissions.Administrator)];

    public static string Title(DefinitionRow row) =>
        row.Document["DisplayName"]?.ToString() is { Length: > 0 } title ? title : row.Settings["ContentPartSettings"]?["DisplayName"]?.ToString() is { Length: > 0 } own ? own : PartKinds.Find(row.Name)?.Title ?? row.Name;

    private static IReadOnlyList<string> UsedBy(string part, IEnumerable<DefinitionRow> types) =>
        [.. types.Where(t => t.Records(DefinitionRow.TypeParts).Any(p => p.Kind == part)).Select(Title)];

    private static bool IsSet(DefinitionRow part, string flag) => part.Settings["ContentPartSettings"]?[flag]?.ToString() == "true";
}
