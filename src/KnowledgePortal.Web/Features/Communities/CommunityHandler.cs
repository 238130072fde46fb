using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Communities;

/// <summary>The fields of a Community.</summary>
public sealed class CommunityPart : ContentPart
{
    public const string ContentType = "Community";

    protected override string PartName => ContentType;

    public string ShortName => Text();
    public string Summary => Text();
    public IReadOnlyList<string> Agency => TermIds();
    public IReadOnlyList<string> Province => TermIds();
    public IReadOnlyList<string> Topics => TermIds();
}

/// <summary>Fills <c>community_index</c> and keeps the community's name on its sessions.</summary>
public sealed class CommunityHandler : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != CommunityPart.ContentType) return;
        await UnpublishedAsync(item, transaction);
        var part = item.As<CommunityPart>();
        await transaction.ExecuteAsync(
            """
            insert into community_index (content_item_id, path, title, short_name, summary, agency_term_id)
            values (@ContentItemId, @path, @DisplayText, @shortName, @Summary, @agency)
            """,
            new
            {
                item.ContentItemId, path = item.As<AutoroutePart>().Path, item.DisplayText, part.Summary,
                shortName = part.ShortName.Length > 0 ? part.ShortName : item.DisplayText, agency = part.Agency.FirstOrDefault(),
            });
        await SessionHandler.NameCommunityAsync(item.ContentItemId, transaction);
    }

    /// <summary>Its sessions stay, under the name that they have; its address leads nowhere.</summary>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        """
        delete from community_index where content_item_id = @ContentItemId;
        update session_index set community_path = '' where community_id = @ContentItemId;
        """,
        new { item.ContentItemId });
}
