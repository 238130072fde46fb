using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Reads sessions for lists.</summary>
public sealed class SessionQueries(Database database)
{
    private const string Select =
        """
        select s.content_item_id, s.path, s.title, s.one_line, s.kind, s.community_id, s.community_title, s.community_short_name, s.community_path,
          s.series_no, s.fiscal_year, s.award_year, s.held_on, s.start_time, s.end_time, s.venue_district, s.takeaway_count,
          s.attendance_count, s.attendance_qualifier, s.record_state, s.recording_seconds,
          h.title as host_title, v.title as venue_province
        from session_index s
        left join term_index h on h.term_id = s.host_term_id
        left join term_index v on v.term_id = s.venue_province_term_id

        """;

    /// <summary>Recorded sessions, newest first.</summary>
    public Task<IReadOnlyList<SessionRow>> LatestAsync(int count) =>
        database.QueryAsync<SessionRow>(Select + "where s.record_state <> 'announced' order by s.held_on desc, s.content_item_id limit @count", new { count });

    public Task<int> CountRecordsAsync() =>
        database.FirstAsync<int>("select count(*) from session_index where record_state <> 'announced'");

    /// <summary>Every session, newest first.</summary>
    public Task<IReadOnlyList<SessionRow>> AllAsync() =>
        database.QueryAsync<SessionRow>(Select + "order by s.held_on desc, s.content_item_id");

    /// <summary>The announced session that comes next; when none is ahead, the last announced one that nobody has recorded.</summary>
    public Task<SessionRow?> NextAsync(DateOnly today, string? communityId = null) =>
        database.FirstAsync<SessionRow>(
            Select + """
            where s.record_state = 'announced' and (@communityId is null or s.community_id = @communityId)
            order by case when s.held_on >= @today then 0 else 1 end,
              case when s.held_on >= @today then s.held_on end, s.held_on desc
            limit 1
            """,
            new { today, communityId });

    public Task<SessionRow?> FindAsync(string? contentItemId) =>
        database.FirstAsync<SessionRow>(Select + "where s.content_item_id = @contentItemId", new { contentItemId });

    public async Task<IReadOnlyDictionary<string, SessionRow>> GetAsync(IReadOnlyCollection<string> contentItemIds) =>
        (await database.QueryAsync<SessionRow>(Select + "where s.content_item_id in @contentItemIds", new { contentItemIds }))
        .ToDictionary(s => s.ContentItemId);

    /// <summary>A community's sessions, oldest first within a fiscal year, newest year first.</summary>
    public Task<IReadOnlyList<SessionRow>> OfCommunityAsync(string communityId) =>
        database.QueryAsync<SessionRow>(Select + "where s.community_id = @communityId order by s.fiscal_year desc, s.held_on", new { communityId });

    /// <summary>The numbered records of the community that recorded one last, of that record's fiscal year, oldest first.</summary>
    public Task<IReadOnlyList<SessionRow>> LatestSeriesAsync() =>
        database.QueryAsync<SessionRow>(
            Select + """
            join (select community_id, fiscal_year from session_index where series_no is not null order by held_on desc limit 1) l
              on l.community_id = s.community_id and l.fiscal_year = s.fiscal_year
            order by s.series_no nulls first, s.held_on
            """);

    /// <summary>Sessions that carry a term in any field, or are held in the province that the term stands for; newest first.</summary>
    public Task<IReadOnlyList<SessionRow>> WithTermAsync(string termId) =>
        database.QueryAsync<SessionRow>(
            Select + "where exists (select 1 from content_terms c where c.content_item_id = s.content_item_id and c.term_id = @termId) order by s.held_on desc",
            new { termId });

    /// <summary>The session of which this one is the next, if any.</summary>
    public Task<SessionRow?> BeforeAsync(string contentItemId) =>
        database.FirstAsync<SessionRow>(Select + "where s.next_session_id = @contentItemId", new { contentItemId });

    /// <summary>Fiscal years that have sessions, newest first.</summary>
    public Task<IReadOnlyList<int>> FiscalYearsAsync() =>
        database.QueryAsync<int>("select distinct fiscal_year from session_index order by fiscal_year desc");
}
