using System.Text.Json.Nodes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>Lists: what is found, in which order, page by page.</summary>
public sealed class QueryApiTests(ApiSite site)
{
    private async Task<IReadOnlyList<string>> IdsAsync(string query, ApiClient? client = null)
    {
        var answer = await (client ?? site.Anybody()).GetAsync("/api/v1/content?" + query);
        answer.Status.ShouldBe(200, answer.Text);
        return [.. answer.Json["items"]!.AsArray().Select(i => i!["ContentItemId"]!.ToString())];
    }

    [Theory]
    [InlineData("type=CopSession&CopSession.FiscalYear=2563", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&CopSession.FiscalYear[lte]=2563", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&CopSession.SeriesNo.Value=4", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&CopSession.HeldOn[lt]=2020-12-31", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&CopSession.Community[has]=4c23p0aqz13d94572hctkkmb04&CopSession.FiscalYear[in]=2563,2499", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&title[contains]=องค์กรนวัตกรรมภาครัฐ", DemoItems.Session4Of2563)]
    [InlineData("type=CopSession&AutoroutePart.Path=cop/moi/2563/4", DemoItems.Session4Of2563)]
    public async Task Items_are_found_by_their_fields(string query, string expected)
    {
        var found = await IdsAsync(query);
        found.ShouldContain(expected);
        found.ShouldNotContain(DemoItems.ExchangeOf7December2564);
    }

    [Fact]
    public async Task A_term_is_asked_for_by_its_slug()
    {
        var of = await IdsAsync("term=provinces:khon-kaen");
        of.ShouldContain(DemoItems.KhonKaenSueksa);
        (await IdsAsync("term=provinces:nowhere")).ShouldBeEmpty();
        (await IdsAsync("type=CopSession&CopSession.OneLine[exists]=false")).ShouldNotContain(DemoItems.Session4Of2563);
    }

    [Theory]
    [InlineData("published")]
    [InlineData("-published")]
    [InlineData("modified")]
    [InlineData("-title")]
    [InlineData("title")]
    [InlineData("-created")]
    public async Task Pages_follow_each_other_and_leave_nothing_out(string sort)
    {
        var whole = (await IdsAsync($"sort={sort}&limit=100")).Where(id => DemoItems.NameOf(id) != id).ToList();
        var (paged, whatIsThere, next) = (new List<string>(), new List<string>(), (string?)$"/api/v1/content?sort={sort}&limit=3");
        while (next is not null)
        {
            var answer = await site.Anybody().GetAsync(next);
            whatIsThere.AddRange(answer.Json["items"]!.AsArray().Select(i => i!.ToJsonString()));
            paged.AddRange(answer.Json["items"]!.AsArray().Select(i => i!["ContentItemId"]!.ToString()));
            next = answer.Json["next"]?.ToString();
            if (next is not null) answer.Header("Link").ShouldBe($"<{next}>; rel=\"next\"");
        }
        whatIsThere.ShouldBeUnique(); // an item that others change while the pages are turned may come again, as another version
        paged.Where(id => DemoItems.NameOf(id) != id).ShouldBe(whole);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=1e9", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("sort=document", "sort")]
    [InlineData("sort=title;drop table accounts", "sort")]
    [InlineData("sort=title&sort=created", "sort")]
    [InlineData("type=NoSuchType", "type")]
    [InlineData("version=all", "version")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=WyJ0aXRsZSIsIngiXQ", "cursor")]
    [InlineData("Owner=root", "Owner")]
    [InlineData("owner[contains]=a", "owner[contains]")]
    [InlineData("CopSession.FiscalYear=2563", "CopSession.FiscalYear")]
    [InlineData("type=CopSession&CopSession.NoSuchField=1", "CopSession.NoSuchField")]
    [InlineData("type=CopSession&CopSession.FiscalYear[like]=1", "CopSession.FiscalYear[like]")]
    [InlineData("type=CopSession&CopSession.FiscalYear=x", "CopSession.FiscalYear")]
    [InlineData("type=CopSession&CopSession.Community[has]=\"", "CopSession.Community[has]")]
    [InlineData("type=CopSession&CopSession.Community[lt]=a", "CopSession.Community[lt]")]
    [InlineData("type=CopSession&CopSession.FiscalYear')--=1", "CopSession.FiscalYear')--")]
    public async Task What_cannot_be_asked_for_is_refused_by_name(string query, string field)
    {
        var answer = await site.Anybody().GetAsync("/api/v1/content?" + query);
        answer.Status.ShouldBe(400, answer.Text);
        answer.Json["errors"]![0]!["field"]!.ToString().ShouldBe(field);
    }

    [Fact]
    public async Task Drafts_are_listed_for_those_who_may_see_them()
    {
        var (organizer, member) = (await site.AsAsync(DemoSite.Organizer), await site.AsAsync(DemoSite.Member));
        var draft = (await organizer.PostAsync("/api/v1/content", ContentApiTests.Session("ร่างในรายการ"))).Json["ContentItemId"]!.ToString();
        var own = (await member.PostAsync("/api/v1/content", ContentApiTests.Session("ร่างของสมาชิก"))).Json["ContentItemId"]!.ToString();
        (await IdsAsync("type=CopSession&limit=100", organizer)).ShouldNotContain(draft);
        (await IdsAsync("type=CopSession&version=latest&limit=100", organizer)).ShouldContain(draft);
        var seen = await IdsAsync("type=CopSession&version=latest&limit=100", member);
        seen.ShouldContain(own);
        seen.ShouldNotContain(draft);
        (await IdsAsync("version=latest")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_type_is_described_by_its_parts_and_fields()
    {
        var types = (await site.Anybody().GetAsync("/api/v1/types")).Json["types"]!.AsArray();
        types.Select(t => t!["name"]!.ToString()).ShouldContain("CopSession");
        types.ShouldAllBe(t => !t!["creatable"]!.GetValue<bool>());
        var session = (await (await site.AsAsync(DemoSite.Organizer)).GetAsync("/api/v1/types/CopSession")).Json;
        session["creatable"]!.GetValue<bool>().ShouldBeTrue();
        var parts = session["schema"]!["properties"]!;
        parts["CopSession"]!["properties"]!["HeldOn"]!["properties"]!["Value"]!["format"]!.ToString().ShouldBe("date-time");
        parts["Speakers"]!["properties"]!["ContentItems"]!["x-types"]!.ToJsonString().ShouldBe("""["Speaker"]""");
        (await site.Anybody().GetAsync("/api/v1/types/None")).Status.ShouldBe(404);
        var provinces = (await site.Anybody().GetAsync("/api/v1/taxonomies/provinces/terms")).Json["terms"]!.AsArray();
        provinces.Count.ShouldBe(77);
        provinces.Select(p => p!["slug"]!.ToString()).ShouldContain("khon-kaen");
        (await site.Anybody().GetAsync("/api/v1/taxonomies")).Json["taxonomies"]!.AsArray().Select(t => t!["name"]!.ToString()).ShouldContain("provinces");
        (await site.Anybody().GetAsync("/api/v1/taxonomies/none/terms")).Status.ShouldBe(404);
    }
}
