using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>Reads practices and programmes for lists.</summary>
public sealed class PracticeQueries(Database database)
{
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
    public Task<IReadOnlyList<PracticeCard>> AllAsync() => database.QueryAsync<PracticeCard>(Select + "order by p.content_type, p.published_utc desc nulls last, p.title");

    public Task<PracticeCard?> FindAsync(string contentItemId) =>
        database.FirstAsync<PracticeCard>(Select + "where p.content_item_id = @contentItemId", new { contentItemId });

    public async Task<IReadOnlyDictionary<string, PracticeCard>> GetAsync(IReadOnlyCollection<string> contentItemIds) =>
        (await database.QueryAsync<PracticeCard>(Select + "where p.content_item_id in @contentItemIds", new { contentItemIds }))
        .ToDictionary(p => p.ContentItemId);

    public Task<IReadOnlyList<PracticeCard>> ToldInAsync(string sessionId) =>
        database.QueryAsync<PracticeCard>(Select + "where p.told_in = @sessionId order by p.content_type, p.title", new { sessionId });

    public Task<IReadOnlyList<PracticeCard>> WithTermAsync(string termId) =>
        database.QueryAsync<PracticeCard>(
            Select + "where exists (select 1 from content_terms c where c.content_item_id = p.content_item_id and c.term_id = @termId) order by p.content_type, p.title",
            new { termId });

    /// <summary>The terms that practices carry: what the filters of the list are made of.</summary>
    public Task<IReadOnlyList<CarriedTerm>> CarriedTermsAsync() =>
        database.QueryAsync<CarriedTerm>(
            """
            select c.content_item_id, c.field, t.taxonomy, t.slug, t.title
            from content_terms c
            join practice_index p on p.content_item_id = c.content_item_id
            join term_index t on t.term_id = c.term_id
            order by t.position
            """);
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
