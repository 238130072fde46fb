using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
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
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What published items are found by.</summary>
public sealed class IndexedDocuments(
    ContentManager contents, Database database, TermQueries terms, SessionQueries sessions, RecordingQueries recordings, DocumentQueries files, ShownParts parts)
{
    /// <summary>Characters of all files of one item together that are searched.</summary>
    private const int MostFileCharacters = 4_000_000;

    /// <summary>The documents of those items that are published and of a type that is searched, by item.</summary>
    public async Task<IReadOnlyDictionary<string, Document>> OfAsync(IReadOnlyCollection<string> contentItemIds)
    {
        var items = await contents.GetAsync(contentItemIds, ViewerTokens.Everything);
        var around = await AroundAsync(items);
        var texts = await files.TextsAsync(contentItemIds);
        var documents = new Dictionary<string, Document>();
        foreach (var item in items)
        {
            if (await DescribeAsync(item, around) is not { } document) continue;
            foreach (var viewer in around.Viewers[item.ContentItemId]) document.AddKeyword(SearchFields.Viewer, viewer);
            documents.Add(item.ContentItemId, WithFiles(document, texts[item.ContentItemId]));
        }
        return documents;
    }

    /// <summary>What the items of a batch refer to, read at once.</summary>
    private sealed record Around(
        IReadOnlyDictionary<string, Term> Terms, IReadOnlyDictionary<string, SessionRow> Sessions, ILookup<string, string> SessionTerms,
        IReadOnlyDictionary<string, ContentItem> Recordings, ILookup<string, string> Viewers)
    {
        /// <summary>The session that a practice was told in, where everybody may know of it: the practice may be seen by more people than the session.</summary>
        public SessionRow? Told(PracticePart part) => part.ToldInId is { } id && Sessions.TryGetValue(id, out var row) && Viewers[id].Contains(ViewGroups.Everybody) ? row : null;

        /// <summary>The terms with these ids, in this order; ids of terms that are gone are passed over.</summary>
        public IReadOnlyList<Term> Known(IReadOnlyList<string> ids) => [.. ids.Distinct().Where(Terms.ContainsKey).Select(id => Terms[id])];
    }

    private async Task<Around> AroundAsync(IReadOnlyList<ContentItem> items)
    {
        var recorded = items.Where(i => i.ContentType == RecordingPart.ContentType).Select(i => i.As<RecordingPart>().SessionId).OfType<string>().ToList();
        var held = items.Where(i => i.ContentType == SessionPart.ContentType).Select(i => i.ContentItemId).ToList();
        var told = items.Select(i => PracticePart.Of(i)?.ToldInId).OfType<string>();
        var rows = await sessions.GetAsync([.. held.Concat(told).Concat(recorded).Distinct()], ViewerTokens.Everything);
        var around = items.Select(i => i.ContentItemId).Concat(rows.Keys).Distinct().ToList();
        var viewers = await database.QueryAsync<(string Item, string Viewer)>("select content_item_id, viewer from content_viewers where content_item_id in @around", new { around });
        return new Around(
            (await terms.AllAsync()).ToDictionary(t => t.TermId), rows, await terms.OfItemsAsync(recorded),
            await recordings.OfSessionsAsync(held, ViewerTokens.Everything), viewers.ToLookup(v => v.Item, v => v.Viewer));
    }

    private static Document WithFiles(Document document, IEnumerable<string> texts)
    {
        var length = 0;
        foreach (var text in texts.TakeWhile(t => (length += t.Length) <= MostFileCharacters)) document.AddText(SearchFields.Files, text);
        return document;
    }

    private async Task<Document?> DescribeAsync(ContentItem item, Around around) => item.ContentType switch
    {
        SessionPart.ContentType => Session(item, around),
        RecordingPart.ContentType => await RecordingAsync(item, around),
        PracticePart.BestPractice or PracticePart.KnowledgeProgramme => Practice(item, around),
        CommunityPart.ContentType => Community(item, around),
        ArticlePart.ContentType => Article(item, around),
        PagePart.ContentType => Page(item),
        _ => await OtherAsync(item),
    };

    private static Document? Session(ContentItem item, Around around)
    {
        if (!around.Sessions.TryGetValue(item.ContentItemId, out var row)) return null;
        var part = item.As<SessionPart>();
        var document = Begin(item, row.Path, Lines([
            part.OneLine,
            .. item.Bag("Takeaways").SelectMany(t => new[] { t.DisplayText, t.As<TakeawayPart>().Detail }),
            MarkdownHtml.PlainText(item.As<MarkdownBodyPart>().Markdown), MarkdownHtml.PlainText(part.Objectives),
            .. item.Bag("Agenda").SelectMany(a => new[] { a.DisplayText, a.As<AgendaItem>().Speakers }),
            part.Audience, string.Join(' ', part.Channels), part.Venue, part.VenueDistrict, row.VenueProvince ?? ""]));
        AddCitation(document, row);
        AddSessionFacets(document, row, around.Recordings.GetValueOrDefault(item.ContentItemId) is { } recording && SeenAlike(around, item, recording) ? recording : null);
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
        AddTerms(document, around, part.Topics, [.. part.Provinces, .. part.VenueProvince], [.. part.SuccessFactors, .. part.PmqaCategories, .. part.Host]);
        AddPmqa(document, around.Known(part.PmqaCategories));
        return document;
    }

    // That there is a recording is told only where whoever sees the session sees the recording.
    private static bool SeenAlike(Around around, ContentItem session, ContentItem recording) =>
        around.Viewers[session.ContentItemId].Where(ViewGroups.IsGroup).All(around.Viewers[recording.ContentItemId].Contains);

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
        AddSessionFacets(document, row, item);
        AddTerms(document, around, Ids("topics"), Ids("provinces"), []);
        AddPmqa(document, around.Known(Ids("pmqa-categories")));
        return document;

        IReadOnlyList<string> Ids(string taxonomy) =>
            [.. around.SessionTerms[id].Where(t => around.Terms.TryGetValue(t, out var term) && term.Taxonomy == taxonomy)];
    }

    private static Document Practice(ContentItem item, Around around)
    {
        var part = PracticePart.Of(item)!;
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([
            part.OneLine, MarkdownHtml.PlainText(part.Problem), MarkdownHtml.PlainText(item.As<MarkdownBodyPart>().Markdown),
            .. item.Bag("Steps").SelectMany(s => new[] { s.DisplayText, s.As<PracticeStep>().Detail }),
            MarkdownHtml.PlainText(part.Prerequisites), part.Website?.Text ?? "", part.Website?.Url ?? ""]));
        if (around.Told(part) is { } row)
        {
            AddCitation(document, row);
            document.AddText(SearchFields.Organisations, row.HostTitle ?? "");
        }
        foreach (var partner in part.Partners) document.AddText(SearchFields.Organisations, partner);
        AddDay(document, PublishedOn(item)).AddNumber(SearchFields.Trust, part.TrustLevel switch { "verified" => 3, "agency" => 2, _ => 1 });
        AddTerms(document, around, part.Topics, part.Province, [.. part.Agency, .. part.SuccessFactors, .. part.PmqaCategories, .. part.OwnerAward]);
        AddPmqa(document, around.Known(part.PmqaCategories));
        foreach (var agency in around.Known(part.Agency)) document.AddKeyword(SearchFields.Agency, agency.Title);
        foreach (var award in around.Known(part.OwnerAward)) document.AddKeyword(SearchFields.Award, award.Slug);
        return document;
    }

    private static Document Community(ContentItem item, Around around)
    {
        var part = item.As<CommunityPart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, Lines([part.Summary, MarkdownHtml.PlainText(item.As<MarkdownBodyPart>().Markdown)]))
            .AddText(SearchFields.Citation, part.ShortName);
        AddDay(document, PublishedOn(item)).AddNumber(SearchFields.Trust, 1);
        AddTerms(document, around, part.Topics, part.Province, part.Agency);
        foreach (var agency in around.Known(part.Agency)) document.AddKeyword(SearchFields.Agency, agency.Title);
        return document;
    }

    private static Document Article(ContentItem item, Around around)
    {
        var part = item.As<ArticlePart>();
        var document = Begin(item, item.As<AutoroutePart>().Path, MarkdownHtml.PlainText(item.As<MarkdownBodyPart>().Markdown))
            .AddText(SearchFields.Organisations, part.AgencyName).Store(SearchFields.Organisations, part.AgencyName);
        if (part.AgencyName.Length > 0) document.AddKeyword(SearchFields.Agency, part.AgencyName);
        // An article without a day of its own is not new because it was imported today: it sorts last.
        AddDay(document, part.PublishedOn).AddNumber(SearchFields.Trust, 0);
        if (part.PublishedOn is { } day)
        {
            AddFiscalYear(document, FiscalYear.Of(day));
            document.AddText(SearchFields.Citation, $"{ThaiDate.Full(day)} {ThaiDate.Normal(day)}").Store(SearchFields.Day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        AddTerms(document, around, part.Topics, part.Provinces, []);
        return document;
    }

    private static Document Page(ContentItem item) =>
        AddDay(Begin(item, item.As<AutoroutePart>().Path, Lines([item.As<PagePart>().Summary, MarkdownHtml.PlainText(item.As<MarkdownBodyPart>().Markdown)])), PublishedOn(item))
            .AddNumber(SearchFields.Trust, 1);

    // A type that the site has defined: all that its page shows.
    private async Task<Document?> OtherAsync(ContentItem item)
    {
        if (item.As<AutoroutePart>().Path is not { Length: > 0 } path || item.Parts.ContainsKey("TaxonomyPart")) return null;
        return AddDay(Begin(item, path, ShownText.Of(await parts.OfAsync(item, ViewerTokens.Public))), PublishedOn(item));
    }

    private static Document Begin(ContentItem item, string path, string body) => new Document(item.ContentItemId)
        .AddText(SearchFields.Title, item.DisplayText)
        .AddText(SearchFields.Body, body)
        .AddKeyword(SearchFields.Item, item.ContentType == RecordingPart.ContentType ? item.As<RecordingPart>().SessionId ?? "" : item.ContentItemId)
        .AddKeyword(SearchFields.Type, item.ContentType).Store(SearchFields.Type, item.ContentType)
        .Store(SearchFields.StoredVersion, item.ContentItemVersionId)
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

    private static void AddPmqa(Document document, IReadOnlyList<Term> categories)
    {
        foreach (var category in categories) document.AddKeyword(SearchFields.Pmqa, category.Slug);
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

    private static void AddTerms(Document document, Around around, IReadOnlyList<string> topics, IReadOnlyList<string> provinces, IReadOnlyList<string> others)
    {
        foreach (var topic in around.Known(topics))
            document.AddKeyword(SearchFields.Topic, topic.Slug).AddText(SearchFields.Topics, Names(topic));
        var places = around.Known(provinces);
        if (places.Count > 0) document.Store(SearchFields.Province, places[0].Slug);
        foreach (var province in places)
            document.AddKeyword(SearchFields.Province, province.Slug).AddText(SearchFields.Topics, "จังหวัด" + Names(province));
        foreach (var other in around.Known(others))
            document.AddText(SearchFields.Organisations, Names(other));
    }

    // What carries a term is found by each of the term's names.
    private static string Names(Term term) => $"{term.Title}\n{term.Aliases}".TrimEnd();

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}
