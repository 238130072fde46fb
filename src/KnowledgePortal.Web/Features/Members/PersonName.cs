using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A name as people are shown: one line, without characters that are not seen or turn the line around.</summary>
public static partial class PersonName
{
    public const int Longest = 100;

    /// <summary>The name without surplus spaces, or what is wrong with it.</summary>
    public static (string Name, string? Problem) Read(string? text)
    {
        var name = Spaces().Replace(text ?? "", " ").Trim(' ');
        if (name.Length == 0) return ("", "ยังไม่ได้ใส่ชื่อ");
        if (name.EnumerateRunes().Any(IsHidden)) return (name, "ชื่อมีอักขระที่มองไม่เห็น พิมพ์ใหม่โดยไม่วางข้อความ");
        name = name.Normalize(NormalizationForm.FormC);
        return name.Length > Longest ? (name, $"ชื่อยาว {name.Length} ตัวอักษร ใช้ได้ไม่เกิน {Longest} ตัว") : (name, null);
    }

    // Joiners are part of some scripts' spelling; every other control, and half a surrogate pair, is not part of a name.
    private static bool IsHidden(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);

    [GeneratedRegex(@"[ \t\u00A0\u200B]+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
