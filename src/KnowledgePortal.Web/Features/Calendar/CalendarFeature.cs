using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Calendar;

/// <summary>What was held and what is announced, by fiscal year and month.</summary>
public sealed class CalendarFeature : Feature
{
    public override string Id => "Calendar";

    public override IReadOnlyList<string> DependsOn => ["Sessions"];
}
