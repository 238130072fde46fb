namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Thai character clusters: the smallest groups of letters that a writer never separates (a consonant with its vowels, marks and silent letters).
/// A simplified form of the rules of Theeramunkong et al., "Character cluster based Thai information retrieval" (IRAL 2000).
/// </summary>
internal static class CharacterClusters
{
    /// <summary>Length of the cluster that begins at <paramref name="start"/>; at least 1. The text there must be Thai.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int start)
    {
        var i = start;
        var led = ThaiCharacters.IsLeadingVowel(text[i]);
        if (led && i + 1 < text.Length && ThaiCharacters.IsConsonant(text[i + 1]))
            i++;
        i++;
        var closes = false;
        while (i < text.Length && ThaiCharacters.IsDependent(text[i]))
        {
            // ั and ื, and ็ after a leading vowel, need the consonant that follows.
            closes |= text[i] is '\u0E31' or '\u0E37' || led && text[i] is ('\u0E47' or '\u0E34' or '\u0E35');
            i++;
        }
        if (closes && i < text.Length && ThaiCharacters.IsConsonant(text[i]) && !HasOwnVowel(text, i))
            i++;
        return SilentEnd(text, i) - start;
    }

    private static bool HasOwnVowel(ReadOnlySpan<char> text, int consonant) =>
        consonant + 1 < text.Length && ThaiCharacters.IsDependent(text[consonant + 1]) && text[consonant + 1] != '\u0E30';

    /// <summary>A consonant silenced by thanthakhat (with ิ or ุ in between as in สิทธิ์) belongs to the cluster before it.</summary>
    private static int SilentEnd(ReadOnlySpan<char> text, int i)
    {
        if (i + 1 < text.Length && ThaiCharacters.IsConsonant(text[i]))
        {
            var mark = text[i + 1] is '\u0E34' or '\u0E38' ? i + 2 : i + 1;
            if (mark < text.Length && text[mark] == ThaiCharacters.Thanthakhat)
                return mark + 1;
        }
        return i;
    }
}
