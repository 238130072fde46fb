using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>The letters, marks and digits of a text in one spelling: two texts with the same key say the same words.</summary>
internal static class TextKey
{
    public static string Of(string text)
    {
        var normalized = ThaiNormalizer.Normalize(text).Text;
        var length = 0;
        Span<char> key = normalized.Length <= 1024 ? stackalloc char[normalized.Length] : new char[normalized.Length];
        foreach (var c in normalized)
        {
            if (char.IsLetterOrDigit(c) || ThaiCharacters.IsMark(c)) key[length++] = c;
        }
        return new string(key[..length]);
    }

    /// <summary>True when the key is nothing but the other one, once or several times.</summary>
    public static bool Repeats(ReadOnlySpan<char> key, ReadOnlySpan<char> other)
    {
        if (other.Length == 0 || key.Length % other.Length != 0) return false;
        for (; key.Length > 0; key = key[other.Length..])
        {
            if (!key.StartsWith(other)) return false;
        }
        return true;
    }
}
