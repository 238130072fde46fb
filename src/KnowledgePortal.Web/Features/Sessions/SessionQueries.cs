using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Reads sessions for lists, each time those that whoever asks may see.</summary>
public sealed class SessionQueries(Database database)
{
    private static readonly string Seen = ViewerTokens.See("s.content_item_id");

    // A recording may be seen by fewer people than its session.
    private static readonly string Select =
        $"""
        select s.content_item_id, s.path, s.title, s.one_line, s.kind, s.community_id, s.community_title, s.community_short_name,
          nullif(s.community_path, '') as community_path,
          s.series_no, s.fiscal_year, s.award_year, s.held_on, s.start_time, s.end_time, s.venue_district, s.takeaway_count,
          s.attendance_count, s.attendance_qualifier, s.record_state,
          case when exists (select 1 from recording_index x where x.session_id = s.content_item_id and {ViewerTokens.See("x.content_item_id")}) then s.recording_seconds end as recording_seconds,
          h.title as host_title, v.title as venue_province
        from session_index s
        left join term_index h on h.term_id = s.host_term_id
        left join term_index v on v.term_id = s.venue_province_term_id

        """;

    /// <summary>The announced session that comes next, of <c>@communityId</c> if it is given; when none is ahead, the last announced one that nobody has recorded.</summary>
    private static readonly string Next = Select +
        $"""
        where s.record_state = 'announced' and {Seen} and (@communityId is null or s.community_id = @communityId)
        order by case when s.held_on >= @today then 0 else 1 end,
          case when s.held_on >= @today then s.held_on end, s.held_on desc
        limit 1;

        """;

    /// <summary>The numbered records of the community that recorded one last, of that record's fiscal year, oldest first.</summary>
    private static readonly string LatestSeries = Select +
        $"""
        join (select n.community_id, n.fiscal_year from session_index n where n.series_no is not null and {ViewerTokens.See("n.content_item_id")} order by n.held_on desc limit 1) l
          on l.community_id = s.community_id and l.fiscal_year = s.fiscal_year
        where {Seen} order by s.series_no nulls first, s.held_on;

        """;

    private static readonly string Recorded = $"where s.record_state <> 'announced' and {Seen}";

    /// <summary>The sessions among the items <c>@ids</c>, and those of which they are recordings.</summary>
    public static readonly string Among = Select +
        $"""
        where {Seen} and s.content_item_id in (
          select o.content_item_id from session_index o where o.content_item_id in @ids
          union select r.session_id from recording_index r where r.content_item_id in @ids);

        """;

    public Task<FrontSessions> FrontAsync(DateOnly today, int count, ViewerTokens viewers) => database.QueryManyAsync(
        Next + LatestSeries + Select + $"{Recorded} order by s.held_on desc, s.content_item_id limit @count; select count(*) from session_index s {Recorded};",
        new { today, communityId = (string?)null, count, viewers = viewers.Values },
        async results => new FrontSessions(
            await results.ReadFirstOrDefaultAsync<SessionRow>(), [.. await results.ReadAsync<SessionRow>()], [.. await results.ReadAsync<SessionRow>()],
            await results.ReadFirstAsync<int>()));

    /// <summary>Every session, newest first.</summary>
    public Task<IReadOnlyList<SessionRow>> AllAsync(ViewerTokens viewers) =>
        database.QueryAsync<SessionRow>(Select + $"where {Seen} order by s.held_on desc, s.content_item_id", new { viewers = viewers.Values });

    public async Task<SessionRow?> FindAsync(string? contentItemId, ViewerTokens viewers) => contentItemId is null ? null
        : await database.FirstAsync<SessionRow>(Select + $"where s.content_item_id = @contentItemId and {Seen}", new { contentItemId, viewers = viewers.Values });

    public async Task<IReadOnlyDictionary<string, SessionRow>> GetAsync(IReadOnlyCollection<string> contentItemIds, ViewerTokens viewers) =>
        (await database.QueryAsync<SessionRow>(Select + $"where s.content_item_id in @contentItemIds and {Seen}", new { contentItemIds, viewers = viewers.Values }))
        .ToDictionary(s => s.ContentItemId);

    /// <summary>A session's fiscal year in its community, and the session that it names as the next one.</summary>
    public Task<SessionYear> YearOfAsync(string contentItemId, string? nextId, ViewerTokens viewers) => database.QueryManyAsync(
        $"""
        {Select} join session_index o on o.community_id = s.community_id and o.fiscal_year = s.fiscal_year
        where o.content_item_id = @contentItemId and {Seen} order by s.held_on;
        {Select} where s.content_item_id = @nextId and {Seen};
        """,
        new { contentItemId, nextId, viewers = viewers.Values },
        async results => new SessionYear([.. await results.ReadAsync<SessionRow>()], await results.ReadFirstOrDefaultAsync<SessionRow>()));

    public Task<CommunitySessions> OfCommunityAsync(string communityId, DateOnly today, ViewerTokens viewers) => database.QueryManyAsync(
        Next + Select + $"where s.community_id = @communityId and {Seen} order by s.fiscal_year desc, s.held_on;", new { communityId, today, viewers = viewers.Values },
        async results => new CommunitySessions(await results.ReadFirstOrDefaultAsync<SessionRow>(), [.. await results.ReadAsync<SessionRow>()]));

    /// <summary>Sessions that carry a term in any field, or are held in the province that the term stands for; newest first.</summary>
    public Task<IReadOnlyList<SessionRow>> WithTermAsync(string termId, ViewerTokens viewers) =>
        database.QueryAsync<SessionRow>(
            Select + $"where exists (select 1 from content_terms c where c.content_item_id = s.content_item_id and c.term_id = @termId) and {Seen} order by s.held_on desc",
            new { termId, viewers = viewers.Values });
}

/// <summary>What the front page shows of sessions: what comes next, the fiscal year of the newest numbered record, and the newest of all records.</summary>
public sealed record FrontSessions(SessionRow? Next, IReadOnlyList<SessionRow> Series, IReadOnlyList<SessionRow> Latest, int RecordCount);

/// <summary>The sessions of one fiscal year of a community, oldest first, and the one that follows on one of them.</summary>
public sealed record SessionYear(IReadOnlyList<SessionRow> Sessions, SessionRow? Next);

/// <summary>A community's sessions: what comes next, and all of them, oldest first within a fiscal year, newest year first.</summary>
public sealed record CommunitySessions(SessionRow? Next, IReadOnlyList<SessionRow> All);
