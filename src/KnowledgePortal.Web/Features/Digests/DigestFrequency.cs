using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>How often somebody wants a digest; all go out at seven in the morning, Thai time.</summary>
public enum DigestFrequency
{
    Daily,

    /// <summary>On Mondays.</summary>
    Weekly,

    /// <summary>On the first of the month.</summary>
    Monthly,
}

public static class DigestFrequencies
{
    private static readonly TimeOnly Hour = new(7, 0);

    public static IReadOnlyList<DigestFrequency> All { get; } = Enum.GetValues<DigestFrequency>();

    /// <summary>As forms and the database write it.</summary>
    public static string Name(this DigestFrequency frequency) => frequency switch
    {
        DigestFrequency.Daily => "daily",
        DigestFrequency.Weekly => "weekly",
        _ => "monthly",
    };

    public static DigestFrequency? Parse(string? name) =>
        All.Where(f => f.Name() == name).Select(f => (DigestFrequency?)f).FirstOrDefault();

    public static string Thai(this DigestFrequency frequency) => frequency switch
    {
        DigestFrequency.Daily => "รายวัน",
        DigestFrequency.Weekly => "รายสัปดาห์",
        _ => "รายเดือน",
    };

    /// <summary>When it comes, for a choice in a form.</summary>
    public static string ThaiTime(this DigestFrequency frequency) => frequency switch
    {
        DigestFrequency.Daily => "ทุกวัน เวลา 7.00 น.",
        DigestFrequency.Weekly => "ทุกวันจันทร์ เวลา 7.00 น.",
        _ => "ทุกวันที่ 1 ของเดือน เวลา 7.00 น.",
    };

    /// <summary>The days between <paramref name="after"/> (exclusive) and <paramref name="now"/> on which a digest was due, oldest first.</summary>
    public static IReadOnlyList<DateOnly> DueDays(this DigestFrequency frequency, DateTimeOffset after, DateTimeOffset now)
    {
        var days = new List<DateOnly>();
        for (var day = BangkokTime.Day(after.UtcDateTime); day <= BangkokTime.Day(now.UtcDateTime); day = day.AddDays(1))
            if (frequency.IsDueOn(day) && DueAt(day) > after && DueAt(day) <= now) days.Add(day);
        return days;
    }

    public static DateTimeOffset DueAt(DateOnly day) => BangkokTime.At(day, Hour);

    private static bool IsDueOn(this DigestFrequency frequency, DateOnly day) => frequency switch
    {
        DigestFrequency.Daily => true,
        DigestFrequency.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        _ => day.Day == 1,
    };
}
