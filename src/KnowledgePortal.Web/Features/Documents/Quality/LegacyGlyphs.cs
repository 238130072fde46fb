namespace KnowledgePortal.Web.Features.Documents.Quality;

/// <summary>
/// Fonts from before shaping engines put raised, lowered and shifted forms of Thai marks on private-use code points, and PDF files made with them give those
/// back. The Windows set is U+F700 to U+F71A; Apple's set is the letter itself followed by a hint from U+F873 to U+F875.
/// </summary>
public static class LegacyGlyphs
{
    private const char First = '\uF700';

    private const string Windows =
        "\u0E10\u0E34\u0E35\u0E36\u0E37\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E0D\u0E31\u0E4D\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E38\u0E39\u0E3A";

    /// <summary>The character that a glyph stands for; null for a hint, which stands for none; other characters are themselves.</summary>
    public static char? Character(char c) => c switch
    {
        >= First and < (char)(0xF700 + 27) => Windows[c - First],
        >= '\uF873' and <= '\uF875' => null,
        _ => c,
    };
}
