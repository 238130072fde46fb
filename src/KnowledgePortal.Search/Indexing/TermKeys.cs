using System.Text;

namespace KnowledgePortal.Search.Indexing;

/// <summary>The term dictionary holds two streams: words and bigrams of Thai character clusters. The first byte of a key tells them apart.</summary>
internal static class TermKeys
{
    public const byte Words = 1;
    public const byte Bigrams = 2;

    public static byte[] Of(byte stream, ReadOnlySpan<char> term)
    {
        var key = new byte[1 + Encoding.UTF8.GetByteCount(term)];
        key[0] = stream;
        Encoding.UTF8.GetBytes(term, key.AsSpan(1));
        return key;
    }
}
