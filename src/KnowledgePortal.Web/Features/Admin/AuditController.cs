using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Editing.Versions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>The audit trail: who did what when, with before and after, by person, action, title and days.</summary>
public sealed class AuditController(AuditTrail audit, ContentDefinitions definitions) : Controller
{
    private const int PageSize = 100;
    private const int MostActors = 500;

    [HttpGet("/admin/audit")]
    [Requires("ViewAuditTrail")]
    public async Task<IActionResult> Index(string? who, string? what, string? title, string? from, string? to, long? before)
    {
        var query = new AuditQuery { Who = Line(who), What = Line(what), Title = Line(title), From = Line(from), To = Line(to) };
        var problems = new List<string>();
        var filter = new AuditFilter
        {
            Actor = OrNull(query.Who), Action = OrNull(query.What), Title = OrNull(query.Title),
            From = Day(query.From, problems), Before = Day(query.To, problems)?.AddDays(1),
        };
        var events = problems.Count > 0 ? [] : await audit.LatestAsync(filter, PageSize, before);
        return View(new AuditPage(events, events.Count == PageSize ? events[^1].Id : null, query)
        {
            Actors = await audit.ActorsAsync(MostActors), Actions = await audit.ActionsAsync(), Labels = new FieldLabels(await definitions.AllAsync()), Problems = problems,
        });
    }

    private static DateTime? Day(string typed, List<string> problems)
    {
        if (typed.Length == 0) return null;
        var reading = ThaiDateParser.Parse(typed);
        if (reading.Reason is { } reason) problems.Add(reason.Thai);
        return reading.Date is { } day ? BangkokTime.At(day, TimeOnly.MinValue).UtcDateTime : null;
    }

    private static string Line(string? typed) => TypedText.Line(typed ?? "") is { Length: > AuditQuery.Longest } text ? text[..AuditQuery.Longest] : TypedText.Line(typed ?? "");

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
