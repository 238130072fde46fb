namespace KnowledgePortal.Web.Features.Documents.Quality;

public enum PageVerdict
{
    Readable,

    /// <summary>There is text, but nobody would read it so.</summary>
    Broken,

    /// <summary>There is no text.</summary>
    Empty,
}

/// <summary>
/// How much of a text can be Thai at all. Counted are Thai letters, those that stand where Thai never puts them, and characters that are no text.
/// </summary>
public readonly record struct TextQuality(int Characters, int Words, int Thai, int Consonants, int Marks, int Impossible, int Foreign, int SaraAa, int SaraAm)
{
    /// <summary>News and laws have less than a thousandth; text from broken fonts has a tenth and more.</summary>
    public const double MostImpossible = 0.02;

    private const double MostForeign = 0.01;
    private const double LeastWords = 0.4;
    private const int FewestCharacters = 3;
    private const int Slips = 3;

    // How often letters occur needs a text of some length; measured on Thai news, marks are 0.3 to 0.6 of the consonants and ำ 0.05 to 0.3 of the า.
    private const int EnoughConsonants = 300;
    private const double FewestMarks = 0.12;
    private const double MostSaraAm = 0.8;

    public double ImpossibleShare => Thai == 0 ? 0 : (double)Impossible / Thai;

    /// <summary>The verdict on each page of a file; damage that only shows in numbers is judged over all of them.</summary>
    public static IReadOnlyList<PageVerdict> Judge(IReadOnlyList<string> pages)
    {
        var each = pages.Select(Of).ToList();
        var all = each.Aggregate(default(TextQuality), (a, b) => a.And(b));
        return [.. each.Select(q => q.Words < FewestCharacters ? q.Characters > 10 * FewestCharacters ? PageVerdict.Broken : PageVerdict.Empty
            : q.IsBroken || all.HasImpossibleFrequencies ? PageVerdict.Broken : PageVerdict.Readable)];
    }

    public static TextQuality Of(string text)
    {
        var q = default(TextQuality);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) continue;
            q = q with
            {
                Characters = q.Characters + 1,
                Words = q.Words + (char.IsLetterOrDigit(c) || ThaiLetters.IsMark(c) ? 1 : 0),
                Foreign = q.Foreign + (c is '\uFFFD' or >= '\uE000' and <= '\uF8FF' || char.IsControl(c) ? 1 : 0),
            };
            if (!ThaiLetters.IsThai(c)) continue;
            q = q with
            {
                Thai = q.Thai + 1,
                Consonants = q.Consonants + (ThaiLetters.IsConsonant(c) ? 1 : 0),
                Marks = q.Marks + (ThaiLetters.IsMark(c) ? 1 : 0),
                SaraAa = q.SaraAa + (c == '\u0E32' ? 1 : 0),
                SaraAm = q.SaraAm + (c == '\u0E33' ? 1 : 0),
                Impossible = q.Impossible + (ThaiLetters.CanStand(text, i) ? 0 : 1),
            };
        }
        return q;
    }

    private bool IsBroken =>
        Impossible >= Slips && ImpossibleShare > MostImpossible || Foreign >= Slips && Foreign > MostForeign * Characters
        || Words < LeastWords * Characters && Characters > 10 * FewestCharacters;

    // Fonts that give ำ for every า, or lose the marks, make letters that can stand where they stand.
    private bool HasImpossibleFrequencies =>
        Consonants >= EnoughConsonants && (Marks < FewestMarks * Consonants || SaraAm > MostSaraAm * SaraAa);

    private TextQuality And(TextQuality b) => new(
        Characters + b.Characters, Words + b.Words, Thai + b.Thai, Consonants + b.Consonants, Marks + b.Marks, Impossible + b.Impossible,
        Foreign + b.Foreign, SaraAa + b.SaraAa, SaraAm + b.SaraAm);
}
