using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Digests;
using KnowledgePortal.Web.Features.Search;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What somebody may not see does not exist for his searches: not in hits, totals, counts, suggestions or advice.</summary>
public sealed class SearchVisibilityTests
{
    // A page of the demo is for members of a community.
    private const int OfMembers = 1;

    [Fact]
    public async Task A_type_that_a_visitor_may_not_see_is_nowhere_in_his_search()
    {
        await using var site = new EditorSite();
        await site.InitializeAsync();
        await PermitAsync(site.Services.GetRequiredService<Database>(), site.Services.GetRequiredService<RolePermissions>(), "Anonymous", "View_CopSession", "View_Recording", "View_Community", "View_Page", "View_KnowledgeProgramme");
        var (reader, administrator) = (site.As(null), site.As(EditorSite.Administrator));

        var seen = await SearchAsync(reader, "q=");
        var everything = await SearchAsync(administrator, "q=");
        Count(everything, "type", "BestPractice").ShouldBeGreaterThan(0);
        Count(seen, "type", "BestPractice").ShouldBe(0);
        seen["total"]!.GetValue<int>().ShouldBe(everything["total"]!.GetValue<int>() - Count(everything, "type", "BestPractice") - OfMembers);
        Count(seen, "province", "khon-kaen").ShouldBeLessThan(Count(everything, "province", "khon-kaen"));
        foreach (var facet in seen["facets"]!.AsObject())
            foreach (var choice in facet.Value!.AsArray())
                (await SearchAsync(reader, $"q=&{facet.Key}={Uri.EscapeDataString(choice!["value"]!.GetValue<string>())}"))["total"]!.GetValue<int>()
                    .ShouldBe(choice["count"]!.GetValue<int>(), $"{facet.Key}={choice["value"]}");
        (await SearchAsync(reader, "q=&type=BestPractice"))["total"]!.GetValue<int>().ShouldBe(0);

        var name = Uri.EscapeDataString("คู่เสี่ยว");
        (await administrator.GetStringAsync("/api/v1/search/suggest?q=" + name)).ShouldContain("คู่เสี่ยว เกี่ยวก้อย");
        (await reader.GetStringAsync("/api/v1/search/suggest?q=" + name)).ShouldNotContain("คู่เสี่ยว เกี่ยวก้อย");
        (await reader.GetStringAsync("/search?type=BestPractice&q=" + name)).ShouldNotContain("/practices/");
    }

    [Fact]
    public async Task The_likely_spelling_is_offered_but_only_to_who_may_see_every_word()
    {
        await using var site = await DigestSite.OpenAsync();
        for (var i = 0; i < 25; i++) await site.PublishArticleAsync($"วัคซีน {i}");
        await site.Get<SearchIndex>().CatchUpAsync();
        (await MeantAsync("วัคซีนน")).ShouldBe(("วัคซีน", 25));
        (await MeantAsync("วัคซีน")).ShouldBeNull();
        (await MeantAsync("วัคซีนน ไม่มีคำนี้เลย")).ShouldBeNull();
        await PermitAsync(site.Database, site.Get<RolePermissions>(), "Anonymous", "View_CopSession", "View_Page");
        (await MeantAsync("วัคซีนน")).ShouldBeNull();

        async Task<(string, long)?> MeantAsync(string query) =>
            (await site.Get<PortalSearch>().RunAsync(new SearchInput(query, new Dictionary<string, IReadOnlyList<string>>(), Page: 1), Visitor.Anonymous)).DidYouMean is { } link
                ? (link.Label, link.Count) : null;
    }

    [Fact]
    public async Task A_withdrawn_recording_is_no_longer_what_its_session_is_found_by()
    {
        await using var site = new EditorSite();
        await site.InitializeAsync();
        var reader = site.As(null);
        Count(await SearchAsync(reader, "q=&type=CopSession"), "has", "recording").ShouldBe(1);
        await using (var transaction = await site.Services.GetRequiredService<Database>().BeginAsync())
        {
            await site.Services.GetRequiredService<ContentLifecycle>().UnpublishAsync(DemoItems.Recording, Actor.System, transaction);
            await transaction.CommitAsync();
        }
        await site.CatchUpAsync();
        Count(await SearchAsync(reader, "q=&type=CopSession"), "has", "recording").ShouldBe(0);
    }

    private static async Task PermitAsync(Database database, RolePermissions roles, string role, params string[] permissions)
    {
        await using (var transaction = await database.BeginAsync())
        {
            await SiteSettings.WriteAsync("role:" + role, new JsonObject { ["Permissions"] = new JsonArray([.. permissions.Select(p => JsonValue.Create(p))]) }, transaction);
            await transaction.CommitAsync();
        }
        roles.Reload();
    }

    private static int Count(JsonNode page, string facet, string value) =>
        page["facets"]![facet]!.AsArray().FirstOrDefault(c => c!["value"]!.GetValue<string>() == value)?["count"]!.GetValue<int>() ?? 0;

    private static async Task<JsonNode> SearchAsync(HttpClient client, string parameters) => JsonNode.Parse(await client.GetStringAsync("/api/v1/search?" + parameters))!;
}
