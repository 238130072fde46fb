using System.Text;

namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Brings text into one spelling for index and query: Thai marks in canonical order, one form of ำ and แ, Arabic digits, plain spaces and
/// quotes, lower case, NFC. Compatibility forms (NFKC) are never used because they take ำ apart and so break dictionary segmentation.
/// Normalising twice gives the same as normalising once.
/// </summary>
public static class ThaiNormalizer
{
    /// <summary>Normalises any UTF-16 string; lone surrogates become U+FFFD.</summary>
    public static NormalizedText Normalize(string original)
    {
        var output = new Output(original.Length);
        var i = 0;
        while (i < original.Length)
            i = Step(original, i, output);
        return output.ToText();
    }

    private static int Step(string s, int i, Output output)
    {
        var c = s[i];
        if (IsDeleted(c))
            return i + 1;
        if (ThaiCharacters.IsMark(c) || c is ThaiCharacters.SaraAa or ThaiCharacters.SaraAm)
            return ThaiMarkSequence.Append(s, i, output);
        if (c == ThaiCharacters.SaraE)
            return AppendSaraE(s, i, output);
        if (c == '\u0E2F')
            return AppendPaiyannoi(s, i, output);
        return char.IsSurrogate(c) ? AppendSurrogate(s, i, output) : AppendComposed(s, i, output);
    }

    /// <summary>Invisible characters that editors and copied web pages leave inside words.</summary>
    internal static bool IsDeleted(char c) => c is '\u00AD' or >= '\u200B' and <= '\u200D' or '\u2060' or '\uFEFF';

    private static int AppendComposed(string s, int i, Output output)
    {
        var end = i + 1;
        for (var next = Visible(s, end); next < s.Length && s[next] is >= '\u0300' and <= '\u036F'; next = Visible(s, end))
            end = next + 1;
        if (end == i + 1)
        {
            output.Append(Fold(s[i]), i, end);
            return end;
        }
        var marks = string.Concat(s.Substring(i + 1, end - i - 1).Where(c => !IsDeleted(c)));
        foreach (var c in $"{Fold(s[i])}{marks}".Normalize(NormalizationForm.FormC))
            output.Append(Fold(c), i, end);
        return end;
    }

    /// <summary>Offset of the first character from <paramref name="i"/> on that is not deleted.</summary>
    internal static int Visible(string s, int i)
    {
        while (i < s.Length && IsDeleted(s[i]))
            i++;
        return i;
    }

    /// <summary>เเ is แ typed with two keys.</summary>
    private static int AppendSaraE(string s, int i, Output output)
    {
        var next = Visible(s, i + 1);
        if (next < s.Length && s[next] == ThaiCharacters.SaraE)
        {
            output.Append(ThaiCharacters.SaraAe, i, next + 1);
            return next + 1;
        }
        output.Append(ThaiCharacters.SaraE, i, i + 1);
        return i + 1;
    }

    /// <summary>ฯ ends a shortened word and ฯลฯ means "and so on": neither is part of a word.</summary>
    private static int AppendPaiyannoi(string s, int i, Output output)
    {
        var length = string.CompareOrdinal(s, i, "ฯลฯ", 0, 3) == 0 ? 3 : 1;
        output.Append(' ', i, i + length);
        return i + length;
    }

    private static int AppendSurrogate(string s, int i, Output output)
    {
        if (i + 1 < s.Length && char.IsSurrogatePair(s[i], s[i + 1]))
        {
            output.Append(s[i], i, i + 2);
            output.Append(s[i + 1], i, i + 2);
            return i + 2;
        }
        output.Append('\uFFFD', i, i + 1);
        return i + 1;
    }

    private static char Fold(char c) => c switch
    {
        >= '\u0E50' and <= '\u0E59' => (char)(c - '\u0E50' + '0'),
        >= '\u0E00' and <= '\u0E7F' => c,
        // A non-character, which .NET refuses to normalise.
        '\uFFFE' => '\uFFFD',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => '"',
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
        _ when char.IsWhiteSpace(c) || char.IsControl(c) => ' ',
        _ => char.ToLowerInvariant(c),
    };

    /// <summary>Collects normalised characters together with the original range each came from.</summary>
    internal sealed class Output(int capacity)
    {
        private char[] _text = new char[capacity];
        private int[] _starts = new int[capacity];
        private int[] _ends = new int[capacity];
        private int _length;

        /// <summary>What was appended last; NUL at the beginning.</summary>
        public char Last => _length > 0 ? _text[_length - 1] : '\0';

        public void Append(char c, int start, int end)
        {
            if (_length == _text.Length)
                Grow();
            _text[_length] = c;
            _starts[_length] = start;
            _ends[_length++] = end;
        }

        public NormalizedText ToText() => new(new string(_text, 0, _length), _starts, _ends);

        private void Grow()
        {
            var size = Math.Max(16, _length * 2);
            Array.Resize(ref _text, size);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _ends, size);
        }
    }
}
