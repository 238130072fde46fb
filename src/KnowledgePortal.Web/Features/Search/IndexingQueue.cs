using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Nodes;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>A change that an index has to follow.</summary>
public sealed record IndexingTask(long Id, string ContentItemId);

/// <summary>One building of the index from nothing. Times are UTC, ISO 8601; <see cref="EndedUtc"/> is null while it lasts.</summary>
public sealed record IndexRebuild
{
    public string StartedUtc { get; init; } = "";
    public string? EndedUtc { get; init; }

    /// <summary>missing, damaged, asked for, away for long, or another version.</summary>
    public string Reason { get; init; } = "";
    public long? Documents { get; init; }

    public string ReasonName => Reason switch
    {
        "missing" => "ยังไม่มีดัชนี",
        "damaged" => "ดัชนีเดิมเสียหรือเป็นของโปรแกรมรุ่นอื่น",
        "asked for" => "มีผู้สั่ง",
        "away for long" => "เครื่องนี้ไม่ได้ทำงานอยู่นาน",
        "another version" => "โปรแกรมรุ่นใหม่",
        _ => Reason,
    };
}

/// <summary>The database's side of indexing: what changed, how far each index has come, and who asked for a new one.</summary>
public sealed class IndexingQueue(Database database, NodeIdentity node, TimeProvider clock)
{
    private const int KeptRebuilds = 50;

    private string Node => node.Id; // one process owns the index of a data folder
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<IndexingTask>> AfterAsync(long cursor, long last, int count) =>
        [.. (await database.QueryAsync<(long Id, string ContentItemId)>(
            "select id, content_item_id from indexing_tasks where id > @cursor and id <= @last order by id limit @count", new { cursor, last, count }))
            .Select(t => new IndexingTask(t.Id, t.ContentItemId))];

    /// <summary>The number of the newest change; 0 when there is none.</summary>
    public async Task<long> LastAsync() => await database.FirstAsync<long?>("select max(id) from indexing_tasks") ?? 0;

    public Task<long> CountAfterAsync(long cursor) =>
        database.FirstAsync<long>("select count(*) from indexing_tasks where id > @cursor", new { cursor });

    /// <summary>Items that are found through the changed ones: recordings and practices of a session, sessions of a community, carriers of a term.</summary>
    public Task<IReadOnlyList<string>> DependentsAsync(IReadOnlyList<string> ids) => database.QueryAsync<string>(
        """
        select content_item_id from recording_index where session_id in @ids
        union select content_item_id from practice_index where told_in in @ids
        union select content_item_id from session_index where community_id in @ids
        union select c.content_item_id from content_terms c join term_index t on t.term_id = c.term_id where t.taxonomy_item_id in @ids
        """,
        new { ids });

    /// <summary>Rises when somebody asks for the index to be built again.</summary>
    public async Task<int> GenerationAsync() =>
        int.Parse(await database.FirstAsync<string>("select document from site_settings where name = 'SearchGeneration'") ?? "0", CultureInfo.InvariantCulture);

    public async Task RaiseGenerationAsync()
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into site_settings (name, document) values ('SearchGeneration', '1') on conflict (name) do update set document = cast(cast(site_settings.document as integer) + 1 as text)");
        await transaction.CommitAsync();
    }

    /// <summary>Notes that the index is being built from nothing, and why; a build that was cut off before goes on under its own note.</summary>
    public async Task BeginRebuildAsync(string reason)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into index_rebuilds (node, started_utc, reason) select @Node, @now, @reason where not exists (select 1 from index_rebuilds where node = @Node and ended_utc is null)",
            new { Node, now = Now, reason });
        await transaction.CommitAsync();
    }

    public async Task EndRebuildAsync(long documents)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync("update index_rebuilds set ended_utc = @now, documents = @documents where node = @Node and ended_utc is null", new { Node, now = Now, documents });
        await transaction.ExecuteAsync("delete from index_rebuilds where id <= (select max(id) from index_rebuilds) - @KeptRebuilds", new { KeptRebuilds });
        await transaction.CommitAsync();
    }

    /// <summary>The last time that the index was built from nothing; null when it never was.</summary>
    public Task<IndexRebuild?> LastRebuildAsync() =>
        database.FirstAsync<IndexRebuild>("select started_utc, ended_utc, reason, documents from index_rebuilds where node = @Node order by id desc limit 1", new { Node });

    /// <summary>How far the index of the process that owns it has come.</summary>
    public async Task<long> OwnersCursorAsync(int generation) =>
        await database.FirstAsync<long?>("select cursor from search_cursors where node = @Node and generation = @generation", new { Node, generation }) ?? 0;

    public async Task SaveCursorAsync(int generation, long cursor)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            """
            insert into search_cursors (node, generation, cursor, updated_utc) values (@Node, @generation, @cursor, @now)
            on conflict (node) do update set generation = excluded.generation, cursor = excluded.cursor, updated_utc = excluded.updated_utc
            """,
            new { Node, generation, cursor, now = Now });
        await transaction.CommitAsync();
    }

    /// <summary>Whether it is known how far this node's index has come.</summary>
    public async Task<bool> IsKnownAsync() => await database.FirstAsync<long>("select count(*) from search_cursors where node = @Node", new { Node }) > 0;

    /// <summary>
    /// Forgets how far nodes had come that are gone, and the removals that every other one has followed. A node that comes back after that builds its index
    /// again: it can no longer know what was removed.
    /// </summary>
    public async Task ForgetAsync()
    {
        await using var transaction = await database.BeginAsync(isDurable: false);
        await transaction.ExecuteAsync(
            "delete from search_cursors where node <> @Node and updated_utc < @old and node not in (select node from nodes)",
            new { Node, old = InvariantTime.Format((clock.GetUtcNow() - Kept).UtcDateTime) });
        await transaction.ExecuteAsync("delete from indexing_tasks where kind = 'delete' and id < (select min(cursor) from search_cursors)");
        await transaction.CommitAsync();
    }

    private string Now => InvariantTime.Format(clock.GetUtcNow().UtcDateTime);

    /// <summary>Returns when the owner of the index has come as far as the database is now.</summary>
    /// <exception cref="TimeoutException">The owner makes no progress.</exception>
    public async Task WaitForOwnerAsync()
    {
        var generation = await GenerationAsync();
        var goal = await LastAsync();
        var (seen, since) = (-1L, clock.GetTimestamp());
        using var timer = new PeriodicTimer(PollInterval, clock);
        do
        {
            var cursor = await OwnersCursorAsync(generation);
            if (cursor >= goal) return;
            if (cursor != seen) (seen, since) = (cursor, clock.GetTimestamp());
            if (clock.GetElapsedTime(since) > Patience) throw new TimeoutException("the running site that owns the search index makes no progress");
        }
        while (await timer.WaitForNextTickAsync());
    }
}
