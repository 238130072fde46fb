using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Names by which content, recipes and code know a type, a part or a field.</summary>
public static partial class DefinitionNames
{
    public const int Longest = 64;

    /// <summary>Members of the envelope and of nested items: a part under such a name would be lost.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Id", "ContentItem", "ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc",
        "Owner", "Author", "Terms", "FlowMetadata", "WidgetMetadata", "ContainedPart", "TermPart", "LayerMetadata", "GraphMetadata",
    };

    // Leading vowels are written before the consonant after which they are spoken.
    private const string Leading = "เแโใไ";

    private static readonly Dictionary<char, string> Sounds = Table(
        "ก k ข kh ฃ kh ค kh ฅ kh ฆ kh ง ng จ ch ฉ ch ช ch ซ s ฌ ch ญ y ฎ d ฏ t ฐ th ฑ th ฒ th ณ n ด d ต t ถ th ท th ธ th น n บ b ป p ผ ph ฝ f พ ph ฟ f ภ ph ม m ย y ร r ฤ rue ล l ฦ lue "
        + "ว w ศ s ษ s ส s ห h ฬ l อ o ฮ h ะ a ั a า a ำ am ิ i ี i ึ ue ื ue ุ u ู u เ e แ ae โ o ใ ai ไ ai ๅ a");

    /// <summary>Why the name of a field cannot be used; null when it can. Fields lie in their part, so that they share no names with the envelope.</summary>
    public static string? FieldProblem(string name, IEnumerable<string> taken) =>
        name is "ContentItem" ? $"ชื่อระบบ {name} สงวนไว้ ให้ใช้ชื่ออื่น" : Unsafe(name, taken);

    /// <summary>Why the name of a type or part cannot be used; null when it can.</summary>
    public static string? Problem(string name, IEnumerable<string> taken) =>
        Reserved.Contains(name) || PartKinds.Find(name) is not null || FieldKinds.Find(name) is not null ? $"ชื่อระบบ {name} สงวนไว้ ให้ใช้ชื่ออื่น" : Unsafe(name, taken);

    private static string? Unsafe(string name, IEnumerable<string> taken) =>
        name.Length == 0 ? "ตั้งชื่อระบบ"
        : name.Length > Longest ? $"ชื่อระบบยาวเกิน {Longest} ตัวอักษร"
        : !Safe().IsMatch(name) ? "ชื่อระบบใช้ตัวอักษรอังกฤษและตัวเลข ขึ้นต้นด้วยตัวอักษร เช่น TravelGuide"
        : taken.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"มี {name} อยู่แล้ว ให้ใช้ชื่ออื่น" : null;

    /// <summary>A name made of what people call the thing: Travel guide becomes TravelGuide, คู่มือ becomes Khumue.</summary>
    public static string Propose(string title, IReadOnlyCollection<string> taken)
    {
        var name = new StringBuilder();
        var isStart = true;
        foreach (var sound in Spoken(title))
        {
            if (sound is null) isStart = true;
            else if (sound.Length > 0)
            {
                name.Append(isStart ? char.ToUpperInvariant(sound[0]) : sound[0]).Append(sound.AsSpan(1));
                isStart = false;
            }
        }
        var stem = name.Length == 0 || !char.IsAsciiLetter(name[0]) ? "Type" + name : name.ToString();
        stem = stem[..Math.Min(stem.Length, Longest - 4)];
        return Enumerable.Range(1, 999).Select(n => n == 1 ? stem : $"{stem}{n}").First(n => Problem(n, taken) is null);
    }

    // Null where a word ends; empty for marks of tone, which have no letter.
    private static IEnumerable<string?> Spoken(string title)
    {
        for (var i = 0; i < title.Length; i++)
        {
            var c = title[i];
            if (Leading.Contains(c) && i + 1 < title.Length && Sounds.TryGetValue(title[i + 1], out var consonant) && !Leading.Contains(title[i + 1]))
            {
                yield return consonant + Sounds[c];
                i++;
            }
            // มือ: after this vowel the letter is only its seat.
            else if (c == 'อ' && title.AsSpan(0, i).TrimEnd("่้๊๋") is [.., 'ื']) yield return "";
            else if (Sounds.TryGetValue(c, out var sound)) yield return sound;
            else if (char.IsAsciiLetterOrDigit(c)) yield return c.ToString();
            else if (c is >= '๐' and <= '๙') yield return ((char)('0' + (c - '๐'))).ToString();
            else if (c is >= '\u0E47' and <= '\u0E4E') yield return "";
            else yield return null;
        }
    }

    private static Dictionary<char, string> Table(string pairs) => pairs.Split(' ').Chunk(2).ToDictionary(p => p[0][0], p => p[1]);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Safe();
}
