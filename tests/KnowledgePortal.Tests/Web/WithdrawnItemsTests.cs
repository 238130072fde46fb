using System.Net;
using AngleSharp.Html.Parser;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Checks;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What is left of the site when one of its items is withdrawn.</summary>
public sealed class WithdrawnItemsTests
{
    [Fact]
    public async Task No_page_leads_to_an_item_that_has_been_withdrawn()
    {
        await using var site = new EditorSite();
        await site.InitializeAsync();
        using var organizer = site.As(EditorSite.Administrator);
        using var reader = new HttpClient { BaseAddress = site.Address };
        foreach (var item in new[] { DemoItems.MinistryCommunity, DemoItems.Recording, DemoItems.KhuSiao, DemoItems.AnnouncedSession })
            (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{item}")).SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await site.CatchUpAsync();
        var (seen, broken) = await SiteWalk.FromTheFrontPageAsync(reader);
        broken.ShouldBe(["/account/keys on /developers: Unauthorized"]); // it asks who one is
        seen.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_session_keeps_the_name_of_its_withdrawn_community_and_finds_its_page_again_with_it()
    {
        const string Session = "/cop/moi/2563/4";
        await using var site = new EditorSite();
        await site.InitializeAsync();
        using var organizer = site.As(EditorSite.Administrator);
        (await CommunityAsync()).ShouldBe((true, true));
        (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{DemoItems.MinistryCommunity}")).SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await CommunityAsync()).ShouldBe((true, false));
        await site.CatchUpAsync();
        (await site.Services.GetRequiredService<SiteCheck>().RunAsync(isDeep: true)).Select(f => $"{f.Subject}: {f.What.English}").ShouldBeEmpty();
        await MergeATopicAsync(site, DemoItems.Session4Of2563); // which publishes the session once more
        (await CommunityAsync()).ShouldBe((true, false));
        (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{DemoItems.MinistryCommunity}")).PressAsync("publish")).Errors.ShouldBeEmpty();
        (await CommunityAsync()).ShouldBe((true, true));

        async Task<(bool IsNamed, bool IsLinked)> CommunityAsync()
        {
            using var reader = site.As(null);
            var page = new HtmlParser().ParseDocument(await reader.GetStringAsync(Session));
            var facts = page.QuerySelector("main dl")!;
            return (facts.TextContent.Contains("ชุมชนนักปฏิบัติ", StringComparison.Ordinal), page.QuerySelectorAll("a[href='/cop/moi']").Length > 0);
        }
    }

    private static async Task MergeATopicAsync(EditorSite site, string itemId)
    {
        await using var transaction = await site.Services.GetRequiredService<Database>().BeginAsync();
        var (taxonomy, from) = await transaction.FirstAsync<(string, string)>(
            "select t.taxonomy_item_id, t.term_id from content_terms c join term_index t on t.term_id = c.term_id where c.content_item_id = @itemId and c.field = 'Topics' order by t.term_id limit 1", new { itemId });
        var into = await transaction.FirstAsync<string>("select term_id from term_index where taxonomy_item_id = @taxonomy and term_id <> @from order by term_id limit 1", new { taxonomy, from });
        (await site.Services.GetRequiredService<TermChanges>().MergeAsync(taxonomy, from, into!, Actor.System, transaction)).ShouldBePositive();
        await transaction.CommitAsync();
    }
}
