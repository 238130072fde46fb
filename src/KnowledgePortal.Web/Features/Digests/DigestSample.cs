using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>A digest of what is there, for somebody who wants to know what they would get.</summary>
public sealed class DigestSample(Database database, DigestEntries entries, SavedSearchMatches searches, Letterheads letterheads, TimeProvider clock)
{
    private const int Most = 4;
    private const int Looked = 400;

    public async Task<string> HtmlAsync(DigestFrequency frequency, Interests interests)
    {
        var today = BangkokTime.Today(clock);
        var ids = await database.QueryAsync<string>(
            """
            select content_item_id from content_items
            where published = 1 and content_type in ('CopSession', 'BestPractice', 'KnowledgeProgramme', 'Article')
            order by case content_type when 'Article' then 1 else 0 end, published_utc desc nulls last, id desc limit @Looked
            """,
            new { Looked });
        var found = new DigestEntryList(await entries.DescribeAsync(ids, new Dictionary<string, IReadOnlyList<EntryEvent>>(), today));
        await found.LookUpAsync([interests], searches);
        var items = found.About(interests).Take(Most).Select(e => new DigestItem(e, IsNew: true)).ToList();
        var subscription = new Subscription
        {
            Address = "reader@example.com", Frequency = frequency.Name(), TermIds = interests.Key, Search = interests.SearchKey, Token = "preview",
        };
        return DigestMail.Write(await letterheads.LoadAsync(), subscription, items, today, clock.GetUtcNow()).HtmlBody!;
    }
}
