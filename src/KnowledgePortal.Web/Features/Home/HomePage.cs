using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Provinces;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Home;

/// <summary>
/// The front page. <see cref="Next"/> is the session that is announced and not yet recorded; <see cref="NextIsPast"/> says that its day has gone by
/// without a record, so that the page asks for the record instead of counting days.
/// </summary>
public sealed record HomePage
{
    public SessionRow? Next { get; init; }
    public bool NextIsPast { get; init; }

    /// <summary>Whole days until <see cref="Next"/>; meaningless when it is past.</summary>
    public int DaysToNext { get; init; }

    /// <summary>The folds that hang out of the band: one fiscal year of the community with the newest numbered record.</summary>
    public string FoldsTitle { get; init; } = "";
    public string? FoldsPath { get; init; }
    public IReadOnlyList<Fold> Folds { get; init; } = [];
    public IReadOnlyList<SessionRow> Latest { get; init; } = [];
    public int RecordCount { get; init; }
    public IReadOnlyList<PracticeCard> Practices { get; init; } = [];

    /// <summary>Queries under the search box that find something on this site; none are shown when empty.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
    public IReadOnlyList<ProvinceTile> Tiles { get; init; } = [];
}
