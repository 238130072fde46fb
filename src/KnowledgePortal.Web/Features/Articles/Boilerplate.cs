using System.Globalization;
using System.Text;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>What web pages put around a piece of news: buttons, counters, separators, lists of other news.</summary>
internal static class Boilerplate
{
    private const int LongestPhrase = 80;
    private const int LongestListOfOthers = 12;
    private const int ShortestRule = 4;

    /// <summary>What sites put before every title.</summary>
    private static readonly string[] TitlePrefixes = ["รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-", "รัฐบาลไทย-"];

    private static readonly HashSet<string> Phrases =
    [
        .. new[]
        {
            "พิมพ์", "พิมพ์หน้านี้", "แชร์", "แชร์หน้านี้", "แชร์ข่าวนี้", "อัลบั้มภาพ", "ย้อนกลับ", "กลับสู่ด้านบน",
            "Spread the love", "Facebook Comments Box", "Facebook Comments", "Written by", "%d bloggers like this:", "Verified by ExactMetrics",
            "Your browser does not support the audio element.", "Your browser does not support the video tag.",
            "Share this:", "Like this:", "Like Loading...", "Loading...", "Share on Facebook", "Leave a comment", "Leave a Reply",
            "Post Views:", "prev", "next", "Previous", "Next", "Print", "Tweet",
        }.Select(TextKey.Of),
    ];

    private static readonly string[] Openings = ["Written by ", "Post Views: ", "Click to share on "];

    private static readonly HashSet<string> HeadingsOfOthers =
        [.. new[] { "ข่าวที่เกี่ยวข้อง", "ข่าวอื่นที่น่าสนใจ", "Related posts", "Related news" }.Select(TextKey.Of)];

    public static string WithoutPrefix(string title)
    {
        foreach (var prefix in TitlePrefixes)
        {
            if (title.StartsWith(prefix, StringComparison.Ordinal)) return title[prefix.Length..].TrimStart();
        }
        return title;
    }

    /// <summary>True for a line that belongs to the page and not to the news. The key is that of the line.</summary>
    public static bool Covers(string line, string key)
    {
        if (key.Length == 0) return !HasSymbol(line);
        var isPhrase = line.Length <= LongestPhrase && (Phrases.Contains(key) || HeadingsOfOthers.Contains(key) || StartsWithOpening(line));
        return isPhrase || IsHashtags(line);
    }

    /// <summary>How many lines stay when a list of other news ends them.</summary>
    public static int EndOfNews(List<string> lines)
    {
        for (var i = lines.Count - 1; i >= 0 && i >= lines.Count - LongestListOfOthers; i--)
        {
            if (lines[i].Length <= LongestPhrase && HeadingsOfOthers.Contains(TextKey.Of(lines[i]))) return i;
        }
        return lines.Count;
    }

    /// <summary>The line without a row of stars, dashes or the like before it.</summary>
    public static string WithoutRule(string line)
    {
        var end = line.AsSpan().IndexOfAnyExcept("*-_=+/~# ");
        return end < 0 || end - line.AsSpan(0, end).Count(' ') < ShortestRule ? line : line[end..];
    }

    /// <summary>True for ****** 6 กรกฎาคม 2565 and other dates that stand alone on their line.</summary>
    public static bool IsDate(string line, out DateOnly date)
    {
        date = default;
        if (line.Length > LongestPhrase || ThaiDateParser.FindFirst(line) is not { } found) return false;
        date = found.Date;
        var rest = line[(found.Start + found.Length)..].TrimStart(' ', ',', '|');
        return ThaiDateParser.Parse(line[..(found.Start + found.Length)]).Date == date && (rest.Length == 0 || ThaiTimeParser.Parse(rest).Time is not null);
    }

    private static bool StartsWithOpening(string line) => Openings.Any(o => line.StartsWith(o, StringComparison.OrdinalIgnoreCase));

    private static bool IsHashtags(string line) =>
        line[0] == '#' && line.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => w.Length > 1 && w[0] == '#' && w[1] != '#');

    /// <summary>Emoji and the like may stand alone; rows of punctuation are separators.</summary>
    private static bool HasSymbol(string line) =>
        line.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.OtherSymbol && !IsDrawn(r.Value));

    private static bool IsDrawn(int rune) => rune is >= 0x2500 and <= 0x25FF or >= 0x2600 and <= 0x26FF;
}
