namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>Times as people type them in a box: 13.15, 13:15, 13.15 น., 9.30, ๑๓.๑๕ น., 13 น.</summary>
public static class ThaiTimeParser
{
    private const int LongestInput = 40;

    public static ThaiTimeReading Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return ThaiTimeReading.Refused("ยังไม่ได้กรอกเวลา ให้พิมพ์แบบ 13.15", "the time is missing; write 13.15");
        if (typed.Length > LongestInput) return Unreadable;
        var scanner = new ThaiScanner(typed.AsSpan().Trim());
        scanner.Gap();
        if (scanner.Word("เวลา")) scanner.Gap();
        if (!scanner.Number(2, out var hour, out _)) return Unreadable;
        var minute = 0;
        var separated = scanner.Character(".:");
        if (separated && (!scanner.Number(2, out minute, out var digits) || digits != 2)) return Unreadable;
        // The seconds that a browser's own time box may send.
        if (scanner.Character(":") && (!scanner.Number(2, out var second, out _) || second > 59)) return Unreadable;
        scanner.Gap();
        var unit = scanner.Word("นาฬิกา") || scanner.Abbreviation("น");
        scanner.Gap();
        if (!scanner.AtEnd || !separated && !unit) return Unreadable;
        if (hour > 23) return ThaiTimeReading.Refused($"ไม่มีเวลา {hour}.{minute:00} น. ชั่วโมงต้องเป็น 0 ถึง 23 เที่ยงคืนคือ 00.00", $"there is no time {hour}.{minute:00}; hours go from 0 to 23, midnight is 00.00");
        if (minute > 59) return ThaiTimeReading.Refused($"ไม่มีเวลา {hour}.{minute:00} น. นาทีต้องเป็น 00 ถึง 59", $"there is no time {hour}.{minute:00}; minutes go from 00 to 59");
        return ThaiTimeReading.Of(new TimeOnly(hour, minute));
    }

    private static ThaiTimeReading Unreadable => ThaiTimeReading.Refused("อ่านเวลาไม่ได้ ให้พิมพ์แบบ 13.15 หรือ 9.30", "the time cannot be read; write 13.15 or 9.30");
}
