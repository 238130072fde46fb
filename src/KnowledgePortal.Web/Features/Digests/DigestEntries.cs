using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>
/// What has happened since an activity event, one entry per item. Only what is published and what everybody may see; imports leave no event and so are
/// not here.
/// </summary>
public sealed class DigestEntries(
    Database database, SessionQueries sessions, PracticeQueries practices, ArticleQueries articles, RolePermissions permissions, PortalSettings settings)
{
    private const int Chunk = 500; // parameters of one statement

    public async Task<DigestEntryList> LoadAsync(long afterEventId, long untilEventId, DateOnly today)
    {
        // A recording is part of its session: a new one is an update of the session.
        var events = await database.QueryAsync<Row>(
            $"""
            select e.id, e.kind, e.content_type, coalesce(r.session_id, e.content_item_id) as content_item_id
            from activity_events e left join recording_index r on r.content_item_id = e.content_item_id
            where e.id > @afterEventId and e.id <= @untilEventId and {ViewerTokens.See("e.content_item_id")}
            """,
            new { afterEventId, untilEventId, viewers = (await AnybodyAsync()).Values });
        var byItem = events.GroupBy(e => e.ContentItemId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<EntryEvent>)[.. g.OrderBy(e => e.Id).Select(e => new EntryEvent(e.Id, e.Kind == "published" && e.ContentType != "Recording"))]);
        return new DigestEntryList(await DescribeAsync([.. byItem.Keys], byItem, today));
    }

    /// <summary>The items as entries, in the order of a mail; those that not everybody may see are left out.</summary>
    public async Task<IReadOnlyList<DigestEntry>> DescribeAsync(
        IReadOnlyCollection<string> ids, IReadOnlyDictionary<string, IReadOnlyList<EntryEvent>> events, DateOnly today)
    {
        var entries = new List<DigestEntry>();
        var viewers = await AnybodyAsync();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var terms = (await database.QueryAsync<(string Id, string TermId)>(
                """
                select c.content_item_id, c.term_id from content_terms c
                join term_index t on t.term_id = c.term_id and t.taxonomy in ('topics', 'provinces')
                where c.content_item_id in @chunk
                """,
                new { chunk })).ToLookup(t => t.Id, t => t.TermId);
            var found = new List<DigestEntry>();
            found.AddRange((await sessions.GetAsync(chunk, viewers)).Values.Select(s => OfSession(s, today)));
            found.AddRange((await practices.GetAsync(chunk, viewers)).Values.Select(OfPractice));
            found.AddRange((await articles.GetAsync(chunk, viewers)).Values.Where(a => a.DuplicateOf is null).Select(OfArticle));
            entries.AddRange(found.Select(e => e with { TermIds = terms[e.ContentItemId].ToHashSet(), Events = events.GetValueOrDefault(e.ContentItemId) ?? [] }));
        }
        return [.. entries.OrderBy(e => e.Group).ThenByDescending(e => e.Events.Count > 0 ? e.Events[^1].Id : 0).ThenBy(e => e.ContentItemId, StringComparer.Ordinal)];
    }

    // A subscription needs no account, and a mail is read by whoever gets hold of it.
    private Task<ViewerTokens> AnybodyAsync() => permissions.ViewersAsync(Visitor.Anonymous);

    private DigestEntry OfSession(SessionRow session, DateOnly today)
    {
        var isAhead = session.IsAnnounced && session.HeldOn >= today;
        var (leaf, note) = session.SeriesNo is { } number && !isAhead
            ? ($"{number}/{session.FiscalYear % 100:00}", "ครั้งที่")
            : ($"{session.HeldOn.Day}", ThaiDate.ShortYearMonth(session.HeldOn));
        return new DigestEntry
        {
            ContentItemId = session.ContentItemId, Group = isAhead ? DigestGroup.Upcoming : DigestGroup.Sessions,
            Title = session.Title, Url = settings.Absolute(session.Path), Line = session.OneLine, Leaf = leaf, LeafNote = note,
            Meta = isAhead ? Some(WhenOf(session), session.Citation, session.HostTitle) : Some(
                session.SeriesNo is null ? session.KindName : session.Citation, ThaiDate.Normal(session.HeldOn),
                session.IsAnnounced ? "ยังไม่มีบันทึก" : null, session.RecordingSeconds is { } seconds ? $"วิดีโอ {ThaiDate.Duration(seconds)}" : null,
                session.TakeawayCount > 0 ? $"{session.TakeawayCount}\u00A0ประเด็น" : null),
        };
    }

    private static string WhenOf(SessionRow session) =>
        ThaiDate.Long(session.HeldOn) + (session.StartTime is { } start ? $" เวลา\u00A0{ThaiDate.Times(start, session.EndTime)}" : "");

    private DigestEntry OfPractice(PracticeCard practice) => new()
    {
        ContentItemId = practice.ContentItemId, Group = DigestGroup.Practices, Title = practice.Title, Url = settings.Absolute(practice.Path), Line = practice.OneLine,
        Leaf = practice.ProvinceAbbreviation ?? "ทท", LeafNote = practice.ProvinceTitle ?? "ส่วนกลาง",
        Meta = Some(practice.KindName, practice.AgencyTitle, practice.AwardTitle is { } award ? $"{award} {practice.AwardYear}".TrimEnd() : null),
    };

    private DigestEntry OfArticle(ArticleRow article) => new()
    {
        ContentItemId = article.ContentItemId, Group = DigestGroup.Articles, Title = article.Title, Url = settings.Absolute(article.Path), Line = article.Summary,
        Leaf = article.PublishedOn is { } day ? $"{day.Day}" : "ข่าว", LeafNote = article.PublishedOn is { } month ? ThaiDate.ShortYearMonth(month) : "",
        Meta = Some("ข่าวและบทความ", article.Agency),
    };

    private static IReadOnlyList<string> Some(params string?[] words) => [.. words.Where(w => !string.IsNullOrWhiteSpace(w)).Select(w => w!)];

    private sealed record Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string ContentType { get; init; } = "";
        public string ContentItemId { get; init; } = "";
    }
}

