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

    /// <summary>Every practice, then every programme, each by title.</summary>
    public Task<IReadOnlyList<PracticeCard>> AllAsync(ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(Select + $"where {Seen} order by p.content_type, p.published_utc desc nulls last, p.title", new { viewers = viewers.Values });

    public Task<PracticeCard?> FindAsync(string contentItemId, ViewerTokens viewers) =>
        database.FirstAsync<PracticeCard>(Select + $"where p.content_item_id = @contentItemId and {Seen}", new { contentItemId, viewers = viewers.Values });

    public async Task<IReadOnlyDictionary<string, PracticeCard>> GetAsync(IReadOnlyCollection<string> contentItemIds, ViewerTokens viewers) =>
        (await database.QueryAsync<PracticeCard>(Select + $"where p.content_item_id in @contentItemIds and {Seen}", new { contentItemIds, viewers = viewers.Values }))
        .ToDictionary(p => p.ContentItemId);

    public Task<IReadOnlyList<PracticeCard>> ToldInAsync(string sessionId, ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(Select + $"where p.told_in = @sessionId and {Seen} order by p.content_type, p.title", new { sessionId, viewers = viewers.Values });

    public Task<IReadOnlyList<PracticeCard>> WithTermAsync(string termId, ViewerTokens viewers) =>
        database.QueryAsync<PracticeCard>(
            Select + $"where exists (select 1 from content_terms c where c.content_item_id = p.content_item_id and c.term_id = @termId) and {Seen} order by p.content_type, p.title",
            new { termId, viewers = viewers.Values });

    /// <summary>The terms that practices carry: what the filters of the list are made of.</summary>
    public Task<IReadOnlyList<CarriedTerm>> CarriedTermsAsync(ViewerTokens viewers) =>
        database.QueryAsync<CarriedTerm>(
            $"""
            select c.content_item_id, c.field, t.taxonomy, t.slug, t.title
            from content_terms c
            join practice_index p on p.content_item_id = c.content_item_id
            join term_index t on t.term_id = c.term_id
            where {Seen} order by t.position
            """,
            new { viewers = viewers.Values });
}

/// <summary>A term on a practice.</summary>
public sealed record CarriedTerm
{
    public string ContentItemId { get; init; } = "";
    public string Field { get; init; } = "";
    public string Taxonomy { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Title { get; init; } = "";
}
