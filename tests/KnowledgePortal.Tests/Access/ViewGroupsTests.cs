using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>Who may see an item, and what lies in it.</summary>
public sealed class ViewGroupsTests
{
    [Theory]
    [InlineData("public", "public", "public")]
    [InlineData("public", "community:a", "community:a")]
    [InlineData("community:a", "public", "community:a")]
    [InlineData("signed-in", "community:a agency:x", "agency:x community:a")]
    [InlineData("community:a", "signed-in", "community:a")]
    [InlineData("community:a agency:x", "agency:x user:b", "agency:x")]
    [InlineData("community:a", "community:b", "")]
    public void What_lies_in_something_is_for_those_whom_both_allow(string own, string container, string left) =>
        ViewGroups.Of(own.Split(' ')).Inside(ViewGroups.Of(container.Split(' '))).Names.ShouldBe(left.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("""{ "ViewGroupsPart": {} }""", "public")]
    [InlineData("""{ "ViewGroupsPart": { "Groups": [] } }""", "public")]
    [InlineData("""{ "ViewGroupsPart": { "Groups": ["community:a", "public"] } }""", "public")]
    [InlineData("""{ "ViewGroupsPart": { "Groups": ["community:", "everyone", 7, null] } }""", "")]
    [InlineData("""{ "ViewGroupsPart": { "Groups": ["user:b", "x"] } }""", "user:b")]
    public void Groups_that_mean_nothing_show_an_item_to_nobody_rather_than_to_all(string parts, string groups) =>
        ViewGroups.Of(ContentItemJson.Read(JsonNode.Parse(parts)!.AsObject())).ToString().ShouldBe(groups);

    [Fact]
    public async Task What_lies_in_an_item_follows_it_whatever_comes_first()
    {
        await using var site = await KernelSite.CreateAsync();
        await TakeAsync(site, "4leaf", container: "4list");
        (await ViewersAsync(site, "4leaf")).ShouldContain("public");
        await TakeAsync(site, "4list", container: "4shelf");
        await TakeAsync(site, "4shelf", groups: ["signed-in"]);
        (await ViewersAsync(site, "4leaf")).ShouldBe(["*", "Note/*", "Note/signed-in", "signed-in"]);
        (await TouchedAsync(site)).ShouldBe(["4leaf", "4list", "4shelf"]);
        await TakeAsync(site, "4list", container: "4shelf", groups: ["community:a"]);
        (await ViewersAsync(site, "4leaf")).ShouldBe(["*", "Note/*", "Note/community:a", "community:a"]);

        // What lies in a withdrawn item stays as hidden as it was, also when it is published anew.
        await site.ChangeAsync((lifecycle, transaction) => lifecycle.UnpublishAsync("4shelf", Actor.System, transaction));
        await TakeAsync(site, "4list", container: "4shelf");
        (await ViewersAsync(site, "4shelf")).ShouldBeEmpty();
        (await ViewersAsync(site, "4leaf")).ShouldBe(["*", "Note/*", "Note/signed-in", "signed-in"]);
        await TakeAsync(site, "4shelf");
        (await ViewersAsync(site, "4leaf")).ShouldBe(["*", "Note/*", "Note/public", "public"]);
    }

    [Fact]
    public async Task Items_that_lie_in_each_other_come_to_an_end()
    {
        await using var site = await KernelSite.CreateAsync();
        await TakeAsync(site, "4one", container: "4two", groups: ["community:a"]);
        await TakeAsync(site, "4two", container: "4one", groups: ["community:b"]);
        (await ViewersAsync(site, "4one")).ShouldBe(["*", "Note/*"]);
        (await ViewersAsync(site, "4two")).ShouldBe(["*", "Note/*"]);
    }

