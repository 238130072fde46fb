using System.Text;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Features.Articles;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>An item by its title.</summary>
public sealed record TitledItem
{
    public string ContentItemId { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Title { get; init; } = "";
    public string Path { get; init; } = "";
}

/// <summary>
/// Finds published items by any part of their title. Twenty thousand titles are two million letters: one text in memory, read through in a fraction of a
/// millisecond. It is made anew for each commit of the index, when somebody asks.
/// </summary>
public sealed class SuggestionTitles(Database database)
{
    private const char Separator = '\n';
    private const int MostRead = 200;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Haystack? _haystack;

    /// <summary>Titles that begin with what was typed, then those that have it; all records and practices before news, newer ones first.</summary>
    public async Task<IReadOnlyList<TitledItem>> FindAsync(Searcher searcher, string normalized, ViewerTokens viewers, int most)
    {
        var ids = (await OfAsync(searcher)).Find(normalized, viewers.Values.Any(v => v is ViewGroups.Everybody or ViewerTokens.All), most);
        if (ids.Count == 0) return [];
        var items = (await database.QueryAsync<TitledItem>(
            $"""
            select i.content_item_id, i.content_type, i.display_text as title, r.path from content_items i
            join autoroute_index r on r.content_item_id = i.content_item_id where i.published = 1 and i.content_item_id in @ids and {ViewerTokens.See("i.content_item_id")}
            """,
            new { ids, viewers = viewers.Values })).ToDictionary(i => i.ContentItemId);
        return [.. ids.Where(items.ContainsKey).Select(id => items[id]).Take(most)];
    }

    /// <summary>Makes the text of a commit before somebody waits for it.</summary>
    public Task WarmAsync(Searcher searcher) => OfAsync(searcher);

    private async Task<Haystack> OfAsync(Searcher searcher)
    {
        if (_haystack is { } known && known.Searcher == searcher) return known;
        await _gate.WaitAsync();
        try
        {
            return _haystack is { } made && made.Searcher == searcher ? made : _haystack = await ReadAsync(searcher);
        }
        finally { _gate.Release(); }
    }

    private async Task<Haystack> ReadAsync(Searcher searcher)
    {
        var rows = await database.QueryAsync<(string Id, string Type, string Title, long IsPublic)>(
            """
            select i.content_item_id, i.content_type, i.display_text,
              case when exists (select 1 from content_viewers v where v.content_item_id = i.content_item_id and v.viewer = 'public') then 1 else 0 end as is_public
            from content_items i join autoroute_index r on r.content_item_id = i.content_item_id left join article_index a on a.content_item_id = i.content_item_id
            where i.published = 1 and i.content_type <> 'Taxonomy' and a.duplicate_of is null
            order by case i.content_type when 'Article' then 1 else 0 end, i.published_utc desc nulls last, i.id desc
            """);
        var text = new StringBuilder();
        var starts = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            starts[i] = text.Length;
            text.Append(Separator).Append(ThaiNormalizer.Normalize(rows[i].Title.ReplaceLineEndings(" ")).Text);
        }
        return new Haystack(searcher, text.ToString(), starts, [.. rows.Select(r => r.Id)], [.. rows.Select(r => string.Intern(r.Type))], [.. rows.Select(r => r.IsPublic != 0)]);
    }

    private sealed record Haystack(Searcher Searcher, string Text, int[] Starts, string[] Ids, string[] Types, bool[] IsPublic)
    {
        private readonly int _news = Array.IndexOf(Types, ArticlePart.ContentType) is > -1 and var first ? Starts[first] : Text.Length;

        /// <summary>As many as are asked for that are surely seen, and a bounded number of others among them.</summary>
        public IReadOnlyList<string> Find(string words, bool seesPublic, int most)
        {
            var found = new List<string>();
            var sure = 0;
            foreach (var (from, to) in new[] { (0, _news), (_news, Text.Length) })
            {
                Collect(Separator + words, from, to);
                Collect(words, from, to);
            }
            return found;

            void Collect(string part, int at, int end)
            {
                for (var read = 0; read < MostRead && sure < most && found.Count < MostRead && Text.IndexOf(part, at, end - at, StringComparison.Ordinal) is >= 0 and var place; read++)
                {
                    var row = Array.BinarySearch(Starts, place);
                    if (row < 0) row = ~row - 1;
                    if (!found.Contains(Ids[row]))
                    {
                        found.Add(Ids[row]);
                        if (seesPublic && IsPublic[row]) sure++;
                    }
                    at = row + 1 < Starts.Length ? Starts[row + 1] : end;
                }
            }
        }
    }
}
