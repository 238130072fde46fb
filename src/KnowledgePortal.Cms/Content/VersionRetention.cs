using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Which versions stay; the section <c>VersionRetention</c> of the site's settings.</summary>
/// <param name="KeepAllDays">Every version stays for so many days.</param>
/// <param name="KeepAtLeast">The newest versions of an item stay, however old they are.</param>
public sealed record RetentionRule(int KeepAllDays = 90, int KeepAtLeast = 20)
{
    /// <summary>Reads a rule; what is absent or below 1 is as by default.</summary>
    public static RetentionRule Read(JsonNode? settings)
    {
        var standard = new RetentionRule();
        return new RetentionRule(Number("KeepAllDays") ?? standard.KeepAllDays, Number("KeepAtLeast") ?? standard.KeepAtLeast);

        int? Number(string name) => (settings as JsonObject)?[name] is JsonValue value && value.TryGetValue(out int number) && number > 0 ? number : null;
    }
}

/// <summary>
/// Drops old versions by rule. The latest and the published version, every version that readers have ever seen, and all versions of an item that can
/// still be restored stay whatever the rule says.
/// </summary>
public sealed class VersionRetention(Database database, SiteSettings settings)
{
    private const int BatchSize = 500;

    /// <summary>How many versions were dropped at <paramref name="now"/>.</summary>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var rule = RetentionRule.Read(await settings.GetAsync("VersionRetention"));
        var limit = InvariantTime.Format(now.UtcDateTime.AddDays(-rule.KeepAllDays));
        var dropped = 0;
        for (var batch = BatchSize; batch == BatchSize; dropped += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            batch = await DropAsync(limit, rule.KeepAtLeast);
        }
        return dropped;
    }

    // A batch a transaction, so that editors wait for none of it.
    private async Task<int> DropAsync(string limit, int keepAtLeast)
    {
        await using var transaction = await database.BeginAsync();
        var dropped = await transaction.ExecuteAsync(
            """
            delete from content_items where id in (
              select c.id from content_items c
              where c.latest = 0 and c.published = 0 and c.was_published = 0 and c.modified_utc < @limit
                and not exists (select 1 from removed_items r where r.content_item_id = c.content_item_id)
                and (select count(*) from (select 1 from content_items n where n.content_item_id = c.content_item_id and n.id > c.id limit @keepAtLeast) newer) >= @keepAtLeast
              limit @BatchSize)
            """,
            new { limit, keepAtLeast, BatchSize });
        await transaction.CommitAsync();
        return dropped;
    }
}
