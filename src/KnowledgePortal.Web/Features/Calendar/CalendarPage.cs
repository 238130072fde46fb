using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Calendar;

/// <summary>A fiscal year as a list of months that have something; <see cref="Years"/> are those to choose from.</summary>
public sealed record CalendarPage(int FiscalYear, IReadOnlyList<int> Years, IReadOnlyList<CalendarMonth> Months);

public sealed record CalendarMonth(DateOnly FirstDay, IReadOnlyList<SessionRow> Sessions);
