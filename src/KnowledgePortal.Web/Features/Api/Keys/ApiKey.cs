namespace KnowledgePortal.Web.Features.Api.Keys;

/// <summary>A key as it is stored; the key itself was shown once and is not.</summary>
public sealed record ApiKey
{
    public string KeyId { get; init; } = "";
    public string AccountId { get; init; } = "";

    /// <summary>The account's user name.</summary>
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The last characters of the key, by which its owner knows it.</summary>
    public string Hint { get; init; } = "";
    public string Scopes { get; init; } = "";
    public string ContentTypes { get; init; } = "";
    public string CreatedUtc { get; init; } = "";
    public string? ExpiresUtc { get; init; }
    public string? UsedUtc { get; init; }
    public string? RevokedUtc { get; init; }

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Empty for every type.</summary>
    public IReadOnlyList<string> TypeList => ContentTypes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsOpenAt(string nowUtc) => RevokedUtc is null && (ExpiresUtc is null || string.CompareOrdinal(ExpiresUtc, nowUtc) > 0);
}

/// <summary>A key that is asked for.</summary>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> ContentTypes, DateTime? ExpiresUtc);

/// <summary>What a key may do. None includes another, so that a key holds what it was given and no more.</summary>
public static class ApiScopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Publish = "publish";
    public const string Delete = "delete";

    public static IReadOnlyList<(string Name, string Title, string Hint)> All { get; } =
    [
        (Read, "อ่าน", "รายการที่บัญชีนี้เห็น รวมทั้งร่าง"), (Write, "เขียน", "สร้างและแก้ร่าง"), (Publish, "เผยแพร่", "เผยแพร่และถอน"), (Delete, "ลบ", "ย้ายไปถังขยะ"),
    ];

    public static string Title(string scope) => All.FirstOrDefault(s => s.Name == scope).Title ?? scope;
}
