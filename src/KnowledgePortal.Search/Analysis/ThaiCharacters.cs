namespace KnowledgePortal.Search.Analysis;

/// <summary>Classes of UTF-16 code units in the Thai block (U+0E00–U+0E7F).</summary>
public static class ThaiCharacters
{
    internal const char SaraAa = '\u0E32';
    internal const char SaraAm = '\u0E33';
    internal const char Nikhahit = '\u0E4D';
    internal const char Thanthakhat = '\u0E4C';
    internal const char SaraE = '\u0E40';
    internal const char SaraAe = '\u0E41';

    /// <summary>ก to ฮ.</summary>
    public static bool IsConsonant(char c) => c is >= '\u0E01' and <= '\u0E2E';

    /// <summary>A letter, vowel or mark that belongs to words: everything in the block but digits, currency and punctuation (ฯ, ๆ, ๏, ๚, ๛).</summary>
    public static bool IsThai(char c) => c is >= '\u0E01' and <= '\u0E3A' and not '\u0E2F' or >= '\u0E40' and <= '\u0E45' or >= '\u0E47' and <= '\u0E4E';

    /// <summary>A vowel written before its consonant: เ แ โ ใ ไ.</summary>
    public static bool IsLeadingVowel(char c) => c is >= '\u0E40' and <= '\u0E44';

    /// <summary>A mark above or below its consonant.</summary>
    public static bool IsMark(char c) => c is '\u0E31' or >= '\u0E34' and <= '\u0E3A' or >= '\u0E47' and <= '\u0E4E';

    /// <summary>One of the four tone marks.</summary>
    public static bool IsTone(char c) => c is >= '\u0E48' and <= '\u0E4B';

    /// <summary>A character that cannot begin a cluster: marks and the vowels written after a consonant (ะ า ำ ๅ).</summary>
    public static bool IsDependent(char c) => IsMark(c) || c is '\u0E30' or SaraAa or SaraAm or '\u0E45';
}
