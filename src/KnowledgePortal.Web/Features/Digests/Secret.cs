using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Keys that stand in links: random, too long to be guessed.</summary>
public static class Secret
{
    private const int Bytes = 24;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The form in which a key is stored that only its mail may hold.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
