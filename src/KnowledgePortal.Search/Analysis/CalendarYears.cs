using System.Globalization;

namespace KnowledgePortal.Search.Analysis;

/// <summary>Years of the Buddhist era (BE) and the common era (CE): BE = CE + 543.</summary>
internal static class CalendarYears
{
    private const int Offset = 543;

    private static readonly HashSet<string> Months =
    [
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
    ];

    /// <summary>
    /// Other spellings of the year that <paramref name="term"/> may mean: 2563 and 2020 give each other; two digits give the BE year of this or the
    /// last century half (63 gives 2563). Empty for other terms.
    /// </summary>
    public static IEnumerable<string> Aliases(string term)
    {
        if (term.Length is not (2 or 4) || !term.All(char.IsAsciiDigit))
            return [];
        var number = int.Parse(term, CultureInfo.InvariantCulture);
        return number switch
        {
            >= 2400 and < 2700 => [Text(number - Offset)],
            >= 1900 and < 2100 => [Text(number + Offset)],
            >= FirstShortYear and < 100 => [Text(2500 + number)],
            _ => [],
        };
    }

    /// <summary>Smaller two-digit numbers are days, counts and chapters far more often than years.</summary>
    private const int FirstShortYear = 40;

    /// <summary>The full BE year when part <paramref name="i"/> is two digits after the name of a month, otherwise null.</summary>
    public static string? ImpliedBy(string text, List<ThaiTokenizer.Part> parts, int i)
    {
        if (i == 0 || parts[i] is not { Kind: TokenKind.Number } part || part.End - part.Start != 2 || text[part.Start] < '4')
            return null;
        var month = parts[i - 1];
        // Months like มี.ค. are two parts; the text between the end of the year's neighbour and three characters before it decides.
        return part.Start - month.End <= 2 && Months.Any(name => EndsWith(text, month.End, name)) ? $"25{text.AsSpan(part.Start, 2)}" : null;
    }

    private static bool EndsWith(string text, int end, string name)
    {
        if (end < text.Length && text[end] == '.')
            end++;
        return end >= name.Length && string.CompareOrdinal(text, end - name.Length, name, 0, name.Length) == 0;
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}
