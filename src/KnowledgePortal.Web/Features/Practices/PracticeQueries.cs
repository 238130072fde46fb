using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>Reads practices and programmes for lists.</summary>
public sealed class PracticeQueries(Database database)
{
    private static readonly string Seen = ViewerTokens.See("p.content_item_id");
    private const string Select =
        """
        select p.content_item_id, p.content_type, p.path, p.title, p.one_line, p.kind, p.award_year, p.trust_level,
          p.result_indicator, p.result_before, p.result_after, p.result_unit,
          v.title as province_title, v.slug as province_slug, json_extract(v.document, '$.Province.Abbreviation.Text') as province_abbreviation,
          a.title as agency_title, w.title as award_title, json_extract(w.document, '$.Award.Abbreviation.Text') as award_abbreviation
        from practice_index p
        left join term_index v on v.term_id = p.province_term_id
        left join term_index a on a.term_id = p.agency_term_id
        left join term_index w on w.term_id = p.award_term_id

        """;

    private static readonly string Newest = $"where {Seen} order by p.content_type, p.published_utc desc nulls last, p.title";

    /// <summary>The practices and programmes among the items <c>@ids</c>.</summary>
    public static readonly string Among = Select + $"where p.content_item_id in @ids and {Seen};";

    /// <summary>Every practice, then every programme, the newest first, and the terms that they carry: what the filters of the list are made of.</summary>
    public Task<PracticeLibrary> AllAsync(ViewerTokens viewers) => database.QueryManyAsync(
        $"""
        {Select} {Newest};
        select c.content_item_id, c.field, t.taxonomy, t.slug, t.title
        from content_terms c
        join practice_index p on p.content_item_id = c.content_item_id
        join term_index t on t.term_id = c.term_id
        where {Seen} order by t.position;
        """,
        new { viewers = viewers.Values },
        async results => new PracticeLibrary([.. await results.ReadAsync<PracticeCard>()], (await results.ReadAsync<CarriedTerm>()).ToLookup(t => t.ContentItemId)));

    /// <summary>The newest practices.</summary>
    public Task<IReadOnlyList<PracticeCard>> LatestAsync(int count, ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(Select + $"{Newest} limit @count", new { count, viewers = viewers.Values });

    /// <summary>One of them with those nearest to it: of the same province first, then of the same session. Null where there is none.</summary>
    public Task<(PracticeCard? Practice, IReadOnlyList<PracticeCard> Related)> FindAsync(string contentItemId, string? provinceId, string? sessionId, int mostRelated, ViewerTokens viewers) =>
        database.QueryManyAsync<(PracticeCard?, IReadOnlyList<PracticeCard>)>(
            $"""
            {Select} where p.content_item_id = @contentItemId and {Seen};
            {Select}
            join (
              select n.content_item_id, min(n.distance) as distance from (
                select c.content_item_id, 0 as distance from content_terms c where c.term_id = @provinceId
                union all select t.content_item_id, 1 as distance from practice_index t where t.told_in = @sessionId) n
              group by n.content_item_id) near on near.content_item_id = p.content_item_id
            where p.content_item_id <> @contentItemId and {Seen} order by near.distance, p.content_type, p.title limit @mostRelated;
            """,
            new { contentItemId, provinceId, sessionId, mostRelated, viewers = viewers.Values },
            async results => (await results.ReadFirstOrDefaultAsync<PracticeCard>(), [.. await results.ReadAsync<PracticeCard>()]));

    public async Task<IReadOnlyDictionary<string, PracticeCard>> GetAsync(IReadOnlyCollection<string> ids, ViewerTokens viewers) =>
        (await database.QueryAsync<PracticeCard>(Among, new { ids, viewers = viewers.Values })).ToDictionary(p => p.ContentItemId);

    public Task<IReadOnlyList<PracticeCard>> ToldInAsync(string sessionId, ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(Select + $"where p.told_in = @sessionId and {Seen} order by p.content_type, p.title", new { sessionId, viewers = viewers.Values });

    public Task<IReadOnlyList<PracticeCard>> WithTermAsync(string termId, ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(
            Select + $"where exists (select 1 from content_terms c where c.content_item_id = p.content_item_id and c.term_id = @termId) and {Seen} order by p.content_type, p.title",
            new { termId, viewers = viewers.Values });
}

/// <summary>Practices and programmes, and their terms by item.</summary>
public sealed record PracticeLibrary(IReadOnlyList<PracticeCard> Practices, ILookup<string, CarriedTerm> Terms);

/// <summary>A term on a practice.</summary>
public sealed record CarriedTerm
{
    public string ContentItemId { get; init; } = "";
    public string Field { get; init; } = "";
    public string Taxonomy { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Title { get; init; } = "";
}
