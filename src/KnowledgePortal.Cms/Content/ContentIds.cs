namespace KnowledgePortal.Cms.Content;

/// <summary>Ids in Orchard's form: a GUID as 26 characters of lower-case Crockford base32.</summary>
public static class ContentIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new id; unique, and not guessable.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        var value = new System.Numerics.BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return string.Create(26, value, static (characters, rest) =>
        {
            for (var i = characters.Length - 1; i >= 0; i--, rest >>= 5) characters[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
