using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>An article as lists show it.</summary>
public sealed record ArticleRow
{
    public string ContentItemId { get; init; } = "";
    public string Path { get; init; } = "";
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public DateOnly? PublishedOn { get; init; }
    public string Agency { get; init; } = "";
    public string? DuplicateOf { get; init; }
}

/// <summary>Reads articles for lists.</summary>
public sealed class ArticleQueries(Database database)
{
    private const string Columns = "content_item_id, path, title, summary, published_on, agency, duplicate_of";
    private static readonly string Seen = ViewerTokens.See("article_index.content_item_id");

    /// <summary>Newest first; those without a day last. With how many there are in all.</summary>
    public Task<(IReadOnlyList<ArticleRow> Articles, int Total)> PageAsync(long skip, int count, ViewerTokens viewers) =>
        database.QueryManyAsync<(IReadOnlyList<ArticleRow>, int)>(
            $"""
            select {Columns} from article_index where {Seen} order by published_on is null, published_on desc, content_item_id limit @count offset @skip;
            select count(*) from article_index where {Seen};
            """,
            new { skip, count, viewers = viewers.Values },
            async results => ([.. await results.ReadAsync<ArticleRow>()], await results.ReadFirstAsync<int>()));

    public async Task<IReadOnlyDictionary<string, ArticleRow>> GetAsync(IReadOnlyCollection<string> contentItemIds, ViewerTokens viewers) =>
        (await database.QueryAsync<ArticleRow>($"select {Columns} from article_index where content_item_id in @contentItemIds and {Seen}", new { contentItemIds, viewers = viewers.Values }))
        .ToDictionary(a => a.ContentItemId);
}
