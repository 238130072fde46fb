using System.Globalization;
using System.Text;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>The last part of an address, made from a Thai title: เคล็ดที่ไม่ลับ 4.0! becomes เคล็ดที่ไม่ลับ-4-0.</summary>
public static class ThaiSlug
{
    public const int LongestInClusters = 80;
    private const int MostPasses = 4;

    /// <summary>Null when the title has no letter or digit that an address can keep.</summary>
    public static string? Of(string title)
    {
        var slug = Pass(title);
        // What an address cannot hold is gone now, and marks that stood apart stand together, in an order that the normaliser may change.
        for (var pass = 0; pass < MostPasses && slug is not null && Pass(slug) is var again && again != slug; pass++) slug = again;
        return slug;
    }

    private static string? Pass(string title)
    {
        var slug = new StringBuilder();
        // Taken apart, an accented Latin letter leaves its plain letter; no Thai letter changes by this.
        foreach (var c in ThaiNormalizer.Normalize(title).Text.Replace('\uFFFD', ' ').Normalize(NormalizationForm.FormD))
        {
            var isStart = slug.Length == 0 || slug[^1] == '-';
            if (char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || ThaiCharacters.IsThai(c) && !(isStart && ThaiCharacters.IsDependent(c)))
                slug.Append(c);
            else if (!isStart && !IsMark(c))
                slug.Append('-');
        }
        var whole = Shortened(slug.ToString()).TrimEnd('-');
        return whole.Length == 0 ? null : whole;
    }

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static string Shortened(string slug)
    {
        var length = 0;
        for (var clusters = 0; clusters < LongestInClusters && length < slug.Length; clusters++)
            length += StringInfo.GetNextTextElementLength(slug, length);
        return slug[..length];
    }
}
