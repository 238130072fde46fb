using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Communities;

public sealed record CommunityCard
{
    public string ContentItemId { get; init; } = "";
    public string Path { get; init; } = "";
    public string Title { get; init; } = "";
    public string ShortName { get; init; } = "";
    public string Summary { get; init; } = "";
    public string? AgencyTitle { get; init; }
    public int SessionCount { get; init; }
    public DateOnly? LastHeldOn { get; init; }
}

/// <summary>/cop: every community, and every record below it, newest first.</summary>
public sealed record CommunitiesPage(IReadOnlyList<CommunityCard> Communities, IReadOnlyList<SessionRow> Sessions);

/// <summary>One community: purpose, what comes next, records by fiscal year.</summary>
public sealed record CommunityPage(
    CommunityCard Community, string PurposeHtml, IReadOnlyList<Term> Topics, SessionRow? Next, IReadOnlyList<CommunityYear> Years);

/// <summary>A fiscal year of a community, newest year first; folds show the numbered series with its gaps.</summary>
public sealed record CommunityYear(int FiscalYear, IReadOnlyList<Fold> Folds, IReadOnlyList<SessionRow> Sessions);
