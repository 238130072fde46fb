using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Changes one row of definitions, with its line in the audit trail. Content is never rewritten: items keep what a definition no longer names.</summary>
public sealed class DefinitionChanges(Database database, AuditTrail audit, RolePermissions permissions, ContentGeneration generation)
{
    /// <summary>False when somebody else has changed the row since <paramref name="seen"/>.</summary>
    public async Task<bool> SaveAsync(
        DefinitionTable table, string name, JsonObject document, string seen, Actor actor, string action, string detail, Func<DatabaseTransaction, Task>? also = null)
    {
        await using var transaction = await database.BeginAsync();
        if (!await DefinitionRows.WriteAsync(table, name, document, seen, transaction)) return false;
        if (also is not null) await also(transaction);
        await audit.RecordAsync(
            transaction, actor, action, table == DefinitionTable.Types ? "ContentType" : "ContentPart", name, document["DisplayName"]?.ToString() ?? name, detail);
        // Whether a type has permissions of its own is part of what roles may do.
        transaction.AfterCommit(permissions.Reload);
        transaction.AfterCommit(generation.Rise);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>A part or field at the end of its list.</summary>
    public static JsonObject Add(JsonObject document, string list, string kindMember, string kind, string name, string? displayName)
    {
        if (document[list] is not JsonArray) document[list] = new JsonArray();
        var records = DefinitionRow.Ordered(document, list);
        var record = new DefinitionRecord(new JsonObject { [kindMember] = kind, ["Name"] = name, ["Settings"] = new JsonObject() });
        record.SetPosition((int)Math.Max(0, records.Count == 0 ? 0 : decimal.Floor(records.Max(r => r.Position)) + 1));
        if (displayName is not null) record.Settings[list == DefinitionRow.PartFields ? "ContentPartFieldSettings" : "ContentTypePartSettings"]!["DisplayName"] = displayName;
        document[list]!.AsArray().Add(record.Json);
        return record.Json;
    }

    /// <summary>True when it was there.</summary>
    public static bool Remove(JsonObject document, string list, string name) =>
        DefinitionRow.Ordered(document, list).FirstOrDefault(r => r.Name == name) is { } record && document[list]!.AsArray().Remove(record.Json);

    /// <summary>Puts records into the order of <paramref name="names"/>; those that it does not name follow. Only positions are written.</summary>
    public static void Reorder(JsonObject document, string list, IReadOnlyList<string> names)
    {
        var records = DefinitionRow.Ordered(document, list);
        var order = records.OrderBy(r => names.ToList().IndexOf(r.Name) is var at && at < 0 ? int.MaxValue : at).ToList();
        for (var i = 0; i < order.Count; i++)
            if (order[i].Position != i) order[i].SetPosition(i);
    }

    /// <summary>The order that a form asks for: that of its rows, after the button that was pressed (<c>up:Name</c>, <c>down:Name</c>).</summary>
    public static IReadOnlyList<string> Asked(IFormCollection form)
    {
        var names = form["Order"].OfType<string>().Distinct().ToList();
        if (form["action"].ToString().Split(':') is not [("up" or "down") and var verb, var name] || names.IndexOf(name) is not (>= 0 and var at)) return names;
        var to = at + (verb == "up" ? -1 : 1);
        if (to >= 0 && to < names.Count) (names[at], names[to]) = (names[to], names[at]);
        return names;
    }
}
