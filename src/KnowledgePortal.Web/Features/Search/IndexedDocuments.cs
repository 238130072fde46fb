using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Communities;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Pages;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Recordings;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What published items are found by.</summary>
public sealed class IndexedDocuments(
    ContentManager contents, TermQueries terms, SessionQueries sessions, RecordingQueries recordings, DocumentQueries files)
{
    /// <summary>Characters of all files of one item together that are searched.</summary>
    private const int MostFileCharacters = 4_000_000;

    /// <summary>The documents of those items that are published and of a type that is searched, by item.</summary>
    public async Task<IReadOnlyDictionary<string, Document>> OfAsync(IReadOnlyCollection<string> contentItemIds)
    {
        var items = await contents.GetAsync(contentItemIds);
        var around = await AroundAsync(items);
        var texts = await files.TextsAsync(contentItemIds);
        var documents = new Dictionary<string, Document>();
        foreach (var item in items)
            if (await DescribeAsync(item, around) is { } document) documents.Add(item.ContentItemId, WithFiles(Dated(document, item), texts[item.ContentItemId]));
        return documents;
    }

    /// <summary>What the items of a batch refer to, read at once.</summary>
    private sealed record Around(
        IReadOnlyDictionary<string, Term> Terms, IReadOnlyDictionary<string, SessionRow> Sessions, ILookup<string, string> SessionTerms);

    private async Task<Around> AroundAsync(IReadOnlyList<ContentItem> items)
    {
        var recorded = items.Where(i => i.ContentType == RecordingPart.ContentType).Select(i => i.As<RecordingPart>().SessionId).OfType<string>().ToList();
        var told = items.Select(i => i.ContentType == SessionPart.ContentType ? i.ContentItemId : PracticePart.Of(i)?.ToldInId).OfType<string>();
        return new Around(
            (await terms.AllAsync()).ToDictionary(t => t.TermId), await sessions.GetAsync([.. told.Concat(recorded).Distinct()]), await terms.OfItemsAsync(recorded));
    }

    private static Document WithFiles(Document document, IEnumerable<string> texts)
    {
        var length = 0;
        foreach (var text in texts.TakeWhile(t => (length += t.Length) <= MostFileCharacters)) document.AddText(SearchFields.Files, text);
        return document;
    }

    private static Document Dated(Document document, ContentItem item)
    {
        // An article without a day of its own is not new because it was imported today: it sorts last.
        var day = item.ContentType == ArticlePart.ContentType ? item.As<ArticlePart>().PublishedOn : item.PublishedUtc is { } utc ? BangkokTime.Day(utc) : null;
        return day is { } known ? document.AddNumber(SearchFields.Day, known.DayNumber) : document;
    }

    private async Task<Document?> DescribeAsync(ContentItem item, Around around) => item.ContentType switch
    {
        SessionPart.ContentType => Session(item, around),
        RecordingPart.ContentType => await RecordingAsync(item, around),
        PracticePart.BestPractice or PracticePart.KnowledgeProgramme => Practice(item, around),
        CommunityPart.ContentType => Community(item, around),
        ArticlePart.ContentType => Article(item, around),
        PagePart.ContentType => Page(item),
        _ => null,
    };

    private static Document? Session(ContentItem item, Around around)
    {
        if (!around.Sessions.TryGetValue(item.ContentItemId, out var row)) return null;
        var part = item.As<SessionPart>();
        var document = Begin(item, row.Path, Lines([
            part.OneLine,
            .. item.Bag("Takeaways").SelectMany(t => new[] { t.DisplayText, t.As<TakeawayPart>().Detail }),
            PlainText.Of(item.As<MarkdownBodyPart>().Markdown), PlainText.Of(part.Objectives),
            .. item.Bag("Agenda").SelectMany(a => new[] { a.DisplayText, a.As<AgendaItem>().Speakers }),
            part.Audience, string.Join(' ', part.Channels), part.Venue, part.VenueDistrict, row.VenueProvince ?? ""]));
        AddCitation(document, row);
        foreach (var person in new[] { part.ChairName, part.ChairPosition, part.DelegatedByName, part.DelegatedByPosition })
            document.AddText(SearchFields.People, person);
        foreach (var speaker in item.Bag("Speakers"))
            document.AddText(SearchFields.People, $"{speaker.DisplayText} {speaker.As<Speaker>().Position} {speaker.As<Speaker>().Organisation}");
        foreach (var organisation in part.AttendingOrganisations.Prepend(row.HostTitle ?? "").Append(row.CommunityTitle))
            document.AddText(SearchFields.Organisations, organisation);
        AddTerms(document, around, part.Topics, [.. part.Provinces, .. part.VenueProvince], [.. part.SuccessFactors, .. part.PmqaCategories, .. part.Host]);
        return document;
    }

    // A recording is found by what is said in it, under the facets of its session.
    private async Task<Document?> RecordingAsync(ContentItem item, Around around)
    {
        var part = item.As<RecordingPart>();
        if (part.SessionId is not { } id || !around.Sessions.TryGetValue(id, out var row)) return null;
        var cues = await recordings.CuesAsync(part);
        var document = Begin(item, RecordingQueries.WatchPath(row), string.Join(' ', RecordingQueries.Chapters(item).Select(c => c.Title)));
        AddCitation(document, row);
        foreach (var cue in cues) document.AddText(SearchFields.Transcript, cue.Text);
        document.Store(SearchFields.StoredLines, JsonSerializer.Serialize(cues, JsonText.Options));
        AddTerms(document, around, Ids("topics"), Ids("provinces"), []);
        return document;

        IReadOnlyList<string> Ids(string taxonomy) =>
            [.. around.SessionTerms[id].Where(t => around.Terms.TryGetValue(t, out var term) && term.Taxonomy == taxonomy)];
    }

    private static Document Practice(ContentItem item, Around around)
    {
        var part = PracticePart.Of(item)!;
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([
            part.OneLine, PlainText.Of(part.Problem), PlainText.Of(item.As<MarkdownBodyPart>().Markdown),
            .. item.Bag("Steps").SelectMany(s => new[] { s.DisplayText, s.As<PracticeStep>().Detail }),
            PlainText.Of(part.Prerequisites), part.Website?.Text ?? "", part.Website?.Url ?? ""]));
        if (part.ToldInId is { } told && around.Sessions.TryGetValue(told, out var row))
        {
            AddCitation(document, row);
            document.AddText(SearchFields.Organisations, row.HostTitle ?? "");
        }
        foreach (var partner in part.Partners) document.AddText(SearchFields.Organisations, partner);
        AddTerms(document, around, part.Topics, part.Province, [.. part.Agency, .. part.SuccessFactors, .. part.PmqaCategories, .. part.OwnerAward]);
        return document;
    }

    private static Document Community(ContentItem item, Around around)
    {
        var part = item.As<CommunityPart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([part.Summary, PlainText.Of(item.As<MarkdownBodyPart>().Markdown)]))
            .AddText(SearchFields.Citation, part.ShortName);
        AddTerms(document, around, part.Topics, part.Province, part.Agency);
        return document;
    }

    private static Document Article(ContentItem item, Around around)
    {
        var part = item.As<ArticlePart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, PlainText.Of(item.As<MarkdownBodyPart>().Markdown))
            .AddText(SearchFields.Organisations, part.AgencyName).Store(SearchFields.Organisations, part.AgencyName);
        if (part.PublishedOn is { } day)
        {
            AddFiscalYear(document, FiscalYear.Of(day));
            document.AddText(SearchFields.Citation, $"{ThaiDate.Full(day)} {ThaiDate.Normal(day)}").Store(SearchFields.Day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        AddTerms(document, around, part.Topics, part.Provinces, []);
        return document;
    }

    private static Document Page(ContentItem item) =>
        Begin(item, item.As<AutoroutePart>().Path, Lines([item.As<PagePart>().Summary, PlainText.Of(item.As<MarkdownBodyPart>().Markdown)]));

    private static Document Begin(ContentItem item, string path, string body) => new Document(item.ContentItemId)
        .AddText(SearchFields.Title, item.DisplayText)
        .AddText(SearchFields.Body, body)
        .AddKeyword(SearchFields.Type, item.ContentType).Store(SearchFields.Type, item.ContentType)
        .Store(SearchFields.StoredTitle, item.DisplayText)
        .Store(SearchFields.StoredUrl, "/" + path)
        .Store(SearchFields.StoredBody, body);

    private static void AddCitation(Document document, SessionRow row)
    {
        document.AddText(SearchFields.Citation, $"{row.Citation} {row.KindName} ปีงบประมาณ {row.FiscalYear}");
        document.AddText(SearchFields.Citation, $"{ThaiDate.Full(row.HeldOn)} {ThaiDate.Normal(row.HeldOn)}");
        if (row.AwardYear is { } award) document.AddText(SearchFields.Citation, $"รางวัลปี {award}");
        AddFiscalYear(document, row.FiscalYear);
    }

    private static void AddFiscalYear(Document document, int fiscalYear)
    {
        var year = fiscalYear.ToString(CultureInfo.InvariantCulture);
        document.AddKeyword(SearchFields.FiscalYear, year).Store(SearchFields.FiscalYear, year);
    }

    private static void AddTerms(Document document, Around around, IReadOnlyList<string> topics, IReadOnlyList<string> provinces, IReadOnlyList<string> others)
    {
        foreach (var topic in Known(topics))
            document.AddKeyword(SearchFields.Topic, topic.Slug).AddText(SearchFields.Topics, topic.Title);
        var places = Known(provinces);
        if (places.Count > 0) document.Store(SearchFields.Province, places[0].Slug);
        foreach (var province in places)
            document.AddKeyword(SearchFields.Province, province.Slug).AddText(SearchFields.Topics, "จังหวัด" + province.Title);
        foreach (var other in Known(others))
            document.AddText(SearchFields.Organisations, other.Title);

        IReadOnlyList<Term> Known(IReadOnlyList<string> ids) => [.. ids.Distinct().Where(around.Terms.ContainsKey).Select(id => around.Terms[id])];
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}
