using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>Fills <c>practice_index</c>.</summary>
public sealed class PracticeHandler : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (PracticePart.Of(item) is not { } part) return;
        await UnpublishedAsync(item, transaction);
        var result = item.Bag("Results").FirstOrDefault();
        var values = result?.As<ResultRowPart>();
        await transaction.ExecuteAsync(
            """
            insert into practice_index (content_item_id, content_type, path, title, one_line, kind, province_term_id, agency_term_id, award_term_id,
              award_year, trust_level, result_indicator, result_before, result_after, result_unit, told_in, published_utc)
            values (@ContentItemId, @ContentType, @path, @DisplayText, @OneLine, @kind, @province, @agency, @award,
              @AwardYear, @trust, @indicator, @before, @after, @unit, @ToldInId, @published)
            """,
            new
            {
                item.ContentItemId, item.ContentType, path = item.As<AutoroutePart>().Path, item.DisplayText, part.OneLine,
                kind = OrNull(part.Kind), province = part.Province.FirstOrDefault(), agency = part.Agency.FirstOrDefault(),
                award = part.OwnerAward.FirstOrDefault(), part.AwardYear, trust = OrNull(part.TrustLevel),
                indicator = result?.DisplayText, before = values?.Before, after = values?.After, unit = values?.Unit, part.ToldInId,
                published = item.PublishedUtc is { } utc ? InvariantTime.Format(utc) : null,
            });
    }

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from practice_index where content_item_id = @ContentItemId", new { item.ContentItemId });

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
