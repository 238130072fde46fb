using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What an address on this site may look like.</summary>
public static class AddressRules
{
    /// <summary>First segments that belong to the application itself.</summary>
    private static readonly HashSet<string> Taken =
    [
        "accept-invitation", "account", "admin", "api", "articles", "assets", "calendar", "cop", "developers", "errors", "forgot-password", "health", "login", "logout", "manage",
        "media", "practices", "problems", "provinces", "reset-password", "search", "subscribe", "subscription", "topics", "unsubscribe",
    ];

    /// <summary>Why the address cannot be used; null when it can.</summary>
    public static Phrase? WrongCharacter(string address)
    {
        if (address.Length > AddressBook.Longest) return new($"ที่อยู่ยาวเกิน {AddressBook.Longest} ตัวอักษร", $"has more than {AddressBook.Longest} characters");
        if (AddressBook.WrongCharacter(address) is { } wrong)
            return char.IsWhiteSpace(wrong) ? new("ที่อยู่มีช่องว่างไม่ได้ ให้ใช้ขีด - แทน", "must not have a space; use a hyphen -")
                : new($"ที่อยู่ใช้ “{wrong}” ไม่ได้ ให้ใช้ตัวอักษร ตัวเลข ขีด - และ /", $"must not have “{wrong}”; use letters, digits, hyphens - and /");
        return address.Contains("//", StringComparison.Ordinal) ? new("ที่อยู่มี / ติดกันไม่ได้", "must not have two / side by side") : null;
    }

    /// <summary>The pattern of the type's addresses; null when it has none.</summary>
    public static string? Pattern(ContentTypeDefinition type) => type.Part("AutoroutePart")?.PartSettings["Pattern"]?.ToString();

    /// <summary>What stands before the slug of every item of the type: <c>practices/</c>; null when the type has no pattern.</summary>
    public static string? Prefix(ContentTypeDefinition type)
    {
        var pattern = Pattern(type);
        var slug = pattern?.IndexOf("{{", StringComparison.Ordinal) ?? -1;
        return slug < 0 ? null : pattern![..slug].TrimStart('/');
    }

    /// <summary>Why an address does not fit its type; null when it does.</summary>
    public static Phrase? WrongPlace(string address, string prefix)
    {
        if (!address.StartsWith(prefix, StringComparison.Ordinal) || address.Length == prefix.Length || address.AsSpan(prefix.Length).Contains('/'))
            return prefix.Length == 0 ? new("ที่อยู่ต้องเป็นคำเดียว ไม่มี /", "has to be one word without a /")
                : new($"ที่อยู่ต้องขึ้นต้นด้วย {prefix} แล้วตามด้วยคำเดียว", $"has to begin with “{prefix}”, and one word follows");
        return prefix.Length == 0 && Taken.Contains(address) ? new($"ที่อยู่ {address} เว็บไซต์ใช้อยู่แล้ว ให้ใช้คำอื่น", $"“{address}” belongs to the site itself; use another word") : null;
    }
}
