using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Hosting.PageCache;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What is read once after each publish is never older than it, and never what nobody has published.</summary>
public sealed class PerGenerationTests : IAsyncLifetime
{
    private const string Title = "select title from term_index where term_id = '4digital'";
    private KernelSite _site = null!;

    private PublishedTerms Terms => _site.Get<PublishedTerms>();

    public async ValueTask InitializeAsync()
    {
        _site = await KernelSite.CreateAsync();
        await PublishAsync("ดิจิทัล");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_term_has_its_new_name_as_soon_as_it_is_published_and_none_when_it_is_withdrawn()
    {
        (await Terms.GetAsync(["4gone", "4second", "4digital"])).Select(t => t.Title).ShouldBe(["ที่สอง", "ดิจิทัล"]);
        (await Terms.AllAsync("kinds")).Select(t => t.Slug).ShouldBe(["digital", "second"]);
        await PublishAsync("ดิจิทัลภาครัฐ");
        (await Terms.FindAsync("kinds", "digital"))!.Title.ShouldBe("ดิจิทัลภาครัฐ");
        await _site.ChangeAsync((lifecycle, transaction) => lifecycle.UnpublishAsync("4tax", new Actor("somchai"), transaction));
        (await Terms.FindAsync("kinds", "digital")).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_preview_reads_is_kept_for_nobody_else()
    {
        var database = _site.Database;
        var known = new PerGeneration<string?>(_site.Get<ContentGeneration>(), () => database.FirstAsync<string>(Title));
        await using (var transaction = await database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await transaction.ExecuteAsync("update term_index set title = 'ร่าง' where term_id = '4digital'");
            database.ReadThrough(transaction);
            (await known.GetAsync()).ShouldBe("ร่าง");
            database.ReadThrough(null);
        }
        (await known.GetAsync()).ShouldBe("ดิจิทัล");
    }

    [Fact]
    public async Task Many_who_ask_at_once_read_once_and_a_failure_is_not_kept()
    {
        var (reads, answer) = (0, new TaskCompletionSource<int>());
        var known = new PerGeneration<int>(_site.Get<ContentGeneration>(), () =>
        {
            reads++;
            return answer.Task;
        });
        var asked = new[] { known.GetAsync(), known.GetAsync() };
        answer.SetException(new BusyDatabaseException(new TimeoutException()));
        foreach (var one in asked) await Should.ThrowAsync<BusyDatabaseException>(() => one);
        reads.ShouldBe(1);
        answer = new TaskCompletionSource<int>();
        answer.SetResult(7);
        (await known.GetAsync()).ShouldBe(7);
        reads.ShouldBe(2);
    }

    private Task PublishAsync(string title) => _site.RunAsync($$"""
        { "name": "content", "data": [
          { "ContentItemId": "4tax", "ContentItemVersionId": "{{ContentIds.New()}}", "ContentType": "Taxonomy", "DisplayText": "ชนิด", "Latest": true, "Published": true,
            "AliasPart": { "Alias": "kinds" }, "TaxonomyPart": { "TermContentType": "Kind", "Terms": [
            { "ContentItemId": "4digital", "ContentType": "Kind", "DisplayText": "{{title}}", "AutoroutePart": { "Path": "kinds/digital" } },
            { "ContentItemId": "4second", "ContentType": "Kind", "DisplayText": "ที่สอง", "AutoroutePart": { "Path": "kinds/second" } } ] } } ] }
        """);
}
