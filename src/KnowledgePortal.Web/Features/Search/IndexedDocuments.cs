using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Communities;
using KnowledgePortal.Web.Features.Pages;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Recordings;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What a published item is found by.</summary>
public sealed class IndexedDocuments(ContentManager contents, TermQueries terms, SessionQueries sessions, RecordingQueries recordings)
{
    /// <summary>The published item as a document; null when there is none, and for types that are not searched.</summary>
    public async Task<Document?> OfAsync(string contentItemId) => await contents.GetAsync(contentItemId) is { } item ? await OfAsync(item) : null;

    private async Task<Document?> OfAsync(ContentItem item) => item.ContentType switch
    {
        SessionPart.ContentType => await SessionAsync(item),
        RecordingPart.ContentType => await RecordingAsync(item),
        PracticePart.BestPractice or PracticePart.KnowledgeProgramme => await PracticeAsync(item),
        CommunityPart.ContentType => await CommunityAsync(item),
        ArticlePart.ContentType => await ArticleAsync(item),
        PagePart.ContentType => Page(item),
        _ => null,
    };

    private async Task<Document?> SessionAsync(ContentItem item)
    {
        if (await sessions.FindAsync(item.ContentItemId) is not { } row) return null;
        var part = item.As<SessionPart>();
        var document = Begin(item, row.Path, Lines([
            part.OneLine,
            .. item.Bag("Takeaways").SelectMany(t => new[] { t.DisplayText, t.As<TakeawayPart>().Detail }),
            PlainText.Of(item.As<MarkdownBodyPart>().Markdown), PlainText.Of(part.Objectives),
            .. item.Bag("Agenda").SelectMany(a => new[] { a.DisplayText, a.As<AgendaItem>().Speakers }),
            part.Audience, string.Join(' ', part.Channels), part.Venue, part.VenueDistrict, row.VenueProvince ?? ""]));
        AddCitation(document, row);
        AddSessionFacets(document, row, await recordings.OfSessionAsync(item.ContentItemId));
        AddPerson(document, part.ChairName, part.ChairPosition);
        AddPerson(document, part.DelegatedByName, part.DelegatedByPosition);
        foreach (var (name, speaker) in item.Bag("Speakers").Select(s => (s.DisplayText, s.As<Speaker>())))
        {
            // Where the source names nobody, the agency itself is the speaker.
            if (name == speaker.Organisation) document.AddText(SearchFields.People, name);
            else AddPerson(document, name, $"{speaker.Position} {speaker.Organisation}");
        }
        foreach (var organisation in part.AttendingOrganisations.Prepend(row.HostTitle ?? "").Append(row.CommunityTitle))
            document.AddText(SearchFields.Organisations, organisation);
        await AddTermsAsync(document, part.Topics, [.. part.Provinces, .. part.VenueProvince], [.. part.SuccessFactors, .. part.PmqaCategories, .. part.Host]);
        await AddPmqaAsync(document, part.PmqaCategories);
        return document;
    }

    // A recording is found by what is said in it, under the facets of its session.
    private async Task<Document?> RecordingAsync(ContentItem item)
    {
        var part = item.As<RecordingPart>();
        if (await sessions.FindAsync(part.SessionId) is not { } row) return null;
        var cues = await recordings.CuesAsync(part);
        var document = Begin(item, RecordingQueries.WatchPath(row), string.Join(' ', RecordingQueries.Chapters(item).Select(c => c.Title)));
        AddCitation(document, row);
        foreach (var cue in cues) document.AddText(SearchFields.Transcript, cue.Text);
        document.Store(SearchFields.StoredLines, JsonSerializer.Serialize(cues, JsonText.Options));
        AddSessionFacets(document, row, item);
        var sessionTerms = await terms.OfItemAsync(row.ContentItemId);
        await AddTermsAsync(document, Ids("topics"), Ids("provinces"), []);
        await AddPmqaAsync(document, Ids("pmqa-categories"));
        return document;

        IReadOnlyList<string> Ids(string taxonomy) => [.. sessionTerms.Where(t => t.Taxonomy == taxonomy).Select(t => t.TermId)];
    }

