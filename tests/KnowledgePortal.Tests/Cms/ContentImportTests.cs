using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class ContentImportTests : IAsyncLifetime
{
    private const string Id = "4qq3n9ys5kd5zwfkzjhypw3cm1";
    private static readonly Actor Somchai = new("somchai");
    private KernelSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await KernelSite.CreateAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_equal_version_is_left_alone_whatever_its_flags()
    {
        (await ImportAsync(Item("v1"))).ShouldBe(1);
        (await ImportAsync(Item("v1"))).ShouldBe(0);
        (await ImportAsync(Item("v1", latest: true, published: false))).ShouldBe(0);
        (await FlagsAsync()).ShouldBe(["v1 latest published"]);
    }

    [Fact]
    public async Task A_known_version_is_merged_into_and_its_lists_are_replaced()
    {
        await ImportAsync(Item("v1", parts: """ "TitlePart": { "Title": "x" }, "A": { "Keep": { "Text": "k" }, "Tags": { "Values": [ "1", "2" ] } } """));
        (await ImportAsync(Item("v1", parts: """ "A": { "Tags": { "Values": [ "3" ] } } """))).ShouldBe(1);
        var parts = (await _site.ItemAsync(Id))!.Parts;
        parts.ToJsonString().ShouldBe("""{"TitlePart":{"Title":"x"},"A":{"Keep":{"Text":"k"},"Tags":{"Values":["3"]}}}""");
    }

    [Fact]
    public async Task A_published_version_takes_the_place_of_the_published_one_and_of_a_draft()
    {
        await ImportAsync(Item("v1"));
        await ImportAsync(Item("draft", published: false));
        (await FlagsAsync()).ShouldBe(["v1 published", "draft latest"]);
        await ImportAsync(Item("v2"));
        (await FlagsAsync()).ShouldBe(["v1", "draft", "v2 latest published"]);
    }

    [Fact]
    public async Task A_draft_takes_the_place_of_a_draft_and_leaves_readers_what_they_see()
    {
        await ImportAsync(Item("v1"));
        await ImportAsync(Item("d1", published: false));
        await ImportAsync(Item("d2", published: false));
        (await FlagsAsync()).ShouldBe(["v1 published", "d1", "d2 latest"]);
        (await _site.ItemAsync(Id))!.ContentItemVersionId.ShouldBe("v1");
    }

    [Fact]
    public async Task A_published_version_and_a_newer_draft_come_together_in_either_order()
    {
        await ImportAsync(Item("v1", latest: false), Item("d1", published: false));
        (await FlagsAsync()).ShouldBe(["v1 published", "d1 latest"]);
        await using var other = await KernelSite.CreateAsync();
        await other.RunAsync($$"""{ "name": "content", "data": [ {{Item("d1", published: false)}}, {{Item("v1", latest: false)}} ] }""");
        (await FlagsAsync(other)).ShouldBe(["d1 latest", "v1 published"]);
    }

    [Fact]
    public async Task What_was_published_and_comes_again_as_a_draft_is_withdrawn()
    {
        await ImportAsync(Item("v1", parts: """ "AutoroutePart": { "Path": "a" } """));
        await ImportAsync(Item("v1", published: false, parts: """ "A": { } """));
        (await FlagsAsync()).ShouldBe(["v1 latest"]);
        (await _site.Get<ContentManager>().GetByPathAsync("a", ViewerTokens.Public)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_version_id_an_item_gets_a_version_only_if_something_differs()
    {
        var item = $$"""{ "ContentItemId": "{{Id}}", "ContentType": "Page", "DisplayText": "หน้า", "Latest": true, "Published": true, "TitlePart": { "Title": "หน้า" } }""";
        (await ImportAsync(item)).ShouldBe(1);
        (await ImportAsync(item)).ShouldBe(0);
        (await ImportAsync(item.Replace("\"Title\": \"หน้า\"", "\"Title\": \"หน้าใหม่\""))).ShouldBe(1);
        (await _site.Database.FirstAsync<long>("select count(*) from content_items")).ShouldBe(2);
    }

    [Fact]
    public async Task Dates_are_written_as_they_were_given_and_people_of_another_site_are_kept()
    {
        var given = $$"""
            { "ContentItemId": "{{Id}}", "ContentItemVersionId": "v", "ContentType": "Page", "DisplayText": "x", "Latest": true, "Published": true, "ModifiedUtc": "2021-03-04T05:06:07.1230000Z",
              "PublishedUtc": "2021-03-04T12:06:07+07:00", "CreatedUtc": "2021-03-04T05:06:07", "Owner": "4nobody", "Author": "somebody", "A": { "When": { "Value": "2021-05-03" } }, "B": [ 1.50, 1e400 ] }
            """;
        await ImportAsync(given);
        ContentItemJson.Write((await _site.ItemAsync(Id))!).ToJsonString(JsonText.Options).ShouldBe(JsonNode.Parse(given)!.ToJsonString(JsonText.Options));
    }

    [Fact]
    public async Task The_envelope_comes_first_in_Orchards_order_with_its_nulls()
    {
        await ImportAsync("""{ "A": { }, "Stray": 1, "DisplayText": "x", "ContentType": "Page", "ContentItemId": "4x" }""");
        var item = ContentItemJson.Write((await _site.ItemAsync("4x"))!);
        item.Select(p => p.Key).ShouldBe(["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author", "A"]);
        item["Owner"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "ContentItemId": "4x", "DisplayText": "ไม่มีชนิด" }""", "ไม่มีชนิด")]
    [InlineData("""{ "ContentItemId": "4x56789012345678901234567890", "ContentType": "Page" }""", "26")]
    [InlineData("""{ "ContentItemId": "4other", "ContentItemVersionId": "v1", "ContentType": "Page" }""", "belongs to")]
    public async Task An_item_that_cannot_be_stored_is_named(string item, string place)
    {
        await ImportAsync(Item("v1"));
        var error = await Should.ThrowAsync<InvalidRecipeException>(() => ImportAsync(Item("v2"), item));
        error.Message.ShouldContain("test.recipe.json, step 1 (content): item 2");
        error.Message.ShouldContain(place);
        (await FlagsAsync()).ShouldBe(["v1 latest published"]);
    }

    [Fact]
    public async Task An_item_without_an_id_gets_a_new_one_and_the_report_counts_it()
    {
        var report = await _site.RunAsync("""{ "name": "content", "data": [ { "ContentType": "Page", "TitlePart": { "Title": "ไม่มีรหัส" } } ] }""");
        report.Steps[0].NewIds.ShouldBe(1);
        report.Steps[0].Changes.ShouldBe(["+ Page \"ไม่มีรหัส\""]);
    }

    [Fact]
    public async Task Parts_that_nobody_knows_survive_edits_publishing_and_an_export()
    {
        const string Foreign = """{"Speed":{"Value":9.750,"Unit":null},"Crew":[null,"ก",{"Deep":[[]]}],"Name":"[locale en]x[/locale]"}""";
        await ImportAsync(Item("v1", parts: $""" "WarpPart": {Foreign}, "Loose": [ 1, true ] """));
        await _site.ChangeAsync(async (lifecycle, transaction) =>
        {
            var item = (await _site.ItemAsync(Id, VersionOptions.Latest))!;
            var seen = ContentVersion.Of(item);
            item.Alter<TitlePart>(part => part.Title = "ใหม่");
            await lifecycle.SaveDraftAsync(item, seen, Somchai, transaction);
            await lifecycle.PublishAsync(Id, Somchai, transaction);
        });
        var exported = (await _site.ExportAsync())["steps"]!.AsArray().Single(s => s!["name"]!.ToString() == "content")!["data"]![0]!;
        exported["WarpPart"]!.ToJsonString(JsonText.Options).ShouldBe(Foreign);
        exported["Loose"]!.ToJsonString().ShouldBe("[1,true]");
        exported["TitlePart"]!["Title"]!.ToString().ShouldBe("ใหม่");
        exported["Author"]!.ToString().ShouldBe("somchai");
    }

    [Fact]
    public async Task A_draft_that_is_newer_than_what_readers_see_is_exported_too_and_what_was_removed_is_not()
    {
        await ImportAsync(Item("v1"), Item("gone").Replace(Id, "4gone"));
        await ImportAsync(Item("d1", published: false));
        await _site.ChangeAsync((lifecycle, transaction) => lifecycle.RemoveAsync("4gone", Somchai, transaction));
        var items = (await _site.ExportAsync())["steps"]!.AsArray().Single()!["data"]!.AsArray();
        items.Select(i => i!["ContentItemVersionId"]!.ToString()).ShouldBe(["v1", "d1"]);
    }

    [Fact]
    public async Task Typed_views_read_and_change_every_kind_of_part_and_nested_item()
    {
        await ImportAsync(Item("v1", parts: """
            "Handouts": { "ContentItems": [ { "ContentType": "Handout", "DisplayText": "ก", "ContentItemId": "4h", "Extra": { "A": 1 } } ], "Other": 1 },
            "ContainedPart": { "ListContentItemId": "4list", "Order": "3" }, "PublishLaterPart": { "ScheduledPublishUtc": "2026-01-01T00:00:00Z" },
            "MenuItemsListPart": { "MenuItems": [ { "ContentType": "LinkMenuItem", "LinkMenuItemPart": { "Url": "~/", "Name": "เก่า" } } ] }
            """));
        var item = (await _site.ItemAsync(Id))!;
        item.As<ContainedPart>().Order.ShouldBe(3);
        item.As<PublishLaterPart>().ScheduledPublishUtc.ShouldBe(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        item.As<MenuItemsListPart>().MenuItems.Single().As<LinkMenuItemPart>().Name.ShouldBe("เก่า");
        var nested = item.Bag("Handouts").Single();
        nested.DisplayText.ShouldBe("ก");
        item.Alter<BagPart>("Handouts", bag => bag.ContentItems = [nested, new ContentItem { ContentItemId = "4i", ContentType = "Handout" }]);
        item.Alter<ContainedPart>(part => part.Order = 4);
        item.Alter<PublishLaterPart>(part => part.ScheduledPublishUtc = null);
        item.Parts["Handouts"]!["Other"]!.GetValue<int>().ShouldBe(1);
        item.Bag("Handouts").Select(h => h.ContentItemId).ShouldBe(["4h", "4i"]);
        item.Bag("Handouts")[0].Parts["Extra"]!.ToJsonString().ShouldBe("""{"A":1}""");
        item.Parts["ContainedPart"]!.ToJsonString().ShouldBe("""{"ListContentItemId":"4list","Order":4}""");
        item.Parts["PublishLaterPart"]!.ToJsonString().ShouldBe("{}");
    }

    private async Task<int> ImportAsync(params string[] items) =>
        (await _site.RunAsync($$"""{ "name": "content", "data": [ {{string.Join(", ", items)}} ] }""")).Steps[0].Written;

    private Task<IReadOnlyList<string>> FlagsAsync() => FlagsAsync(_site);

    private static Task<IReadOnlyList<string>> FlagsAsync(KernelSite site) => site.Database.QueryAsync<string>(
        "select content_item_version_id || case latest when 1 then ' latest' else '' end || case published when 1 then ' published' else '' end from content_items where instr(document, case latest when 1 then '\"Latest\":true' else '\"Latest\":false' end) > 0 and instr(document, case published when 1 then '\"Published\":true' else '\"Published\":false' end) > 0 order by id");

    private static string Item(string version, bool latest = true, bool published = true, string parts = """ "TitlePart": { "Title": "หน้า" } """) =>
        $$"""
        { "ContentItemId": "{{Id}}", "ContentItemVersionId": "{{version}}", "ContentType": "Page", "DisplayText": "หน้า", "Latest": {{(latest ? "true" : "false")}}, "Published": {{(published ? "true" : "false")}},
          "ModifiedUtc": "2026-01-01T00:00:00Z", "PublishedUtc": "2026-01-01T00:00:00Z", "CreatedUtc": "2026-01-01T00:00:00Z", "Author": "x", {{parts}} }
        """;
}
