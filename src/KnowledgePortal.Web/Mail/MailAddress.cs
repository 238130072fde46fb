using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Mail;

/// <summary>
/// An address that mail can be sent to. Only <see cref="Parse"/> makes one, so none ever holds a space, a control character, a bracket or a quoted part
/// that could end a command or a header.
/// </summary>
public sealed record MailAddress
{
    private const int LocalLimit = 64; // octets, RFC 5321 4.5.3.1.1
    private const int AddressLimit = 254; // octets: the path's 256 without its brackets
    private const int TypedLimit = 1000;
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private MailAddress(string local, string domain)
    {
        Local = local;
        Domain = domain;
    }

    /// <summary>What stands before the @, as typed, composed (NFC).</summary>
    public string Local { get; }

    /// <summary>The domain as it travels: lower-case ASCII, Thai names as <c>xn--</c> labels.</summary>
    public string Domain { get; }

    /// <summary>As a person reads it, with a Thai domain in Thai.</summary>
    public string Display => $"{Local}@{Idn.GetUnicode(Domain)}";

    /// <summary>Equal for two spellings of what every known mail system takes for one mailbox.</summary>
    public string Key => $"{Local.ToLowerInvariant()}@{Domain}";

    /// <summary>True when only a server with SMTPUTF8 can take it.</summary>
    public bool NeedsUtf8 => !Ascii.IsValid(Local);

    public override string ToString() => $"{Local}@{Domain}";

    /// <summary>Reads what a person typed or pasted; null when no mail could be sent to it.</summary>
    public static MailAddress? Parse(string? typed)
    {
        if (typed is null || typed.Length > TypedLimit) return null;
        var text = TrimPasted(typed);
        var at = text.LastIndexOf('@');
        if (at < 1 || !IsLocalPart(text[..at]) || ToAscii(text[(at + 1)..]) is not { } domain) return null;
        var local = text[..at].Normalize(NormalizationForm.FormC);
        var octets = Encoding.UTF8.GetByteCount(local);
        return octets <= LocalLimit && octets + 1 + domain.Length <= AddressLimit ? new MailAddress(local, domain) : null;
    }

    // Chat and office programs paste invisible characters around an address.
    private static string TrimPasted(string typed)
    {
        var (start, end) = (0, typed.Length);
        while (start < end && IsBlank(typed[start])) start++;
        while (end > start && IsBlank(typed[end - 1])) end--;
        return typed[start..end];

        static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u2060' or '\uFEFF';
    }

    private static bool IsLocalPart(string local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal) && local.EnumerateRunes().All(IsLocalRune);

    private static bool IsLocalRune(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || ".!#$%&'*+-/=?^_`{|}~".Contains((char)rune.Value, StringComparison.Ordinal)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string? ToAscii(string domain)
    {
        if (domain.Length == 0 || domain.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return null;
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return IsDomainName(ascii) && Idn.GetAscii(Idn.GetUnicode(ascii)) == ascii ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null; // how IdnMapping says that this is no domain
        }
    }

    // Two labels at least; a last label of digits alone would be an address of a machine. No pattern: one with a time limit fails on a machine that stands still.
    private static bool IsDomainName(string ascii) =>
        ascii.Length <= LongestName && ascii.Split('.') is { Length: > 1 } labels && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
