using System.Buffers;
using System.Text;

namespace KnowledgePortal.Search.Analysis;

/// <summary>Cuts normalised text into simple tokens: Thai words, words of other scripts, numbers, abbreviations. The longest term is 64 characters.</summary>
internal sealed class ThaiTokenizer(ThaiDictionary dictionary)
{
    private const int MaximumTerm = 64;

    /// <summary>A run of consonants this short between other characters is an abbreviation or a word, never several.</summary>
    private const int ShortRun = 3;

    /// <summary>A simple token: normalised range [Start, End), and its term when it differs.</summary>
    internal readonly record struct Part(int Start, int End, string? Term, TokenKind Kind);

    /// <summary>The simple tokens in order.</summary>
    public List<Part> Tokenize(string text)
    {
        var parts = new List<Part>(text.Length / 4 + 1);
        var boundaries = ArrayPool<bool>.Shared.Rent(text.Length + 1);
        if (text.AsSpan().ContainsAnyInRange('\u0E01', '\u0E4E'))
        {
            IcuWordBreaker.Mark(text, boundaries);
            dictionary.CorrectBoundaries(text, boundaries);
        }
        var i = 0;
        while (i < text.Length)
            i = Next(text, i, boundaries, parts);
        ArrayPool<bool>.Shared.Return(boundaries);
        return parts;
    }

    private static int Next(string text, int i, bool[] boundaries, List<Part> parts)
    {
        if (ThaiCharacters.IsThai(text[i]))
            return ThaiRun(text, i, boundaries, parts);
        if (char.IsAsciiDigit(text[i]))
            return Number(text, i, parts);
        return IsWordCharacter(text, i, out var length) ? Word(text, i, i + length, parts) : i + length;
    }

    private static int ThaiRun(string text, int start, bool[] boundaries, List<Part> parts)
    {
        var afterInitials = Initials(text, start, parts);
        if (afterInitials > start)
            return afterInitials;
        var end = start;
        var consonantsOnly = true;
        while (end < text.Length && ThaiCharacters.IsThai(text[end]))
            consonantsOnly &= ThaiCharacters.IsConsonant(text[end++]);
        var isOneWord = consonantsOnly && end - start <= ShortRun;
        var wordStart = start;
        for (var i = start + 1; i <= end; i++)
        {
            if (i < end && (isOneWord || !boundaries[i] || ThaiCharacters.IsDependent(text[i])))
                continue;
            parts.Add(new Part(wordStart, i, Capped(text, wordStart, i), TokenKind.Thai));
            wordStart = i;
        }
        return end;
    }

    /// <summary>Reads single consonants each followed by a dot (ก.พ.ร., ม.ค.), the last dot optional; one alone (จ., น.) is left to be a word.</summary>
    private static int Initials(string text, int start, List<Part> parts)
    {
        var i = start;
        var term = new StringBuilder();
        while (i + 1 < text.Length && ThaiCharacters.IsConsonant(text[i]) && text[i + 1] == '.')
        {
            term.Append(text, i, 2);
            i += 2;
        }
        if (i > start && i < text.Length && ThaiCharacters.IsConsonant(text[i]) && (i + 1 == text.Length || !ThaiCharacters.IsThai(text[i + 1]) && text[i + 1] != '.'))
            term.Append(text[i++]).Append('.');
        if (term.Length <= 2)
            return start;
        parts.Add(new Part(start, i, term.Length > MaximumTerm ? term.ToString(0, MaximumTerm) : term.ToString(), TokenKind.Abbreviation));
        return i;
    }

    private static int Number(string text, int start, List<Part> parts)
    {
        var end = start;
        var grouped = false;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
            if (end - start <= 3 && IsGroup(text, end))
                (end, grouped) = (Groups(text, end), true);
        }
        end = Decimals(text, start, end);
        parts.Add(new Part(start, end, grouped ? Cut(text[start..end].Replace(",", "", StringComparison.Ordinal)) : Capped(text, start, end), TokenKind.Number));
        return end;
    }

    private static int Groups(string text, int i)
    {
        while (IsGroup(text, i))
            i += 4;
        return i;
    }

    private static bool IsGroup(string text, int i) => i + 3 < text.Length && text[i] == ',' && Digits(text, i + 1) == 3;

    /// <summary>4.0 and 13.15 are one number; 9.7.2563 is a date, of which every part is a number.</summary>
    private static int Decimals(string text, int start, int end)
    {
        if (end + 1 >= text.Length || text[end] != '.' || start >= 2 && text[start - 1] == '.' && char.IsAsciiDigit(text[start - 2]))
            return end;
        var digits = Digits(text, end + 1);
        var after = end + 1 + digits;
        return digits == 0 || after + 1 < text.Length && text[after] == '.' && char.IsAsciiDigit(text[after + 1]) ? end : after;
    }

    private static int Digits(string text, int i)
    {
        var end = i;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - i;
    }

    private static int Word(string text, int start, int end, List<Part> parts)
    {
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || !ThaiCharacters.IsThai(text[end])))
        {
            var isWord = IsWordCharacter(text, end, out var length);
            if (!isWord && !char.IsAsciiDigit(text[end]))
                break;
            end += length;
        }
        parts.Add(new Part(start, end, Capped(text, start, end), TokenKind.Word));
        return end;
    }

    private static bool IsWordCharacter(string text, int i, out int length)
    {
        // Normalised text has no lone surrogates, so this always succeeds.
        Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out length);
        return Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;
    }

    private static string? Capped(string text, int start, int end) => end - start > MaximumTerm ? Cut(text[start..end]) : null;

    private static string Cut(string term) =>
        term.Length <= MaximumTerm ? term : term[..(char.IsHighSurrogate(term[MaximumTerm - 1]) ? MaximumTerm - 1 : MaximumTerm)];
}
