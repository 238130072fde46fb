namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>Which spaces a line must not break at.</summary>
public static class ThaiGlue
{
    private static readonly string[] Months =
    [
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    ];

    private static readonly string[] BeforeNumber =
        [.. Months, "ที่", "พ.ศ.", "ค.ศ.", "ปี", "ปีงบประมาณ", "หมวด", "ข้อ", "เวลา", "ระยะ", "หน้า", "เล่ม", "มาตรา", "อีก", "กว่า", "PMQA", "ราชการ"];

    private static readonly string[] AfterNumber =
    [
        .. Months, "น.", "คน", "แห่ง", "ครั้ง", "เรื่อง", "จังหวัด", "อำเภอ", "ตำบล", "นาที", "วินาที", "ชม.", "ชั่วโมง", "วัน", "เดือน", "ปี", "ประการ", "ประเด็น",
        "รายการ", "ข้อ", "หมวด", "จุด", "ช่วง", "หน้า", "บรรทัด", "บาท", "ล้าน", "กม.", "ครัวเรือน", "หน่วยงาน", "องค์กร", "สำนัก", "ชุด", "ขั้น", "ขั้นตอน", "%",
    ];

    /// <summary>True when the space at <paramref name="at"/> stands between things that belong together: ต่าง ๆ, 76 แห่ง, ครั้งที่ 4, 9 ก.ค. 2563.</summary>
    public static bool Holds(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || at + 1 == text.Length) return false;
        var next = text[at + 1];
        if (next == 'ๆ') return true;
        if (char.IsDigit(next) && EndsWithAny(text[..at], BeforeNumber)) return true;
        return char.IsDigit(text[at - 1]) && StartsWithAny(text[(at + 1)..], AfterNumber);
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
