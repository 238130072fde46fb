using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>
/// Words that must not be broken between two lines: those that the search knows, and those of <c>compounds.txt</c> that a search finds well enough by their parts.
/// </summary>
public static class ThaiCompounds
{
    private const char FirstThai = '\u0E00';

    // A longer name, kept whole, would not fit into a narrow column.
    private const int MostLetters = 16;

    private static readonly string[]?[] ByFirstLetter = Load();

    /// <summary>The length of the longest compound that begins here, 0 when none does.</summary>
    public static int MatchAt(ReadOnlySpan<char> text, int at)
    {
        var letter = text[at] - FirstThai;
        if (letter < 0 || letter >= ByFirstLetter.Length || ByFirstLetter[letter] is not { } words) return 0;
        // After เ แ โ ใ ไ this letter is the middle of a syllable, not the beginning of a word.
        if (at > 0 && text[at - 1] is >= '\u0E40' and <= '\u0E44') return 0;
        foreach (var word in words)
        {
            if (text[at..].StartsWith(word, StringComparison.Ordinal) && !IsMark(text, at + word.Length)) return word.Length;
        }
        return 0;
    }

    /// <summary>A span that ended before a vowel or tone mark would tear it from its consonant.</summary>
    private static bool IsMark(ReadOnlySpan<char> text, int at) =>
        at < text.Length && text[at] is '\u0E31' or >= '\u0E33' and <= '\u0E3A' or >= '\u0E47' and <= '\u0E4E';

    private static string[]?[] Load()
    {
        using var stream = typeof(ThaiCompounds).Assembly.GetManifestResourceStream("KnowledgePortal.Web.Hosting.Thai.compounds.txt")
            ?? throw new InvalidOperationException("The list of compounds is not in the assembly.");
        using var reader = new StreamReader(stream);
        var byLetter = new string[]?[0x60];
        var words = ThaiDictionary.Default.Words.Where(IsOneShortWord)
            .Concat(reader.ReadToEnd().Split(['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries));
        foreach (var group in words.GroupBy(word => word[0] - FirstThai))
            byLetter[group.Key] = [.. group.Distinct().OrderByDescending(word => word.Length)];
        return byLetter;
    }

    private static bool IsOneShortWord(string word) => word.Length is > 1 and <= MostLetters && word.All(letter => letter is >= '\u0E01' and <= '\u0E5B');
}
