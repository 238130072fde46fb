using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>An address as a user name: lower case, composed, nothing in it that could end a header or hide a letter.</summary>
public static partial class EmailAddress
{
    private const int Longest = 254;

    /// <summary>Null when the text is no address.</summary>
    public static string? Normalise(string? text)
    {
        if (text is null || text.Length > Longest * 2) return null;
        if (!text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar)) return null;
        var address = text.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        return address.Length <= Longest && Form().IsMatch(address) ? address : null;
    }

    // A local part of letters of any script, digits and the signs that occur, and a domain of at least two labels.
    [GeneratedRegex(
        @"^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}][\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
