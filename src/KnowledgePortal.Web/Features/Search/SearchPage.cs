using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What was asked, how it was understood, and what was found.</summary>
public sealed record SearchPage
{
    public required SearchInput Input { get; init; }
    public string Query => Input.Query;
    public int Page => Input.Page;
    public long Total { get; init; }
    public int PageCount { get; init; }

    /// <summary>Words that the search added or read otherwise (63 = 2563, มท. = กระทรวงมหาดไทย), each with the address that leaves it at the word.</summary>
    public IReadOnlyList<AppliedFilter> Understood { get; init; } = [];

    /// <summary>The likely spelling; null when the words are known or it finds nothing.</summary>
    public SearchLink? DidYouMean { get; init; }
    public IReadOnlyList<SearchTab> Tabs { get; init; } = [];
    public IReadOnlyList<Facet> Facets { get; init; } = [];
    public IReadOnlyList<AppliedFilter> Applied { get; init; } = [];
    public IReadOnlyList<SearchSortLink> Sorts { get; init; } = [];
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    /// <summary>Addresses of the neighbouring pages; null at the ends.</summary>
    public string? PreviousUrl { get; init; }
    public string? NextUrl { get; init; }
    public IReadOnlyList<PageLink> Pages { get; init; } = [];

    /// <summary>Where this search can be followed by mail; null when there is nothing to follow.</summary>
    public string? FollowUrl => SavedSearch.Of(Input) is { } saved ? "/subscribe?search=" + Uri.EscapeDataString(saved.Key) : null;

    /// <summary>Set when nothing was found.</summary>
    public SearchAdvice? Advice { get; init; }

    /// <summary>True while the index is being built: results may be incomplete.</summary>
    public bool IsCatchingUp { get; init; }
}

/// <summary>A kind of result with its count and the address that shows only it.</summary>
public sealed record SearchTab(string Label, long Count, string Url, bool IsCurrent);

/// <summary>An order of results and the address that has it.</summary>
public sealed record SearchSortLink(string Label, string Url, bool IsCurrent);

/// <summary>
/// One result. <see cref="TitleHtml"/>, <see cref="SnippetHtml"/> and the lines' Html are encoded text with <c>&lt;mark&gt;</c> on whole clusters.
/// </summary>
public sealed record SearchHit
{
    public string ContentItemId { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Url { get; init; } = "";
    public string Title { get; init; } = "";
    public string TitleHtml { get; init; } = "";
    public string SnippetHtml { get; init; } = "";
    public string Snippet { get; init; } = "";
    public int? FiscalYear { get; init; }
    public string? ProvinceSlug { get; init; }
    public string? ProvinceTitle { get; init; }

    /// <summary>The leaf: ครั้งที่ 4 /63 for a numbered session, the day for others; see <see cref="SessionRow"/>.</summary>
    public SessionRow? Session { get; init; }
    public PracticeCard? Practice { get; init; }

    /// <summary>Of an article: its day and its agency, when its text says them.</summary>
    public DateOnly? PublishedOn { get; init; }
    public string? Agency { get; init; }

    /// <summary>Lines of a transcript that match, best first, each with its second.</summary>
    public IReadOnlyList<SearchLine> Lines { get; init; } = [];
    public int? Seconds { get; init; }

    /// <summary>Places in attached files that match, best first.</summary>
    public IReadOnlyList<FileLine> FileLines { get; init; } = [];
}

public sealed record SearchLine(int Seconds, string? Speaker, string Html, string Url);
