namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Puts the marks that follow one consonant into the order the keyboard standard asks for: vowel above or below, thanthakhat, tone, then า or ำ.
/// A repeated mark counts once, of several tones the last one stays, and nikhahit with า is ำ.
/// </summary>
internal static class ThaiMarkSequence
{
    /// <summary>Reads the sequence that begins at <paramref name="start"/> and returns the offset after it.</summary>
    public static int Append(string s, int start, ThaiNormalizer.Output output)
    {
        // Without a consonant before it a vowel has no tone to take over: moved once, the tone would be moved again past the next vowel.
        var takesTone = ThaiCharacters.IsMark(s[start]) || ThaiCharacters.IsConsonant(output.Last);
        var end = Measure(s, start, takesTone, out var tail);
        Span<char> canonical = stackalloc char[MaximumMarks + 3];
        var length = Canonical(s.AsSpan(start, end - start), tail, canonical);
        canonical = canonical[..length];
        var unchanged = canonical.SequenceEqual(s.AsSpan(start, end - start));
        for (var i = 0; i < length; i++)
            output.Append(canonical[i], unchanged ? start + i : start, unchanged ? start + i + 1 : end);
        return end;
    }

    /// <summary>There are 16 Thai marks, each kept at most once.</summary>
    private const int MaximumMarks = 16;

    private static int Measure(string s, int start, bool takesTone, out char tail)
    {
        tail = '\0';
        var end = start;
        for (var next = ThaiNormalizer.Visible(s, end); next < s.Length && ThaiCharacters.IsMark(s[next]); next = ThaiNormalizer.Visible(s, end))
            end = next + 1;
        var vowel = ThaiNormalizer.Visible(s, end);
        if (vowel == s.Length || s[vowel] is not (ThaiCharacters.SaraAa or ThaiCharacters.SaraAm))
            return end;
        tail = s[vowel];
        end = vowel + 1;
        if (!takesTone)
            return end;
        for (var next = ThaiNormalizer.Visible(s, end); next < s.Length && ThaiCharacters.IsTone(s[next]); next = ThaiNormalizer.Visible(s, end))
            end = next + 1;
        return end;
    }

    private static int Canonical(ReadOnlySpan<char> marks, char tail, Span<char> result)
    {
        var length = 0;
        var tone = '\0';
        var silenced = false;
        var nikhahit = false;
        foreach (var c in marks)
        {
            if (ThaiCharacters.IsTone(c))
                tone = c;
            else if (c == ThaiCharacters.Thanthakhat)
                silenced = true;
            else if (c == ThaiCharacters.Nikhahit)
                nikhahit = true;
            else if (ThaiCharacters.IsMark(c) && !result[..length].Contains(c))
                result[length++] = c;
        }
        if (nikhahit && tail == '\0')
            result[length++] = ThaiCharacters.Nikhahit;
        if (silenced)
            result[length++] = ThaiCharacters.Thanthakhat;
        if (tone != '\0')
            result[length++] = tone;
        if (tail != '\0')
            result[length++] = nikhahit ? ThaiCharacters.SaraAm : tail;
        return length;
    }
}
