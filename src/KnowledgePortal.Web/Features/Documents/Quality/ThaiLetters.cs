namespace KnowledgePortal.Web.Features.Documents.Quality;

/// <summary>Where a Thai letter can stand.</summary>
public static class ThaiLetters
{
    public static bool IsThai(char c) => c is >= '\u0E01' and <= '\u0E3A' and not '\u0E2F' or >= '\u0E40' and <= '\u0E4E' and not '\u0E46';

    public static bool IsConsonant(char c) => c is >= '\u0E01' and <= '\u0E2E';

    public static bool IsMark(char c) => IsVowelMark(c) || IsToneOrSilence(c);

    /// <summary>False when nothing that people write has the letter there.</summary>
    public static bool CanStand(string text, int at)
    {
        var (c, before) = (text[at], at > 0 ? text[at - 1] : '\0');
        return c switch
        {
            _ when IsVowelMark(c) => IsConsonant(before),
            _ when IsToneOrSilence(c) => IsConsonant(before) || IsVowelMark(before),
            '\u0E30' => IsConsonant(before) || IsTone(before) || before is '\u0E31' or '\u0E32',
            '\u0E32' or '\u0E33' => IsConsonant(before) || IsTone(before),
            '\u0E45' => before is '\u0E24' or '\u0E26',
            _ when IsLeadingVowel(c) => at + 1 < text.Length && IsConsonant(text[at + 1]),
            _ => true,
        };
    }

    private static bool IsLeadingVowel(char c) => c is >= '\u0E40' and <= '\u0E44';

    private static bool IsTone(char c) => c is >= '\u0E48' and <= '\u0E4B';

    private static bool IsToneOrSilence(char c) => c is >= '\u0E48' and <= '\u0E4C' or '\u0E4E';

    private static bool IsVowelMark(char c) => c is '\u0E31' or >= '\u0E34' and <= '\u0E3A' or '\u0E47' or '\u0E4D';
}