    [Fact]
    public async Task Tokens_are_few_and_follow_from_what_permissions_imply()
    {
        await using var site = await KernelSite.CreateAsync();
        await site.RunAsync(
            """
            { "name": "ContentDefinition", "ContentTypes": [
              { "Name": "Note", "DisplayName": "Note", "Settings": { "ContentTypeSettings": { "Securable": true } }, "ContentTypePartDefinitionRecords": [] },
              { "Name": "Open", "DisplayName": "Open", "Settings": {}, "ContentTypePartDefinitionRecords": [] } ] },
            { "name": "Roles", "Roles": [
              { "Name": "Reader", "Permissions": ["View_Note", "View_Open"] }, { "Name": "Writer", "Permissions": ["EditOwn_Note"] }, { "Name": "Publisher", "Permissions": ["Publish_Note", "Publish_Open"] },
              { "Name": "Editor", "Permissions": ["EditContent"] }, { "Name": "Owner", "Permissions": ["PublishOwnContent"] }, { "Name": "Remover", "Permissions": ["DeleteContent"] }, { "Name": "Anonymous", "Permissions": [] } ] }
            """);
        (await TokensAsync(null)).ShouldBeEmpty();
        (await TokensAsync("Administrator")).ShouldBe(["*"]);
        (await TokensAsync("Editor")).ShouldBe(["*"]);
        (await TokensAsync("Remover")).ShouldBeEmpty();
        (await TokensAsync("Publisher")).ShouldBe(["Note/*"]);
        (await TokensAsync("Writer")).ShouldBe(["Note/own:b"]);
        (await TokensAsync("Owner")).ShouldBe(["own:b"]);
        (await TokensAsync("Reader")).ShouldBe(["Note/public", "Note/signed-in", "Note/user:b", "Note/community:a", "Note/own:b"]);
        await site.RunAsync("""{ "name": "Roles", "Roles": [ { "Name": "Anonymous", "Permissions": ["ViewContent"] } ] }""");
        (await TokensAsync(null)).ShouldBe(["public"]);
        (await TokensAsync("Publisher")).ShouldBe(["public", "signed-in", "user:b", "community:a", "own:b", "Note/*"]);
        (await site.Get<RolePermissions>().MayAsync(new Visitor("b", ["Publisher"]), ContentAction.Publish, "Open")).ShouldBeFalse();

        async Task<IReadOnlyList<string>> TokensAsync(string? role) =>
            (await site.Get<RolePermissions>().ViewersAsync(role is null ? Visitor.Anonymous : new Visitor("b", [role]) { Memberships = ["community:a"] })).Values;
    }

    [Fact]
    public async Task A_recipe_carries_groups_as_they_are()
    {
        await using var site = await KernelSite.CreateAsync();
        await TakeAsync(site, "4one", groups: ["community:a", "of another site"]);
        var export = await site.ExportAsync("Note");
        export.ToJsonString().ShouldContain("\"ViewGroupsPart\":{\"Groups\":[\"community:a\",\"of another site\"]}");
        (await site.Get<RolePermissions>().MaySeeAsync(Visitor.Anonymous, "4one")).ShouldBeFalse();
        (await site.Get<RolePermissions>().MaySeeAsync(new Visitor("b", []) { Memberships = ["community:a"] }, "4one")).ShouldBeTrue();
    }

    private static async Task TakeAsync(KernelSite site, string id, string? container = null, string[]? groups = null)
    {
        var item = new ContentItem { ContentItemId = id, ContentItemVersionId = ContentIds.New(), ContentType = "Note", DisplayText = id, Latest = true, Published = true };
        if (container is not null) item.Alter<ContainedPart>(part => part.ListContentItemId = container);
        if (groups is not null) item.Alter<ViewGroupsPart>(part => part.Groups = groups);
        await using var transaction = await site.Database.BeginAsync();
        await transaction.ExecuteAsync("delete from indexing_tasks");
        await site.Get<ContentManager>().ImportAsync(item, transaction);
        await transaction.CommitAsync();
    }

    private static Task<IReadOnlyList<string>> ViewersAsync(KernelSite site, string id) =>
        site.Database.QueryAsync<string>("select viewer from content_viewers where content_item_id = @id order by viewer", new { id });

    private static Task<IReadOnlyList<string>> TouchedAsync(KernelSite site) => site.Database.QueryAsync<string>("select content_item_id from indexing_tasks order by content_item_id");
}
