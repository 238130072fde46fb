using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>An item that can be restored.</summary>
public sealed record RemovedItem
{
    /// <summary>Id of the item.</summary>
    public string ContentItemId { get; init; } = "";

    /// <summary>The version that comes back.</summary>
    public string ContentItemVersionId { get; init; } = "";

    /// <summary>Name of the type.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Display text.</summary>
    public string DisplayText { get; init; } = "";

    /// <summary>Whose it is.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether readers saw it.</summary>
    public bool WasPublished { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public string RemovedUtc { get; init; } = "";

    /// <summary>Who removed it.</summary>
    public string RemovedBy { get; init; } = "";
}

/// <summary>Reads what was removed, and ends what was removed long enough ago.</summary>
public sealed class RemovedItems(Database database, ContentLifecycle lifecycle)
{
    /// <summary>How long an item can be restored.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string Columns = "r.content_item_id, r.content_item_version_id, r.content_type, r.display_text, r.owner, r.was_published, r.removed_utc, r.removed_by";

    // An import may have brought an item back, which then is not removed any more.
    private const string Gone = "not exists (select 1 from content_items i where i.content_item_id = r.content_item_id and (i.latest = 1 or i.published = 1))";

    /// <summary>The item, or null when it was not removed.</summary>
    public Task<RemovedItem?> FindAsync(string contentItemId) =>
        database.FirstAsync<RemovedItem>($"select {Columns} from removed_items r where r.content_item_id = @contentItemId and {Gone}", new { contentItemId });

    /// <summary>A page of what was removed, newest first: items of the open types, and of the other types those of the owner.</summary>
    public async Task<(IReadOnlyList<RemovedItem> Items, long Total)> PageAsync(IReadOnlyList<string> types, IReadOnlyList<string> open, string? owner, int skip, int count)
    {
        var filter = $"where {Gone} and (r.content_type in @open or r.content_type in @types and r.owner = @owner)";
        return (
            await database.QueryAsync<RemovedItem>($"select {Columns} from removed_items r {filter} order by r.removed_utc desc, r.content_item_id limit @count offset @skip", new { types, open, owner, skip, count }),
            await database.FirstAsync<long>($"select count(*) from removed_items r {filter}", new { types, open, owner }));
    }

    /// <summary>Ends what can be restored no longer at <paramref name="now"/>, an item a transaction; the number of them.</summary>
    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var due = await database.QueryAsync<string>(
            "select content_item_id from removed_items where removed_utc < @limit order by removed_utc", new { limit = InvariantTime.Format((now - Kept).UtcDateTime) });
        foreach (var id in due)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var transaction = await database.BeginAsync();
            await lifecycle.PurgeAsync(id, Actor.System, transaction);
            await transaction.CommitAsync();
        }
        return due.Count;
    }
}
