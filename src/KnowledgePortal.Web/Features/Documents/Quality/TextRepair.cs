using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Documents.Quality;

/// <summary>Mends what can surely be mended in text that came out of a file; what is doubtful stays as it is and is judged as it is.</summary>
public static partial class TextRepair
{
    private const int SurelyLost = 3;
    private const int Dominates = 10;
    private const int MostRounds = 100;

    /// <summary>The pages of one file: what is wrong with it shows in all of them together.</summary>
    public static IReadOnlyList<string> Mend(IReadOnlyList<string> pages)
    {
        var plain = pages.Select(p => Tidy(Mojibake.Undo(p))).ToList();
        var lost = plain.Sum(p => LostSaraAm().Count(p));
        var kept = plain.Sum(p => p.Count(c => c == '\u0E33') + WrittenSaraAm().Count(p));
        // Some programs write ำ as a blank and า. Where they do, they do it everywhere.
        var isLost = lost >= SurelyLost && lost > Dominates * kept;
        return [.. plain.Select(p => Marks(isLost ? LostSaraAm().Replace(p, "$1$2$3\u0E33") : p))];
    }

    /// <summary>Characters for glyphs, plain blanks, no invisible characters.</summary>
    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (LegacyGlyphs.Character(c) is not { } known) continue;
            if (known is '\u00AD' or >= '\u200B' and <= '\u200D' or '\u2060' or '\uFEFF' or '\r') continue;
            if (known == '\n') tidy.Append('\n');
            else if (char.IsWhiteSpace(known) || char.IsControl(known)) tidy.Append(' ');
            else tidy.Append(known);
        }
        return Blanks().Replace(tidy.ToString(), " ").Trim();
    }

    // What one round puts together may be for another one to order.
    private static string Marks(string text)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var next = MarksOnce(text);
            if (next == text) break;
            text = next;
        }
        return text;
    }

    // In this order: blanks inside a cluster, then the order of its marks, then the letters that marks make together.
    private static string MarksOnce(string text)
    {
        var together = BlanksBeforeMarks().Replace(text, cluster => cluster.Value.Replace(" ", "", StringComparison.Ordinal));
        var ordered = MarkRun().Replace(together, run => Ordered(run.Value));
        var toneFirst = ToneAfterSaraAm().Replace(ordered, "$1\u0E33");
        return WrittenSaraAm().Replace(toneFirst, "$1\u0E33").Replace("\u0E40\u0E40", "\u0E41", StringComparison.Ordinal);
    }

    /// <summary>Vowels, then nikhahit, then tone or thanthakhat; a repeated mark once. Two different tones stay two, and are judged.</summary>
    private static string Ordered(string marks) => string.Concat(marks.Distinct().OrderBy(c => c switch { '\u0E4D' => 1, >= '\u0E48' and <= '\u0E4C' => 2, _ => 0 }));

    [GeneratedRegex("([ก-ฮ])(?: ?([\u0E48-\u0E4B]))? ([\u0E48-\u0E4B]?)\u0E32", RegexOptions.NonBacktracking)]
    private static partial Regex LostSaraAm();

    [GeneratedRegex("\u0E4D([\u0E48-\u0E4B]?)\u0E32", RegexOptions.NonBacktracking)]
    private static partial Regex WrittenSaraAm();

    [GeneratedRegex("\u0E33([\u0E48-\u0E4B])", RegexOptions.NonBacktracking)]
    private static partial Regex ToneAfterSaraAm();

    // No word begins with a mark, with ะ or with ำ.
    [GeneratedRegex("[ก-ฮ\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]( +[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E])* +[\u0E30\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]", RegexOptions.NonBacktracking)]
    private static partial Regex BlanksBeforeMarks();

    [GeneratedRegex("[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex MarkRun();

    [GeneratedRegex("[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
