using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class AddressTests : IAsyncLifetime
{
    private static readonly Actor Somchai = new("somchai");
    private KernelSite _site = null!;

    private AddressBook Book => _site.Get<AddressBook>();

    public async ValueTask InitializeAsync() => _site = await KernelSite.CreateAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("{{ Model.ContentItem | display_text | slugify }}", "ขั้นตอนที่-1-ใบอนุญาต")]
    [InlineData("{{ContentItem.DisplayText|slugify}}", "ขั้นตอนที่-1-ใบอนุญาต")]
    [InlineData("news/{{ ContentItem | display_text | slugify }}/x", "news/ขั้นตอนที่-1-ใบอนุญาต/x")]
    [InlineData("{{- Model.ContentItem.Content.Page.Subtitle.Text | slugify -}}", "เรื่องรอง")]
    [InlineData("{{ Model.ContentItem | container | display_text | slugify }}/{{ Model.ContentItem | display_text | slugify }}", "บล็อก/ขั้นตอนที่-1-ใบอนุญาต")]
    [InlineData("{{ Model.ContentItem.ContentItemId }}", "4item")]
    [InlineData("{{ Model.ContentItem.Content.Nothing.Here }}", "")]
    [InlineData("{{ 'ABC' | downcase }}", "abc")]
    [InlineData("plain", "plain")]
    [InlineData("{% if x %}{% endif %}", null)]
    [InlineData("{{ Model.ContentItem | money }}", null)]
    [InlineData("{{ Site.Name }}", null)]
    [InlineData("{{ Model.ContentItem", null)]
    public void A_pattern_gives_an_address(string pattern, string? address)
    {
        var item = new ContentItem { ContentItemId = "4item", ContentType = "Page", DisplayText = "ขั้นตอนที่ 1: ใบอนุญาต!" };
        item.Parts["Page"] = new System.Text.Json.Nodes.JsonObject { ["Subtitle"] = new System.Text.Json.Nodes.JsonObject { ["Text"] = "เรื่องรอง" } };
        _site.Get<AddressPattern>().Evaluate(pattern, item, new ContentItem { DisplayText = "บล็อก" }).ShouldBe(address);
    }

    [Fact]
    public async Task An_item_without_an_address_gets_that_of_its_pattern_or_the_next_free_one()
    {
        await _site.RunAsync("""
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "News", "ContentTypePartDefinitionRecords": [
              { "PartName": "AutoroutePart", "Settings": { "AutoroutePartSettings": { "Pattern": "/news/{{ ContentItem | display_text | slugify }}/" } } } ] } ] }
            """);
        var ids = Enumerable.Range(1, 9).Select(n => $"4n{n}").ToList();
        var data = string.Join(", ", ids.Select(id => $$"""{ "ContentItemId": "{{id}}", "ContentType": "News", "DisplayText": "น้ำท่วม", "AutoroutePart": { "Path": "" } }"""));
        await _site.RunAsync($$"""{ "name": "content", "data": [ {{data}} ] }""");
        var paths = new List<string>();
        foreach (var id in ids) paths.Add((await _site.ItemAsync(id))!.As<AutoroutePart>().Path);
        paths[..2].ShouldBe(["news/น้ำท่วม", "news/น้ำท่วม-2"]);
        paths.Distinct().Count().ShouldBe(9);
        (await _site.RunAsync($$"""{ "name": "content", "data": [ {{data}} ] }""")).Steps[0].Written.ShouldBe(0);
    }

    [Fact]
    public async Task A_former_address_leads_to_where_the_item_is_now_without_chains_until_another_item_takes_it()
    {
        await PublishAsync("4a", "one");
        await PublishAsync("4a", "two");
        await PublishAsync("4a", "three");
        (await Book.RedirectAsync("one", ViewerTokens.Public)).ShouldBe("three");
        (await Book.RedirectAsync("two", ViewerTokens.Public)).ShouldBe("three");
        (await Book.RedirectAsync("three", ViewerTokens.Public)).ShouldBeNull();

        await PublishAsync("4b", "one");
        (await Book.RedirectAsync("one", ViewerTokens.Public)).ShouldBeNull();
        (await Book.RedirectAsync("two", ViewerTokens.Public)).ShouldBe("three");

        await PublishAsync("4a", "two");
        (await Book.RedirectAsync("two", ViewerTokens.Public)).ShouldBeNull();
        (await Book.RedirectAsync("three", ViewerTokens.Public)).ShouldBe("two");

        await _site.ChangeAsync((lifecycle, transaction) => lifecycle.UnpublishAsync("4a", Somchai, transaction));
        (await Book.RedirectAsync("three", ViewerTokens.Public)).ShouldBeNull();
        await _site.ChangeAsync(async (lifecycle, transaction) => await lifecycle.PublishAsync("4a", Somchai, transaction));
        (await Book.RedirectAsync("three", ViewerTokens.Public)).ShouldBe("two");
    }

    [Fact]
    public async Task An_address_belongs_to_one_item_and_the_import_of_another_says_so()
    {
        var report = await _site.RunAsync("""
            { "name": "content", "data": [ { "ContentItemId": "4a", "ContentType": "Page", "AutoroutePart": { "Path": "same" } }, { "ContentItemId": "4b", "ContentType": "Page", "AutoroutePart": { "Path": "/same" } },
              { "ContentItemId": "4c", "ContentType": "Page", "AutoroutePart": { "Path": "a b?" } }, { "ContentItemId": "4d", "ContentType": "Page", "AutoroutePart": { "Path": "off", "Disabled": true } } ] }
            """);
        report.Steps[0].Skipped.Select(s => s.What).ShouldBe(["/same", "/a b?"]);
        (await _site.Get<ContentManager>().GetByPathAsync("same", ViewerTokens.Public))!.ContentItemId.ShouldBe("4a");
        (await _site.Get<ContentManager>().GetByPathAsync("off", ViewerTokens.Public)).ShouldBeNull();
        await Should.ThrowAsync<InvalidContentException>(() => PublishAsync("4e", "same"));
    }

    [Fact]
    public async Task Handles_find_items_by_alias_and_by_address()
    {
        await _site.RunAsync("""{ "name": "content", "data": [ { "ContentItemId": "4menu", "ContentType": "Menu", "AliasPart": { "Alias": "main-menu" }, "AutoroutePart": { "Path": "menus/เมนู" } }, { "ContentItemId": "4second", "ContentType": "Menu", "AliasPart": { "Alias": "main-menu" } } ] }""");
        (await Book.FindAsync("alias:main-menu")).ShouldBe("4menu");
        (await Book.FindAsync("slug:menus/เมนู")).ShouldBe("4menu");
        (await Book.FindAsync("slug:/menus/เมนู")).ShouldBe("4menu");
        (await Book.FindAsync("alias:nobody")).ShouldBeNull();
        (await Book.FindAsync("main-menu")).ShouldBeNull();
    }

    [Fact]
    public async Task An_item_that_asks_for_it_becomes_the_home_page_once()
    {
        await _site.RunAsync("""{ "name": "content", "data": [ { "ContentItemId": "4home", "ContentType": "Page", "AutoroutePart": { "Path": "home", "SetHomepage": true } } ] }""");
        (await _site.Get<HomeRoute>().FindAsync()).ShouldBe("4home");
        await _site.RunAsync("""{ "name": "settings", "HomeRoute": { "Action": "Display", "Controller": "Item", "Area": "OrchardCore.Contents", "ContentItemId": "4other" } }""");
        (await _site.Get<HomeRoute>().FindAsync()).ShouldBe("4other");
        await _site.ChangeAsync(async (lifecycle, transaction) =>
        {
            var item = (await _site.ItemAsync("4home", VersionOptions.Latest))!;
            item.DisplayText = "เปลี่ยนแล้วจึงเป็นฉบับใหม่";
            await lifecycle.SaveDraftAsync(item, ContentVersion.Of(item), Somchai, transaction);
            await lifecycle.PublishAsync("4home", Somchai, transaction);
        });
        (await _site.Get<HomeRoute>().FindAsync()).ShouldBe("4home");
        (await _site.ItemAsync("4home"))!.As<AutoroutePart>().SetHomepage.ShouldBeFalse();
    }

    [Theory]
    [InlineData("กี่ปี/ที่-ผ่าน_มา", true)]
    [InlineData("a//b", false)]
    [InlineData("a?b", false)]
    [InlineData("a.b", false)]
    [InlineData("a\u0001b", false)]
    [InlineData("", false)]
    public void An_address_is_sound_or_not(string path, bool isSound) => AddressBook.IsSound(path).ShouldBe(isSound);

    [Fact]
    public void An_address_ends_at_1024_characters()
    {
        AddressBook.IsSound(new string('ก', 1024)).ShouldBeTrue();
        AddressBook.IsSound(new string('ก', 1025)).ShouldBeFalse();
    }

    private Task PublishAsync(string id, string path) => _site.ChangeAsync(async (lifecycle, transaction) =>
    {
        var item = await _site.ItemAsync(id, VersionOptions.Latest) ?? new ContentItem { ContentItemId = id, ContentItemVersionId = ContentIds.New(), ContentType = "Page", DisplayText = "หน้า" };
        var seen = item.ModifiedUtc is null ? null : ContentVersion.Of(item);
        item.Alter<AutoroutePart>(part => part.Path = path);
        await lifecycle.SaveDraftAsync(item, seen, Somchai, transaction);
        await lifecycle.PublishAsync(id, Somchai, transaction);
    });
}
