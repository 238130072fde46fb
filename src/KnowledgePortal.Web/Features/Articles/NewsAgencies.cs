using System.Buffers;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>An agency that the site has, with its abbreviation and other names.</summary>
public sealed record KnownAgency(string Name, IReadOnlyList<string> OtherNames);

/// <summary>
/// Finds the agency that news is about: the first one that its title names, or else the first of its opening paragraphs. Names come from the
/// site's list, from the ministries and from the pattern กรม…/สำนักงาน… where the text itself shows where the name ends.
/// </summary>
public sealed class NewsAgencies
{
    private const int OpeningLength = 1500;
    private const int LongestName = 50;
    private const string Province = "จังหวัด";
    private const string Governor = "ผู้ว่าราชการ";

    private static readonly string[] Heads = ["กรม", "สำนักงาน", "กองทัพบก", "กองทัพเรือ", "กองทัพอากาศ"];

    /// <summary>Princes, palaces and branch offices begin like departments.</summary>
    private static readonly string[] NotAgencies =
    [
        "กรมสมเด็จ", "กรมพระ", "กรมหลวง", "กรมขุน", "กรมหมื่น", "กรมธรรม์", "สำนักงานใหญ่", "สำนักงานจังหวัด", "สำนักงานเขต",
        "สำนักงานพื้นที่", "สำนักงานสาขา", "สำนักงานฯ", "สำนักงานต่าง", "สำนักงานใน",
        "กรมวัง", "สำนักงานอำเภอ", "สำนักงานผู้ว่า", "สำนักงานคลังจังหวัด", "สำนักงานปลัดฯ",
    ];

    /// <summary>Where the sentence goes on without a space after the name.</summary>
    private static readonly SearchValues<string> Continuations = SearchValues.Create(
        [
            "เป็นประธาน", "เปิดเผย", "กล่าวว่า", "ลงพื้นที่", "เดินหน้า", "ชี้แจง", "ได้จัด", "จัดประชุม", "จัดการประชุม", "จัดพิธี", "จัดกิจกรรม",
            "ร่วมกับ", "พร้อมด้วย",
        ],
        StringComparison.Ordinal);

    private readonly Dictionary<string, string> _names = [];
    private readonly ILookup<char, string> _spellings;
    private readonly SearchValues<string> _anySpelling;

    public NewsAgencies(IEnumerable<KnownAgency> known)
    {
        foreach (var agency in known)
        {
            foreach (var spelling in agency.OtherNames.Prepend(agency.Name).Where(s => s.Trim().Length > 1)) _names.TryAdd(spelling.Trim(), agency.Name);
        }
        foreach (var (spelling, name) in Ministries.Spellings()) _names.TryAdd(spelling, _names.GetValueOrDefault(name, name));
        foreach (var head in Heads) _names.TryAdd(head, "");
        _spellings = _names.Keys.OrderByDescending(s => s.Length).ToLookup(s => s[0]);
        _anySpelling = SearchValues.Create([.. _names.Keys], StringComparison.Ordinal);
    }

    /// <summary>The full name, exactly as in the list when it is there; null when no agency is named.</summary>
    public string? Find(string title, IReadOnlyList<string> paragraphs)
    {
        if (FindIn(title) is { } inTitle) return inTitle;
        var left = OpeningLength;
        foreach (var paragraph in paragraphs)
        {
            if (FindIn(Opening(paragraph, left)) is { } name) return name;
            if ((left -= paragraph.Length) <= 0) return null;
        }
        return null;
    }

    /// <summary>Ends at a space, so that no name is cut.</summary>
    private static ReadOnlySpan<char> Opening(string paragraph, int longest) =>
        paragraph.Length <= longest ? paragraph : paragraph.AsSpan(0, Math.Max(0, paragraph.LastIndexOf(' ', longest)));

    private string? FindIn(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var offset = text[at..].IndexOfAny(_anySpelling);
            if (offset < 0) return null;
            at += offset;
            if (NameAt(text, at) is { } name) return name;
        }
        return null;
    }

    private string? NameAt(ReadOnlySpan<char> text, int at)
    {
        foreach (var spelling in _spellings[text[at]])
        {
            if (!text[at..].StartsWith(spelling, StringComparison.Ordinal) || !StandsAlone(text, at, spelling)) continue;
            var name = _names[spelling];
            if (name.Length == 0) return NameWithHead(text[at..], spelling);
            if (!name.StartsWith(Province, StringComparison.Ordinal) || at == 0 || text[..at].EndsWith(Governor, StringComparison.Ordinal)) return name;
        }
        return null;
    }

    /// <summary>Abbreviations and Latin names are parts of longer ones: มท. of สป.มท., NIA of LITHUANIA.</summary>
    private static bool StandsAlone(ReadOnlySpan<char> text, int at, string spelling)
    {
        // The letters of กรม are in โปรแกรม too.
        if (Heads.Contains(spelling)) return at == 0 || !ThaiCharacters.IsLeadingVowel(text[at - 1]);
        var isShort = spelling.Length <= 5 || spelling.Contains('.') || char.IsAsciiLetter(spelling[0]);
        if (!isShort) return true;
        if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || ThaiCharacters.IsMark(text[at - 1]) || text[at - 1] == '.')) return false;
        var end = at + spelling.Length;
        return end == text.Length || !spelling.EndsWith('.') && !char.IsAsciiLetter(spelling[^1]) || !char.IsLetterOrDigit(text[end]);
    }

    private static string? NameWithHead(ReadOnlySpan<char> text, string head)
    {
        foreach (var other in NotAgencies)
        {
            if (text.StartsWith(other, StringComparison.Ordinal)) return null;
        }
        var length = 0;
        while (length < text.Length && ThaiCharacters.IsThai(text[length])) length++;
        var name = text[..length];
        if (name.IndexOfAny(Continuations) is > 0 and var end) name = name[..end];
        else if (length < text.Length && text[length] == 'ฯ') return null;
        // สำนักงาน ก.พ.ร. is no name that a pattern can end.
        return name.Length > head.Length + 2 && name.Length <= LongestName || head.StartsWith("กองทัพ", StringComparison.Ordinal) ? name.ToString() : null;
    }
}
