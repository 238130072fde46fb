using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A stored point in time as a Thai reader expects it: 9 ก.ค. 2563 13.15 น.</summary>
public static class MemberTime
{
    public static string Words(string storedUtc) =>
        InvariantTime.Parse(storedUtc) is { } utc ? $"{ThaiDate.Normal(BangkokTime.Day(utc))} {ThaiDate.Time(BangkokTime.Clock(utc))}" : "";
}
