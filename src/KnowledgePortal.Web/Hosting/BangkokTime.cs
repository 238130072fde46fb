namespace KnowledgePortal.Web.Hosting;

/// <summary>Thailand keeps UTC+7 all year and has since 1920; the offset needs no time zone data on the machine.</summary>
public static class BangkokTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    public static TimeOnly Clock(DateTime utc) => TimeOnly.FromDateTime(utc + Offset);

    public static DateOnly Today(TimeProvider clock) => Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>A point on a wall clock in Thailand as an instant.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);
}
