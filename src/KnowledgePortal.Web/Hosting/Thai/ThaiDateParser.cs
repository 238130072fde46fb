using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>
/// Dates as people type them in a box (<see cref="Parse"/>) and as news says them (<see cref="FindFirst"/>). A year is a Buddhist-era year
/// unless it is marked ค.ศ. or the whole date is ISO 8601, so that no date is ever moved by 543 years in silence.
/// </summary>
public static class ThaiDateParser
{
    public const int FirstBuddhistYear = 2400;
    public const int LastBuddhistYear = 2699;
    private const int LongestInput = 100;
    private const int ShortYearCentury = 2500;

    /// <summary>Below this a year of two digits is as likely meant in the common era: 22 for 2022.</summary>
    private const int FirstPlainShortYear = 43;

    private const string Example = "15/9/2565 หรือ 15 กันยายน 2565";
    private const string EnglishExample = "15/9/2565, in the Buddhist era";

    private static string[] EnglishMonths => CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    /// <summary>Reads what was typed in a date box.</summary>
    public static ThaiDateReading Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return ThaiDateReading.Refused($"ยังไม่ได้กรอกวันที่ ให้พิมพ์แบบ {Example}", $"the date is missing; write {EnglishExample}");
        if (typed.Length > LongestInput) return Unreadable(typed);
        var scanner = new ThaiScanner(typed.AsSpan().Trim());
        scanner.Gap();
        var weekday = ThaiDateWords.Weekday(ref scanner);
        if (!scanner.Number(4, out var first, out var digits)) return Unreadable(typed);
        return digits == 4 ? Iso(ref scanner, typed, first) : digits > 2 ? Unreadable(typed) : DayFirst(ref scanner, typed, first, weekday);
    }

    /// <summary>
    /// The first date said at or after <paramref name="from"/>. Of a span of days (24–28 กรกฎาคม 2568) it is the first day.
    /// A year must be said; one of two digits only counts after the name of a month.
    /// </summary>
    public static FoundDate? FindFirst(string text, int from = 0)
    {
        for (var at = from; at < text.Length;)
        {
            var offset = text.AsSpan(at).IndexOfAny(ThaiScanner.Digits);
            if (offset < 0) return null;
            at += offset;
            if (FindAt(text, at) is { } found) return found;
            while (at < text.Length && ThaiScanner.Digit(text[at]) >= 0) at++;
        }
        return null;
    }

    private static ThaiDateReading DayFirst(ref ThaiScanner scanner, string typed, int day, DayOfWeek? weekday)
    {
        if (!Month(ref scanner, out var month)) return Unreadable(typed);
        scanner.Gap();
        var era = ThaiDateWords.Era(ref scanner);
        scanner.Gap();
        if (scanner.AtEnd) return ThaiDateReading.Refused($"“{Quoted(typed)}” ยังไม่มีปี ให้พิมพ์ปี พ.ศ. ด้วย เช่น {Example}", $"“{Quoted(typed)}” has no year; write {EnglishExample}");
        if (!scanner.Number(6, out var year, out var digits)) return Unreadable(typed);
        scanner.Gap();
        return scanner.AtEnd ? Dated(typed, day, month, year, digits, era, weekday) : Unreadable(typed);
    }

    private static bool Month(ref ThaiScanner scanner, out int month)
    {
        const string Separators = "/-.–";
        var spaced = scanner.Gap();
        var separated = scanner.Character(Separators);
        scanner.Gap();
        if (ThaiDateWords.Month(ref scanner, out month))
        {
            scanner.Gap();
            scanner.Character(Separators);
            return true;
        }
        return (spaced || separated) && scanner.Number(2, out month, out _) && (scanner.Gap() | scanner.Character(Separators));
    }

    private static ThaiDateReading Iso(ref ThaiScanner scanner, string typed, int year)
    {
        const string Separators = "-/";
        if (!scanner.Character(Separators) || !scanner.Number(2, out var month, out _)) return Unreadable(typed);
        if (!scanner.Character(Separators) || !scanner.Number(2, out var day, out _) || !scanner.AtEnd) return Unreadable(typed);
        if (year >= FirstBuddhistYear)
            return ThaiDateReading.Refused($"“{Quoted(typed)}” ขึ้นต้นด้วยปี จึงต้องเป็นปี ค.ศ. หากเป็นปี พ.ศ. {year} ให้พิมพ์ {day}/{month}/{year}",
                $"“{Quoted(typed)}” begins with its year, which is then one of the common era; if it is {year} of the Buddhist era, write {day}/{month}/{year}");
        return Dated(typed, day, month, year, 4, Era.Common, weekday: null);
    }

    private static ThaiDateReading Dated(string typed, int day, int month, int year, int digits, Era era, DayOfWeek? weekday)
    {
        if (digits == 2 && era == Era.Common || digits is not (2 or 4))
            return ThaiDateReading.Refused($"อ่านปีใน “{Quoted(typed)}” ไม่ได้ ให้พิมพ์ปี พ.ศ. สี่หลัก เช่น {Example}", $"the year in “{Quoted(typed)}” cannot be read; write four digits: {EnglishExample}");
        var looksCommon = digits == 4 && year is >= 1800 and < 2200;
        var buddhist = digits == 2 ? ShortYearCentury + year : era == Era.Common || looksCommon ? year + FiscalYear.BuddhistEraOffset : year;
        if (buddhist is < FirstBuddhistYear or > LastBuddhistYear)
            return ThaiDateReading.Refused($"ปีใน “{Quoted(typed)}” อยู่นอกช่วง พ.ศ. {FirstBuddhistYear}–{LastBuddhistYear}",
                $"the year in “{Quoted(typed)}” lies outside {FirstBuddhistYear}–{LastBuddhistYear} of the Buddhist era ({FirstBuddhistYear - FiscalYear.BuddhistEraOffset}–{LastBuddhistYear - FiscalYear.BuddhistEraOffset})");
        if (Missing(day, month, buddhist) is { } missing) return ThaiDateReading.Refused(missing.Thai, missing.English);
        if (looksCommon && era != Era.Common)
            return ThaiDateReading.Refused($"“{Quoted(typed)}” ใช้ปี ค.ศ. {year} ช่องนี้ใช้ปี พ.ศ. ให้พิมพ์ {day}/{month}/{buddhist}",
                $"“{Quoted(typed)}” has {year} of the common era; write {day}/{month}/{buddhist}, in the Buddhist era");
        var date = new DateOnly(buddhist - FiscalYear.BuddhistEraOffset, month, day);
        return ThaiDateReading.Of(date, WarningOf(date, digits == 2 && year < FirstPlainShortYear, weekday));
    }

    /// <summary>Why the calendar has no such day.</summary>
    private static Phrase? Missing(int day, int month, int buddhistYear)
    {
        if (month is < 1 or > 12)
            return month <= 31 && day is >= 1 and <= 12
                ? new($"ไม่มีเดือนที่ {month} ให้พิมพ์วันก่อนเดือน เช่น {month}/{day}/{buddhistYear}", $"there is no month {month}; write the day before the month: {month}/{day}/{buddhistYear}")
                : new($"ไม่มีเดือนที่ {month} เดือนต้องเป็น 1 ถึง 12", $"there is no month {month}; months go from 1 to 12");
        var days = DateTime.DaysInMonth(buddhistYear - FiscalYear.BuddhistEraOffset, month);
        return day >= 1 && day <= days ? null
            : new($"ไม่มีวันที่ {day} {ThaiDate.Months[month - 1]} {buddhistYear} เดือนนี้มีวันที่ 1 ถึง {days}", $"there is no {day} {EnglishMonths[month - 1]} {buddhistYear}; the month goes from 1 to {days}");
    }

    private static Phrase? WarningOf(DateOnly date, bool shortYear, DayOfWeek? weekday)
    {
        if (weekday is { } said && said != date.DayOfWeek)
        {
            return new($"{date.Day} {ThaiDate.Months[date.Month - 1]} {ThaiDate.Year(date)} เป็น{ThaiDate.Weekdays[(int)date.DayOfWeek]} ไม่ใช่{ThaiDate.Weekdays[(int)said]}",
                $"{date.Day} {EnglishMonths[date.Month - 1]} {ThaiDate.Year(date)} is a {date.DayOfWeek} and not a {said}");
        }
        return shortYear ? new($"อ่านปีสองหลักเป็น พ.ศ. {ThaiDate.Year(date)} (ค.ศ. {date.Year})", $"the year of two digits is read as {ThaiDate.Year(date)} of the Buddhist era ({date.Year})") : null;
    }

    private static ThaiDateReading Unreadable(string typed) => ThaiDateReading.Refused($"อ่านวันที่ “{Quoted(typed)}” ไม่ได้ ให้พิมพ์แบบ {Example}", $"“{Quoted(typed)}” cannot be read as a date; write {EnglishExample}");

    /// <summary>What was typed, short and free of control characters and halves of characters.</summary>
    private static string Quoted(string typed)
    {
        var quoted = new StringBuilder();
        foreach (var rune in typed.Trim().EnumerateRunes())
        {
            if (quoted.Length >= 40) return quoted.Append('…').ToString();
            if (!Rune.IsControl(rune)) quoted.Append(rune);
        }
        return quoted.ToString();
    }

    private static FoundDate? FindAt(string text, int start)
    {
        var scanner = new ThaiScanner(text, start);
        if (!scanner.Number(2, out var day, out _)) return null;
        var afterDay = scanner.Position;
        if (Numeric(ref scanner, text, start, out var month, out var year) || Named(ref scanner, afterDay, out month, out year))
        {
            if (Missing(day, month, year) is null)
                return new FoundDate(new DateOnly(year - FiscalYear.BuddhistEraOffset, month, day), start, scanner.Position - start);
        }
        return null;
    }

    /// <summary>11/03/2567 that is not a part of a longer number.</summary>
    private static bool Numeric(ref ThaiScanner scanner, string text, int start, out int month, out int year)
    {
        (month, year) = (0, 0);
        if (start > 0 && text[start - 1] is '/' or '-' or '.' or ',' or ':') return false;
        var separator = scanner.Next;
        return separator is '/' or '-' && scanner.Character("/-") && scanner.Number(2, out month, out _) && scanner.Next == separator && scanner.Character("/-")
            && scanner.Number(4, out year, out var digits) && digits == 4 && scanner.Next is not ('/' or '-') && ToBuddhist(ref year, Era.Unsaid);
    }

    private static bool Named(ref ThaiScanner scanner, int afterDay, out int month, out int year)
    {
        (month, year) = (0, 0);
        scanner.Return(afterDay);
        scanner.Gap();
        if (scanner.Character("-–—"))
        {
            scanner.Gap();
            if (!scanner.Number(2, out _, out _)) return false;
            scanner.Gap();
        }
        if (!ThaiDateWords.Month(ref scanner, out month)) return false;
        scanner.Gap();
        var era = ThaiDateWords.Era(ref scanner);
        scanner.Gap();
        if (!scanner.Number(4, out year, out var digits)) return false;
        return digits switch
        {
            4 => ToBuddhist(ref year, era),
            2 => era != Era.Common && year >= FirstPlainShortYear && !IsAmount(scanner) && ToBuddhist(ref year, Era.Buddhist, ShortYearCentury),
            _ => false,
        };
    }

    /// <summary>9 ก.ค. 50.25 and 9 ก.ค. 80% do not say a year.</summary>
    private static bool IsAmount(ThaiScanner scanner)
    {
        if (scanner.Character("%")) return true;
        return scanner.Character(".,:") && ThaiScanner.Digit(scanner.Next) >= 0;
    }

    private static bool ToBuddhist(ref int year, Era era, int century = 0)
    {
        year += century;
        if (era == Era.Common || era == Era.Unsaid && year is >= 1900 and < 2200) year += FiscalYear.BuddhistEraOffset;
        return year is >= FirstBuddhistYear and <= LastBuddhistYear;
    }
}