    private async Task<Document?> PracticeAsync(ContentItem item)
    {
        var part = PracticePart.Of(item)!;
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([
            part.OneLine, PlainText.Of(part.Problem), PlainText.Of(item.As<MarkdownBodyPart>().Markdown),
            .. item.Bag("Steps").SelectMany(s => new[] { s.DisplayText, s.As<PracticeStep>().Detail }),
            PlainText.Of(part.Prerequisites), part.Website?.Text ?? "", part.Website?.Url ?? ""]));
        if (await sessions.FindAsync(part.ToldInId) is { } row)
        {
            AddCitation(document, row);
            document.AddText(SearchFields.Organisations, row.HostTitle ?? "");
        }
        foreach (var partner in part.Partners) document.AddText(SearchFields.Organisations, partner);
        AddDay(document, PublishedOn(item)).AddNumber(SearchFields.Trust, part.TrustLevel switch { "verified" => 3, "agency" => 2, _ => 1 });
        await AddTermsAsync(document, part.Topics, part.Province, [.. part.Agency, .. part.SuccessFactors, .. part.PmqaCategories, .. part.OwnerAward]);
        await AddPmqaAsync(document, part.PmqaCategories);
        foreach (var agency in await terms.GetAsync(part.Agency)) document.AddKeyword(SearchFields.Agency, agency.Title);
        foreach (var award in await terms.GetAsync(part.OwnerAward)) document.AddKeyword(SearchFields.Award, award.Slug);
        return document;
    }

    private async Task<Document> CommunityAsync(ContentItem item)
    {
        var part = item.As<CommunityPart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([part.Summary, PlainText.Of(item.As<MarkdownBodyPart>().Markdown)]))
            .AddText(SearchFields.Citation, part.ShortName);
        AddDay(document, PublishedOn(item)).AddNumber(SearchFields.Trust, 1);
        await AddTermsAsync(document, part.Topics, part.Province, part.Agency);
        foreach (var agency in await terms.GetAsync(part.Agency)) document.AddKeyword(SearchFields.Agency, agency.Title);
        return document;
    }

    private async Task<Document> ArticleAsync(ContentItem item)
    {
        var part = item.As<ArticlePart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, PlainText.Of(item.As<MarkdownBodyPart>().Markdown))
            .AddText(SearchFields.Organisations, part.AgencyName).Store(SearchFields.Organisations, part.AgencyName);
        if (part.AgencyName.Length > 0) document.AddKeyword(SearchFields.Agency, part.AgencyName);
        // An article without a day of its own is not new because it was imported today: it sorts last.
        AddDay(document, part.PublishedOn).AddNumber(SearchFields.Trust, 0);
        if (part.PublishedOn is { } day)
        {
            AddFiscalYear(document, FiscalYear.Of(day));
            document.AddText(SearchFields.Citation, $"{ThaiDate.Full(day)} {ThaiDate.Normal(day)}").Store(SearchFields.Day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        await AddTermsAsync(document, part.Topics, part.Provinces, []);
        return document;
    }

    private static Document Page(ContentItem item) =>
        AddDay(Begin(item, item.As<AutoroutePart>().Path, Lines([item.As<PagePart>().Summary, PlainText.Of(item.As<MarkdownBodyPart>().Markdown)])), PublishedOn(item))
            .AddNumber(SearchFields.Trust, 1);

    private static Document Begin(ContentItem item, string path, string body) => new Document(item.ContentItemId)
        .AddText(SearchFields.Title, item.DisplayText)
        .AddText(SearchFields.Body, body)
        .AddKeyword(SearchFields.Item, item.ContentType == RecordingPart.ContentType ? item.As<RecordingPart>().SessionId ?? "" : item.ContentItemId)
        .AddKeyword(SearchFields.Type, item.ContentType).Store(SearchFields.Type, item.ContentType)
        .Store(SearchFields.StoredTitle, item.DisplayText)
        .Store(SearchFields.StoredUrl, "/" + path)
        .Store(SearchFields.StoredBody, body);

    private static DateOnly? PublishedOn(ContentItem item) => item.PublishedUtc is { } utc ? BangkokTime.Day(utc) : null;

    private static Document AddDay(Document document, DateOnly? day) => day is not { } known
        ? document
        : document.AddNumber(SearchFields.Day, known.DayNumber).AddNumber(SearchFields.DaysBefore, -known.DayNumber);

    private static void AddPerson(Document document, string name, string position)
    {
        document.AddText(SearchFields.People, $"{name} {position}");
        if (name.Length > 0) document.AddKeyword(SearchFields.Person, name);
    }

    // A session is as old as the day it was held, whenever its record was written.
    private static void AddSessionFacets(Document document, SessionRow row, ContentItem? recording)
    {
        AddDay(document, row.HeldOn).AddNumber(SearchFields.Trust, 1);
        document.AddKeyword(SearchFields.Kind, row.Kind);
        if (row.HostTitle is { Length: > 0 } host) document.AddKeyword(SearchFields.Agency, host);
        if (recording is null) return;
        document.AddKeyword(SearchFields.Has, "recording");
        if (recording.As<RecordingPart>().Captions is not null) document.AddKeyword(SearchFields.Has, "captions");
    }

    private async Task AddPmqaAsync(Document document, IReadOnlyList<string> categories)
    {
        foreach (var category in await terms.GetAsync([.. categories.Distinct()])) document.AddKeyword(SearchFields.Pmqa, category.Slug);
    }

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

    private async Task AddTermsAsync(Document document, IReadOnlyList<string> topics, IReadOnlyList<string> provinces, IReadOnlyList<string> others)
    {
        foreach (var topic in await terms.GetAsync([.. topics.Distinct()]))
            document.AddKeyword(SearchFields.Topic, topic.Slug).AddText(SearchFields.Topics, topic.Title);
        var places = await terms.GetAsync([.. provinces.Distinct()]);
        if (places.Count > 0) document.Store(SearchFields.Province, places[0].Slug);
        foreach (var province in places)
            document.AddKeyword(SearchFields.Province, province.Slug).AddText(SearchFields.Topics, "จังหวัด" + province.Title);
        foreach (var other in await terms.GetAsync([.. others.Distinct()]))
            document.AddText(SearchFields.Organisations, other.Title);
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}
