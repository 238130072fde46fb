using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Reads roles as a matrix of rights and types, and writes what was chosen in it. Permissions that the site does not ask for stay with the role.</summary>
public sealed class RoleChanges(Database database, SiteSettings settings, ContentDefinitions definitions, RolePermissions permissions, AuditTrail audit, ContentGeneration generation)
{
    private const string Permissions = "Permissions";

    public async Task<IReadOnlyList<RoleRow>> ListAsync()
    {
        var people = (await database.QueryAsync<(string Role, long Count)>("select role, count(*) from account_roles group by role")).ToDictionary(r => r.Role, r => (int)r.Count);
        return [.. (await settings.WithPrefixAsync(SiteSettings.RolePrefix)).Select(r =>
            new RoleRow(r.Key, RoleNames.Title(r.Key), r.Value?["Description"]?.ToString() ?? "", Names(r.Value).Count, people.GetValueOrDefault(r.Key)))];
    }

    /// <summary>Null when there is no such role. What the visitor does not hold himself he can neither give nor take.</summary>
    public async Task<RolePage?> FindAsync(string name, Visitor visitor, string? done = null)
    {
        if (await settings.GetAsync(SiteSettings.RolePrefix + name) is not JsonObject role) return null;
        var names = Names(role);
        var held = await permissions.OfRoleAsync(names);
        var lines = new List<RoleLine>();
        foreach (var (type, title) in await TypesAsync())
        {
            var cells = new List<RoleCell>();
            foreach (var verb in RightWords.Verbs) cells.Add(await CellAsync(verb, type, names, held, visitor));
            lines.Add(new RoleLine(type, title, cells));
        }
        var rights = new List<RoleRight>();
        foreach (var right in RolePermissions.General) rights.Add(new RoleRight(right, RightWords.Of(right), names.Contains(right), await permissions.HasAsync(visitor, right)));
        var shown = lines.SelectMany(l => l.Cells.SelectMany(c => new[] { All(c.Verb, l.Type), Own(c.Verb, l.Type) })).Concat(RolePermissions.General).ToHashSet();
        return new RolePage(name, RoleNames.Title(name), role["Description"]?.ToString() ?? "", lines, rights, [.. names.Where(n => !shown.Contains(n))], string.Join(' ', names), done);
    }

    /// <summary>False when there is a role of this name.</summary>
    public async Task<bool> CreateAsync(string name, string description, Actor actor)
    {
        await using var transaction = await database.BeginAsync();
        if (await SiteSettings.GetAsync(SiteSettings.RolePrefix + name, transaction) is not null) return false;
        await SiteSettings.WriteAsync(SiteSettings.RolePrefix + name, new JsonObject { ["Name"] = name, ["Description"] = description, [Permissions] = new JsonArray() }, transaction);
        await audit.RecordAsync(transaction, actor, "role.create", "Role", name, name);
        await CommitAsync(transaction);
        return true;
    }

    /// <summary>Writes what was chosen; false when somebody else has changed the role since it was shown.</summary>
    public async Task<bool> SaveAsync(RolePage page, IFormCollection form, string description, Visitor visitor)
    {
        await using var transaction = await database.BeginAsync();
        if (await SiteSettings.GetAsync(SiteSettings.RolePrefix + page.Name, transaction) is not JsonObject role) return false;
        var before = Names(role);
        if (string.Join(' ', before) != form["seen"].ToString()) return false;
        var after = before.ToList();
        foreach (var (line, cell) in page.Lines.SelectMany(l => l.Cells.Where(c => c.IsGivable).Select(c => (l, c))))
            if (Enum.TryParse<Reach>(form[cell.Field], out var chosen) && Enum.IsDefined(chosen) && chosen != cell.Chosen)
            {
                after.RemoveAll(n => n == All(cell.Verb, line.Type) || n == Own(cell.Verb, line.Type));
                if (chosen != Reach.None) after.Add(chosen == Reach.All ? All(cell.Verb, line.Type) : Own(cell.Verb, line.Type));
            }
        foreach (var right in page.Rights.Where(r => r.IsGivable))
        {
            after.Remove(right.Permission);
            if (form["Rights"].Contains(right.Permission)) after.Add(right.Permission);
        }
        role["Description"] = description;
        role[Permissions] = new JsonArray([.. before.Where(after.Contains).Concat(after.Except(before)).Select(n => (JsonNode?)JsonValue.Create(n))]);
        var changes = after.Except(before).Select(n => "+" + n).Concat(before.Except(after).Select(n => "−" + n)).ToList();
        if (await SiteSettings.WriteAsync(SiteSettings.RolePrefix + page.Name, role, transaction))
            await audit.RecordAsync(transaction, visitor.Actor(), "role.save", "Role", page.Name, page.Name, string.Join(' ', changes));
        await CommitAsync(transaction);
        return true;
    }

    private async Task CommitAsync(DatabaseTransaction transaction)
    {
        transaction.AfterCommit(permissions.Reload);
        transaction.AfterCommit(generation.Rise);
        await transaction.CommitAsync();
    }

    private async Task<IEnumerable<(string Type, string Title)>> TypesAsync() =>
        (await definitions.AllAsync()).Values.Where(t => t.IsSecurable).OrderBy(t => t.DisplayName, StringComparer.Ordinal).Select(t => (t.Name, t.DisplayName)).Prepend(("", "เนื้อหาทุกชนิด"));

    private async Task<RoleCell> CellAsync(string verb, string type, IReadOnlyCollection<string> names, HeldPermissions held, Visitor visitor)
    {
        var action = Enum.Parse<ContentAction>(verb);
        var chosen = names.Contains(All(verb, type)) ? Reach.All : names.Contains(Own(verb, type)) ? Reach.Own : Reach.None;
        var implied = held.May(action, type) ? Reach.All : held.MayOwn(action, type) ? Reach.Own : Reach.None;
        return new RoleCell($"{verb}.{type}", verb, chosen, implied, await permissions.MayAsync(visitor, action, type));
    }

    private static string All(string verb, string type) => type.Length == 0 ? $"{verb}Content" : $"{verb}_{type}";

    private static string Own(string verb, string type) => type.Length == 0 ? $"{verb}OwnContent" : $"{verb}Own_{type}";

    private static List<string> Names(JsonNode? role) => role?[Permissions] is JsonArray names ? [.. names.Select(n => n?.ToString() ?? "").Where(n => n.Length > 0)] : [];
}
