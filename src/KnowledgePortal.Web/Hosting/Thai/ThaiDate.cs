using System.Globalization;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>
/// Dates and times as a Thai reader expects them: Buddhist era, Thai month names, times with a full stop.
/// Only views call this; storage and code keep the invariant Gregorian calendar.
/// Numbers are glued to their unit with U+00A0 so that a line never breaks between them.
/// </summary>
public static class ThaiDate
{
    private const string Nbsp = "\u00A0";
    private const string WordJoiner = "\u2060";

    internal static readonly string[] Months =
        ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];
    private static readonly string[] ShortMonths =
        ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
    internal static readonly string[] Weekdays =
        ["วันอาทิตย์", "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์"];

    /// <summary>วันพฤหัสบดีที่ 9 กรกฎาคม 2563</summary>
    public static string Long(DateOnly date) => $"{Weekdays[(int)date.DayOfWeek]}ที่{Nbsp}{Full(date)}";

    /// <summary>9 กรกฎาคม 2563</summary>
    public static string Full(DateOnly date) => $"{date.Day}{Nbsp}{Months[date.Month - 1]}{Nbsp}{Year(date)}";

    /// <summary>9 ก.ค. 2563</summary>
    public static string Normal(DateOnly date) => $"{date.Day}{Nbsp}{ShortMonths[date.Month - 1]}{Nbsp}{Year(date)}";

    /// <summary>9 ก.ค. 63</summary>
    public static string Short(DateOnly date) => $"{date.Day}{Nbsp}{ShortYearMonth(date)}";

    /// <summary>ก.ค. 63, the small line of a leaf.</summary>
    public static string ShortYearMonth(DateOnly date) =>
        $"{ShortMonths[date.Month - 1]}{Nbsp}{(Year(date) % 100).ToString("00", CultureInfo.InvariantCulture)}";

    /// <summary>กรกฎาคม 2563</summary>
    public static string MonthAndYear(DateOnly date) => $"{Months[date.Month - 1]}{Nbsp}{Year(date)}";

    /// <summary>พฤหัสบดี</summary>
    public static string Weekday(DateOnly date) => Weekdays[(int)date.DayOfWeek]["วัน".Length..];

    public static int Year(DateOnly date) => date.Year + FiscalYear.BuddhistEraOffset;

    /// <summary>13.15 น.</summary>
    public static string Time(TimeOnly time) => $"{time.ToString("HH.mm", CultureInfo.InvariantCulture)}{Nbsp}น.";

    /// <summary>13.30 – 15.30 น.; the word joiner forbids a break after the dash.</summary>
    public static string Times(TimeOnly start, TimeOnly? end) => end is null
        ? Time(start)
        : $"{start.ToString("HH.mm", CultureInfo.InvariantCulture)}{Nbsp}–{WordJoiner}{Nbsp}{Time(end.Value)}";

    /// <summary>9 ก.ค. 2563 13.15 น.: a point in time on a clock in Thailand.</summary>
    public static string Moment(DateTimeOffset time) => $"{Normal(BangkokTime.Day(time.UtcDateTime))} {Time(BangkokTime.Clock(time.UtcDateTime))}";

    /// <summary>The same for a stored time; what is no time is shown as it is.</summary>
    public static string Moment(string utc) => InvariantTime.Parse(utc) is { } time ? Moment(new DateTimeOffset(time)) : utc;

    /// <summary>1:58:24 or 0:41, the place in a recording.</summary>
    public static string Clock(int seconds) => seconds >= 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    /// <summary>1 นาที 36 วินาที, a length in words.</summary>
    public static string Duration(int seconds)
    {
        var parts = new List<string>(3);
        if (seconds >= 3600) parts.Add($"{seconds / 3600}{Nbsp}ชม.");
        if (seconds / 60 % 60 > 0) parts.Add($"{seconds / 60 % 60}{Nbsp}นาที");
        if (seconds < 3600 && seconds % 60 > 0) parts.Add($"{seconds % 60}{Nbsp}วินาที");
        return parts.Count == 0 ? $"0{Nbsp}วินาที" : string.Join(' ', parts);
    }
}
