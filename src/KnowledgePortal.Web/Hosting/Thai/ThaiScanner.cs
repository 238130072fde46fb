using System.Buffers;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>
/// Reads numbers and words from text as people write it: Thai or Arabic digits, any kind of space, invisible characters inside words,
/// ำ in one piece or two. Offsets are those of the original text.
/// </summary>
internal ref struct ThaiScanner(ReadOnlySpan<char> text, int position = 0)
{
    /// <summary>Wider gaps do not occur inside a date; the bound keeps a scan of hostile text linear.</summary>
    private const int WidestGap = 16;

    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789๐๑๒๓๔๕๖๗๘๙");

    private readonly ReadOnlySpan<char> _text = text;

    public int Position { get; private set; } = position;

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly char Next => AtEnd ? '\0' : _text[Position];

    /// <summary>0 to 9, or -1.</summary>
    public static int Digit(char c) => c switch { >= '0' and <= '9' => c - '0', >= '๐' and <= '๙' => c - '๐', _ => -1 };

    public static bool IsInvisible(char c) => c is '\u00AD' or >= '\u200B' and <= '\u200F' or >= '\u2060' and <= '\u2064' or '\uFEFF';

    /// <summary>Skips spaces of one line; true when there were any.</summary>
    public bool Gap()
    {
        var start = Position;
        while (!AtEnd && Position - start < WidestGap && (IsInvisible(Next) || IsSpace(Next))) Position++;
        return Position > start;
    }

    /// <summary>A whole number of at most <paramref name="longest"/> digits.</summary>
    public bool Number(int longest, out int value, out int digits)
    {
        (value, digits) = (0, 0);
        var at = Position;
        for (; at < _text.Length && Digit(_text[at]) is >= 0 and var digit; at++)
        {
            if (++digits > longest) return false;
            value = value * 10 + digit;
        }
        if (digits == 0) return false;
        Position = at;
        return true;
    }

    public bool Character(ReadOnlySpan<char> oneOf)
    {
        if (AtEnd || !oneOf.Contains(Next)) return false;
        Position++;
        return true;
    }

    public bool Word(ReadOnlySpan<char> word)
    {
        var at = Position;
        foreach (var letter in word)
        {
            while (at < _text.Length && at - Position < word.Length + WidestGap && IsInvisible(_text[at])) at++;
            if (at == _text.Length) return false;
            if (_text[at] == letter) at++;
            else if (letter == '\u0E33' && _text[at..].StartsWith("\u0E4D\u0E32", StringComparison.Ordinal)) at += 2;
            else return false;
        }
        Position = at;
        return true;
    }

    public bool AnyWord(ReadOnlySpan<string> words, out int index)
    {
        for (index = 0; index < words.Length; index++)
        {
            if (Word(words[index])) return true;
        }
        return false;
    }

    /// <summary>An abbreviation given by its letters, with or without full stops and spaces: ก.ค. ก. ค. กค</summary>
    public bool Abbreviation(ReadOnlySpan<char> letters)
    {
        var start = Position;
        for (var i = 0; i < letters.Length; i++)
        {
            if (!Word(letters[i..(i + 1)]))
            {
                Position = start;
                return false;
            }
            if (i + 1 < letters.Length && letters[i + 1] is >= '\u0E34' and <= '\u0E3A') continue;
            if (letters[i] == 'เ' || !Character(".")) continue;
            if (i + 1 < letters.Length) Gap();
        }
        return true;
    }

    public void Return(int position) => Position = position;

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\u00A0' or '\u202F' or '\u3000' or >= '\u2000' and <= '\u200A';
}
