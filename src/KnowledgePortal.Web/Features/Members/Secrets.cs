using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Random keys for cookies and links, and the one form in which they are stored.</summary>
public static class Secrets
{
    private const int Bytes = 32;

    /// <summary>256 random bits, safe in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>No salt and no rounds: the key is too long to be guessed.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
