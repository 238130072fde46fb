using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>
/// Merges and moves terms. What carries a term goes on carrying it, drafts too; former versions of items stay as they were. A term that was merged
/// lives on as another name of the one that took it in, and its address leads there.
/// </summary>
public sealed class TermChanges(IEnumerable<IContentHandler> handlers, AuditTrail audit, TimeProvider clock)
{
    private readonly IContentHandler[] _handlers = [.. handlers];

    /// <summary>Makes one term of two: <paramref name="intoId"/> takes in the names, the children and the items of <paramref name="fromId"/>.</summary>
    /// <returns>How many versions of items were changed.</returns>
    /// <exception cref="InvalidContentException">There is no such term, or one stands below the other in a way that would make a circle.</exception>
    public async Task<int> MergeAsync(string taxonomyId, string fromId, string intoId, Actor actor, DatabaseTransaction transaction)
    {
        if (fromId == intoId) throw new InvalidContentException("a term cannot be merged into itself");
        var path = await transaction.FirstAsync<string>("select path from term_index where term_id = @fromId", new { fromId });
        var title = await ChangeAsync(taxonomyId, actor, transaction, terms => terms.Merge(fromId, intoId));
        var changed = await ReplaceAsync(fromId, intoId, title.Into, transaction);
        if (path is { Length: > 0 })
            await transaction.ExecuteAsync(
                "insert into autoroute_redirects (path, content_item_id) values (@path, @intoId) on conflict (path) do update set content_item_id = excluded.content_item_id", new { path, intoId });
        await transaction.ExecuteAsync("update autoroute_redirects set content_item_id = @intoId where content_item_id = @fromId", new { fromId, intoId });
        await audit.RecordAsync(transaction, actor, "term.merge", "Taxonomy", taxonomyId, title.From, $"{fromId} → {intoId} ({title.Into})");
        return changed;
    }

    /// <summary>Puts a term, with those below it, under another or on the first level, as the last there.</summary>
    /// <exception cref="InvalidContentException">There is no such term, or the new place lies below the term itself.</exception>
    public async Task MoveAsync(string taxonomyId, string termId, string? parentId, Actor actor, DatabaseTransaction transaction)
    {
        var title = await ChangeAsync(taxonomyId, actor, transaction, terms => terms.Move(termId, parentId));
        await audit.RecordAsync(transaction, actor, "term.move", "Taxonomy", taxonomyId, title.From, $"{termId} → {parentId}");
    }

    private async Task<(string From, string Into)> ChangeAsync(string taxonomyId, Actor actor, DatabaseTransaction transaction, Func<TermTree, (string, string)> change)
    {
        var versions = new[] { await ContentRows.FindAsync(taxonomyId, "published", transaction), await ContentRows.FindAsync(taxonomyId, "latest", transaction) };
        var titles = ("", "");
        foreach (var taxonomy in versions.OfType<ContentItem>().DistinctBy(v => v.ContentItemVersionId))
        {
            if ((taxonomy.Parts["TaxonomyPart"] as JsonObject)?["Terms"] is not JsonArray terms) throw new InvalidContentException($"{taxonomyId} has no terms");
            titles = change(new TermTree(terms));
            (taxonomy.ModifiedUtc, taxonomy.Author) = (clock.GetUtcNow().UtcDateTime, actor.Name);
            await StoreAsync(taxonomy, transaction);
        }
        return titles.Item1.Length > 0 ? titles : throw new InvalidContentException($"there is no taxonomy {taxonomyId}");
    }

    private async Task<int> ReplaceAsync(string fromId, string intoId, string intoTitle, DatabaseTransaction transaction)
    {
        var documents = await transaction.QueryAsync<string>(
            "select document from content_items where (latest = 1 or published = 1) and instr(document, @quoted) > 0", new { quoted = $"\"{fromId}\"" });
        var changed = 0;
        foreach (var item in documents.Select(ContentItemJson.Read))
        {
            if (!Replace(item.Parts, fromId, intoId, intoTitle)) continue;
            await StoreAsync(item, transaction);
            changed++;
        }
        return changed;
    }

    private async Task StoreAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await ContentRows.UpdateAsync(item, transaction);
        if (item.Published)
            foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
    }

    // A TaxonomyField is known by its shape, in bags and in parts of unknown types too. Names stand beside the ids at the same places.
    private static bool Replace(JsonNode? node, string fromId, string intoId, string intoTitle)
    {
        if (node is JsonArray items) return items.Count(item => Replace(item, fromId, intoId, intoTitle)) > 0;
        if (node is not JsonObject json) return false;
        if (json["TermContentItemIds"] is not JsonArray ids) return json.Count(member => Replace(member.Value, fromId, intoId, intoTitle)) > 0;
        var at = ids.ToList().FindIndex(id => LooseJson.Text(id) == fromId);
        if (at < 0) return false;
        var names = json["TagNames"] as JsonArray;
        if (ids.Any(id => LooseJson.Text(id) == intoId))
        {
            ids.RemoveAt(at);
            if (at < names?.Count) names.RemoveAt(at);
            return true;
        }
        ids[at] = intoId;
        if (at < names?.Count) names[at] = intoTitle;
        return true;
    }
}
