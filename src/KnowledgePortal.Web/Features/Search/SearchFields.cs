using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The portal's index: which fields a document has, and how much a word in each is worth.</summary>
public static class SearchFields
{
    public const string Title = "title";
    public const string Citation = "citation";
    public const string People = "people";
    public const string Organisations = "organisations";
    public const string Topics = "topics";
    public const string Body = "body";
    public const string Transcript = "transcript";

    /// <summary>The text of attached files; worth less than what the page itself says.</summary>
    public const string Files = "files";

    public const string Type = "type";
    public const string FiscalYear = "fy";
    public const string Province = "province";
    public const string Topic = "topic";

    /// <summary>What happened: <c>cop</c>, <c>exchange</c>, <c>workshop</c>.</summary>
    public const string Kind = "kind";

    /// <summary>By name, not by slug: news names agencies that the site has no page of.</summary>
    public const string Agency = "agency";
    public const string Pmqa = "pmqa";
    public const string Award = "award";

    /// <summary>What comes with it: <c>recording</c>, <c>captions</c>.</summary>
    public const string Has = "has";

    /// <summary>The item that a reader would say it is: of a recording its session.</summary>
    public const string Item = "item";

    /// <summary>The tokens of those who may see the item; see <see cref="KnowledgePortal.Cms.Permissions.ViewerTokens"/>.</summary>
    public const string Viewer = "viewer";

    /// <summary>Names of people, for suggestions.</summary>
    public const string Person = "person";

    /// <summary>Days since 1 January 1 on which it happened or came out; for "newest first".</summary>
    public const string Day = "day";

    /// <summary>The same below zero, because an index sorts by the largest first.</summary>
    public const string DaysBefore = "daysbefore";

    /// <summary>0 for imported news, 1 for what organizers wrote, 2 and 3 for practices that their agency confirmed or the site verified.</summary>
    public const string Trust = "trust";
    public const int MostTrusted = 3;

    public const string StoredTitle = "title";
    public const string StoredUrl = "url";
    public const string StoredBody = "body";
    public const string StoredLines = "lines";

    /// <summary>Which version of the item was indexed.</summary>
    public const string StoredVersion = "version";

    /// <summary>Part of every commit: an index of another version is built again.</summary>
    public const int Version = 5;

    public static IndexSchema Schema { get; } = new(
        [
            new TextField(Title, 3), new TextField(Citation, 2), new TextField(People, 1.5f), new TextField(Organisations, 1.2f),
            new TextField(Topics, 1.5f), new TextField(Body, 1), new TextField(Transcript, 1), new TextField(Files, 0.5f),
        ],
        [Type, FiscalYear, Province, Topic, Kind, Agency, Pmqa, Award, Has, Item, Person, Viewer],
        [Day, DaysBefore, Trust]);
}
