using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>What an import did; <paramref name="Skipped"/> lines are named by number and reason as they come.</summary>
public sealed record ImportSummary(int Imported, int Known, int Duplicates, int Skipped);

/// <summary>
/// Turns news items into published articles. An item is known again by the id of its source, so an import that was killed goes on where it stopped;
/// a batch is one transaction. Nothing is recorded as activity: what is imported is not new.
/// </summary>
public sealed class ArticleImport(Database database, ContentManager contents, TermQueries terms, TimeProvider clock)
{
    private const int BatchSize = 200;
    private const int SummaryLength = 160;

    public async Task<ImportSummary> RunAsync(NewsFile file, Action<NewsLine> skipped, Action<int> progress)
    {
        var provinces = (await terms.AllAsync("provinces")).ToDictionary(p => "จังหวัด" + p.Title);
        var text = new NewsText(new NewsAgencies([.. await KnownAgenciesAsync(), .. provinces.Keys.Select(name => new KnownAgency(name, []))]));
        var summary = new ImportSummary(0, 0, 0, 0);
        foreach (var batch in file.Lines().Chunk(BatchSize))
        {
            await using var transaction = await database.BeginAsync();
            transaction.FailsAs("import");
            foreach (var line in batch)
            {
                if (line.Item is { } item)
                {
                    summary = await ImportAsync(text.Read(item), provinces, summary, transaction);
                }
                else
                {
                    skipped(line);
                    summary = summary with { Skipped = summary.Skipped + 1 };
                }
            }
            await transaction.CommitAsync();
            progress(summary.Imported + summary.Known + summary.Skipped);
        }
        return summary;
    }

    private async Task<ImportSummary> ImportAsync(
        ImportedNews news, Dictionary<string, Term> provinces, ImportSummary summary, DatabaseTransaction transaction)
    {
        if (await transaction.FirstAsync<long>("select count(*) from article_index where source_id = @SourceId", new { news.SourceId }) > 0)
            return summary with { Known = summary.Known + 1 };
        var original = await OriginalAsync(news, transaction);
        await contents.ImportAsync(Article(news, await FreePathAsync(news, transaction), original, provinces), transaction);
        FailPoint.Reach("import.item");
        return summary with { Imported = summary.Imported + 1, Duplicates = summary.Duplicates + (original is null ? 0 : 1) };
    }

    // The same text, or the same page as source: the first of them is the original of all others.
    private static Task<string?> OriginalAsync(ImportedNews news, DatabaseTransaction transaction) => transaction.FirstAsync<string>(
        """
        select coalesce(duplicate_of, content_item_id) from article_index
        where content_hash = @ContentHash or source_url = @url order by duplicate_of is not null limit 1
        """,
        new { news.ContentHash, url = news.HasSourcePage ? news.SourceUrl : null });

    private static async Task<string> FreePathAsync(ImportedNews news, DatabaseTransaction transaction)
    {
        var slug = ThaiSlug.Of(news.Title);
        string[] candidates = [slug ?? "", $"{slug}-{ThaiSlug.Of(news.SourceId)}".Trim('-'), $"{slug}-{ContentIds.New()}".Trim('-')];
        foreach (var path in candidates.Where(c => c.Length > 0).Select(c => "articles/" + c))
            if (await transaction.FirstAsync<long>("select count(*) from autoroute_index where path = @path", new { path }) == 0) return path;
        return "articles/" + ContentIds.New();
    }

    private ContentItem Article(ImportedNews news, string path, string? original, Dictionary<string, Term> provinces)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var province = news.Agency is null ? null : provinces.GetValueOrDefault(news.Agency);
        var fields = new JsonObject
        {
            ["Summary"] = Text(FirstWords(news.Markdown)),
            ["AgencyName"] = Text(news.Agency ?? ""),
            ["SourceId"] = Text(news.SourceId),
            ["ContentHash"] = Text(news.ContentHash),
        };
        if (news.Date is { } date) fields["PublishedOn"] = new JsonObject { ["Value"] = InvariantTime.Format(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)) };
        if (news.SourceUrl is { } url) fields["Source"] = new JsonObject { ["Url"] = url, ["Text"] = new Uri(url).Host };
        if (original is not null) fields["DuplicateOf"] = new JsonObject { ["ContentItemIds"] = new JsonArray(original) };
        if (province is not null) fields["Provinces"] = new JsonObject { ["TermContentItemIds"] = new JsonArray(province.TermId) };
        return new ContentItem
        {
            ContentItemId = ContentIds.New(), ContentItemVersionId = ContentIds.New(), ContentType = ArticlePart.ContentType, DisplayText = news.Title,
            Latest = true, Published = true, CreatedUtc = now, ModifiedUtc = now, Author = Actor.System.Name,
            PublishedUtc = news.Date is { } day ? BangkokTime.At(day, TimeOnly.MinValue).UtcDateTime : now,
            Parts = new JsonObject
            {
                ["TitlePart"] = new JsonObject { ["Title"] = news.Title },
                ["AutoroutePart"] = new JsonObject { ["Path"] = path },
                ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = news.Markdown },
                [ArticlePart.ContentType] = fields,
            },
        };
    }

    // The summary is cut at a space: between Thai words there is none, so a cut elsewhere would break one.
    private static string FirstWords(string markdown)
    {
        var end = markdown.IndexOf("\n\n", StringComparison.Ordinal);
        var first = MarkdownHtml.PlainText(end < 0 ? markdown : markdown[..end]);
        if (first.Length <= SummaryLength) return first;
        var cut = first.LastIndexOf(' ', SummaryLength);
        return cut > 0 ? first[..cut] + "…" : "";
    }

    private async Task<IReadOnlyList<KnownAgency>> KnownAgenciesAsync() =>
        [.. (await terms.ItemsAsync("agencies")).Select(a => new KnownAgency(a.DisplayText, a.As<AgencyNames>().All))];

    private static JsonObject Text(string text) => new() { ["Text"] = text };

    private sealed class AgencyNames : ContentPart
    {
        protected override string PartName => "Agency";

        public string Abbreviation => Text();
        public IReadOnlyList<string> Aliases => Values();
        public IReadOnlyList<string> All => [.. Aliases, .. Abbreviation.Length > 0 ? [Abbreviation] : Array.Empty<string>()];
    }
}
