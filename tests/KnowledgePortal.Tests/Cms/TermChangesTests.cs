using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class TermChangesTests : IAsyncLifetime
{
    private static readonly Actor Somchai = new("somchai");
    private KernelSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await KernelSite.CreateAsync();
        await _site.RunAsync("""
            { "name": "content", "data": [
              { "ContentItemId": "4tax", "ContentItemVersionId": "4taxv", "ContentType": "Taxonomy", "DisplayText": "หน่วยงาน", "AliasPart": { "Alias": "agencies" }, "TaxonomyPart": { "TermContentType": "Agency", "Terms": [
                { "ContentItemId": "4moi", "ContentType": "Agency", "DisplayText": "มหาดไทย", "AutoroutePart": { "Path": "agencies/moi" }, "Agency": { "Aliases": { "Values": [ "MOI" ] } } },
                { "ContentItemId": "4old", "ContentType": "Agency", "DisplayText": "กระทรวงมหาดไทย", "AutoroutePart": { "Path": "agencies/old" }, "Agency": { "Abbreviation": { "Text": "มท." }, "Aliases": { "Values": [ "MOI", "ก" ] } },
                  "Terms": [ { "ContentItemId": "4child", "ContentType": "Agency", "DisplayText": "กรมการปกครอง", "Terms": [ { "ContentItemId": "4grand", "ContentType": "Agency", "DisplayText": "สำนัก" } ] } ] } ] } },
              { "ContentItemId": "4one", "ContentType": "Page", "DisplayText": "หนึ่ง", "Page": { "Owner": { "TaxonomyContentItemId": "4tax", "TermContentItemIds": [ "4x", "4old" ], "TagNames": [ "เอ็กซ์", "กระทรวงมหาดไทย" ] } } },
              { "ContentItemId": "4both", "ContentType": "Page", "DisplayText": "สอง", "Rows": { "ContentItems": [ { "ContentType": "Row", "Row": { "Owner": { "TermContentItemIds": [ "4old", "4moi" ], "TagNames": [ "ก", "ข" ] } } } ] } },
              { "ContentItemId": "4draft", "ContentType": "Page", "DisplayText": "ร่าง", "Latest": true, "Published": false, "Page": { "Owner": { "TermContentItemIds": [ "4old" ] } } },
              { "ContentItemId": "4word", "ContentType": "Page", "DisplayText": "4old", "TitlePart": { "Title": "4old" } } ] }
            """);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_merged_term_lives_on_in_the_names_the_items_and_the_address_of_the_other()
    {
        (await ChangeAsync(async (terms, transaction) => (await terms.MergeAsync("4tax", "4old", "4moi", Somchai, transaction)).ShouldBe(3))).ShouldBeNull();

        var all = await _site.Get<TermQueries>().AllAsync("agencies");
        all.Select(t => (t.TermId, t.ParentTermId)).ShouldBe([("4moi", null), ("4child", "4moi"), ("4grand", "4child")]);
        all[0].Aliases.Split('\n').ShouldBe(["MOI", "กระทรวงมหาดไทย", "มท."]);

        (await _site.ItemAsync("4one"))!.Parts["Page"]!["Owner"]!.ToJsonString(JsonText.Options).ShouldBe("""{"TaxonomyContentItemId":"4tax","TermContentItemIds":["4x","4moi"],"TagNames":["เอ็กซ์","มหาดไทย"]}""");
        (await _site.ItemAsync("4both"))!.Bag("Rows")[0].Parts["Row"]!["Owner"]!.ToJsonString(JsonText.Options).ShouldBe("""{"TermContentItemIds":["4moi"],"TagNames":["ข"]}""");
        (await _site.ItemAsync("4draft", VersionOptions.Latest))!.Parts["Page"]!["Owner"]!.ToJsonString().ShouldBe("""{"TermContentItemIds":["4moi"]}""");
        (await _site.ItemAsync("4word"))!.DisplayText.ShouldBe("4old");
        (await _site.Get<TermQueries>().OfItemAsync("4one")).Select(t => t.TermId).ShouldBe(["4moi"]);
        (await _site.Get<AddressBook>().RedirectAsync("agencies/old", ViewerTokens.Public)).ShouldBe("agencies/moi");
        (await _site.Get<AuditTrail>().LatestAsync(1)).Single().Action.ShouldBe("term.merge");
    }

    [Fact]
    public async Task A_moved_term_takes_those_below_it_along_and_items_keep_it()
    {
        await ChangeAsync((terms, transaction) => terms.MoveAsync("4tax", "4old", "4moi", Somchai, transaction));
        await ChangeAsync((terms, transaction) => terms.MoveAsync("4tax", "4grand", null, Somchai, transaction));
        (await _site.Get<TermQueries>().AllAsync("agencies")).Select(t => (t.TermId, t.ParentTermId)).ShouldBe([("4moi", null), ("4old", "4moi"), ("4child", "4old"), ("4grand", null)]);
        (await _site.ItemAsync("4one"))!.Parts["Page"]!["Owner"]!["TermContentItemIds"]![1]!.ToString().ShouldBe("4old");
    }

    [Fact]
    public async Task What_would_make_a_circle_or_names_no_term_is_refused_and_changes_nothing()
    {
        var before = await _site.Database.QueryAsync<string>("select document from content_items order by id");
        (await ChangeAsync((terms, transaction) => terms.MoveAsync("4tax", "4old", "4grand", Somchai, transaction))).ShouldNotBeNull();
        (await ChangeAsync((terms, transaction) => terms.MoveAsync("4tax", "4old", "4old", Somchai, transaction))).ShouldNotBeNull();
        (await ChangeAsync((terms, transaction) => terms.MergeAsync("4tax", "4old", "4grand", Somchai, transaction))).ShouldNotBeNull();
        (await ChangeAsync((terms, transaction) => terms.MergeAsync("4tax", "4old", "4old", Somchai, transaction))).ShouldNotBeNull();
        (await ChangeAsync((terms, transaction) => terms.MergeAsync("4tax", "4nobody", "4moi", Somchai, transaction))).ShouldNotBeNull();
        (await ChangeAsync((terms, transaction) => terms.MoveAsync("4one", "4old", null, Somchai, transaction))).ShouldNotBeNull();
        (await _site.Database.QueryAsync<string>("select document from content_items order by id")).ShouldBe(before);
    }

    private async Task<InvalidContentException?> ChangeAsync(Func<TermChanges, DatabaseTransaction, Task> change)
    {
        await using var transaction = await _site.Database.BeginAsync();
        try
        {
            await change(_site.Get<TermChanges>(), transaction);
        }
        catch (InvalidContentException error)
        {
            return error;
        }
        await transaction.CommitAsync();
        return null;
    }
}