/// <summary>Entries in the order of a mail, asked for by what a subscription is about and what it knows already.</summary>
public sealed class DigestEntryList(IReadOnlyList<DigestEntry> entries)
{
    private readonly Dictionary<string, IReadOnlySet<string>> _found = [];

    /// <summary>True when <see cref="LookUpAsync"/> has learnt what these interests need.</summary>
    public bool Knows(Interests interests) => interests.Search is not { } search || _found.ContainsKey(search.Key);

    /// <summary>Learns which entries the searches of these interests find. Before <see cref="For"/>, which may then be called by several threads at once.</summary>
    public async Task LookUpAsync(IEnumerable<Interests> interests, SavedSearchMatches matches)
    {
        var searches = interests.Select(i => i.Search).OfType<SavedSearch>().Where(s => !_found.ContainsKey(s.Key)).DistinctBy(s => s.Key).ToList();
        if (searches.Count == 0) return;
        foreach (var (key, ids) in await matches.AmongAsync(searches, entries.Select(e => e.ContentItemId))) _found.Add(key, ids);
    }

    public IReadOnlyList<DigestItem> For(Interests interests, long afterEventId) =>
        [.. from entry in entries
            where IsFor(interests, entry) && entry.Events.Any(e => e.Id > afterEventId)
            select new DigestItem(entry, entry.Events.Any(e => e.Id > afterEventId && e.IsPublication))];

    /// <summary>Everything that the interests are about, known or not.</summary>
    public IEnumerable<DigestEntry> About(Interests interests) => entries.Where(entry => IsFor(interests, entry));

    private bool IsFor(Interests interests, DigestEntry entry) =>
        interests.Match(entry.TermIds, interests.Search is { } search && _found[search.Key].Contains(entry.ContentItemId));
}
