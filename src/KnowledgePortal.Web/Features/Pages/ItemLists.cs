using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>Pages of the items in a list, and of those that carry a term.</summary>
public sealed class ItemLists(ContainedItems contained)
{
    private const int UsualPageSize = 10;
    private const int LargestPageSize = 100;

    public async Task<ItemList> OfListAsync(ContentItem list, ContentTypePartDefinition part, string path, int page, ViewerTokens viewers)
    {
        var size = LooseJson.Number(part.Settings.Section("ListPartSettings").Member("PageSize")) is { } set ? (int)Math.Clamp(set, 1, LargestPageSize) : UsualPageSize;
        return await PageAsync(path, page, size, await contained.CountAsync(list.ContentItemId, viewers), skip => contained.PageAsync(list.ContentItemId, skip, size, viewers));
    }

    public async Task<ItemList> OfTermAsync(Term term, int page, ViewerTokens viewers) => await PageAsync(
        term.Path, page, UsualPageSize, await contained.CountWithTermAsync(term.TermId, viewers), skip => contained.PageWithTermAsync(term.TermId, skip, UsualPageSize, viewers));

    private static async Task<ItemList> PageAsync(string path, int page, int size, int total, Func<int, Task<IReadOnlyList<ContainedItem>>> read)
    {
        var pages = Math.Max(1, (total + size - 1) / size);
        var items = page < 1 || page > pages ? [] : await read((page - 1) * size);
        return new ItemList(
            [.. items.Select(i => new ListEntry(i.Title, i.Path, InvariantTime.Parse(i.PublishedUtc) is { } utc ? BangkokTime.Day(utc) : null))],
            total, page, pages, page > 1 ? $"/{path}?page={page - 1}" : null, page < pages ? $"/{path}?page={page + 1}" : null);
    }
}
