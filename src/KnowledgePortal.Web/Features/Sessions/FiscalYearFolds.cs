namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>A fiscal year as folds: the numbered sessions with their gaps, then those without a number by date.</summary>
public static class FiscalYearFolds
{
    private const int MostNumbers = 60;

    /// <param name="sessions">Sessions of one community and one fiscal year.</param>
    /// <param name="currentId">The session whose page this is, if any.</param>
    public static IReadOnlyList<Fold> Of(IEnumerable<SessionRow> sessions, string? currentId = null)
    {
        var all = sessions.ToList();
        var numbered = all.Where(s => s.SeriesNo is not null).ToDictionary(s => s.SeriesNo!.Value);
        var last = numbered.Count == 0 ? 0 : Math.Min(numbered.Keys.Max(), MostNumbers);
        var folds = Enumerable.Range(1, last).Select(no => Fold(no, numbered.GetValueOrDefault(no)));
        return [.. folds, .. all.Where(s => s.SeriesNo is null).OrderBy(s => s.HeldOn).Select(s => Fold(null, s))];

        Fold Fold(int? no, SessionRow? session) => new(no, session, session is not null && session.ContentItemId == currentId);
    }
}
