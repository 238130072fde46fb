namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>The calendar a year was said to be in.</summary>
internal enum Era
{
    Unsaid,
    Buddhist,
    Common,
}

/// <summary>Names of months, weekdays and eras as they are really written, misspellings included.</summary>
internal static class ThaiDateWords
{
    private static readonly string[] CommonMisspellings = ["กรกฏาคม", "กุมภาพันธ", "พฤษจิกายน"];
    private static readonly int[] MisspeltMonths = [7, 2, 11];
    private static readonly string[] MonthLetters = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];
    private static readonly string[] WeekdayNames = [.. ThaiDate.Weekdays.Select(day => day["วัน".Length..])];
    private static readonly string[] ShortWeekdays = ["อา.", "จ.", "อ.", "พฤ.", "พ.", "ศ.", "ส."];
    private static readonly int[] ShortWeekdayNumbers = [0, 1, 2, 4, 3, 5, 6];

    /// <summary>1 to 12.</summary>
    public static bool Month(ref ThaiScanner scanner, out int month)
    {
        if (scanner.AnyWord(ThaiDate.Months, out var index))
        {
            month = index + 1;
            return true;
        }
        if (scanner.AnyWord(CommonMisspellings, out index))
        {
            month = MisspeltMonths[index];
            return true;
        }
        for (month = 1; month <= 12; month++)
        {
            if (scanner.Abbreviation(MonthLetters[month - 1])) return true;
        }
        return false;
    }

    /// <summary>พ.ศ., พุทธศักราช, ค.ศ., each also after ปี; nothing said is fine.</summary>
    public static Era Era(ref ThaiScanner scanner)
    {
        if (scanner.Word("ปี")) scanner.Gap();
        if (scanner.Word("พุทธศักราช") || scanner.Abbreviation("พศ")) return Thai.Era.Buddhist;
        return scanner.Word("คริสต์ศักราช") || scanner.Abbreviation("คศ") ? Thai.Era.Common : Thai.Era.Unsaid;
    }

    /// <summary>วันศุกร์ที่, ศุกร์, ศ., or the bare วันที่, for which there is no weekday.</summary>
    public static DayOfWeek? Weekday(ref ThaiScanner scanner)
    {
        DayOfWeek? weekday = null;
        scanner.Word("เมื่อ");
        scanner.Word("วัน");
        if (scanner.AnyWord(WeekdayNames, out var index))
            weekday = (DayOfWeek)index;
        else if (scanner.Word("พฤหัส"))
            weekday = DayOfWeek.Thursday;
        else if (scanner.AnyWord(ShortWeekdays, out index))
            weekday = (DayOfWeek)ShortWeekdayNumbers[index];
        scanner.Character("ฯ");
        scanner.Gap();
        scanner.Word("ที่");
        scanner.Gap();
        return weekday;
    }
}
