using System.Text;

namespace KnowledgePortal.Web.Features.Documents.Quality;

/// <summary>Thai bytes that somebody read as Western European text: TIS-620 (¡ÒÃ for การ) and UTF-8 (à¸à¸²à¸£).</summary>
public static class Mojibake
{
    private const double EnoughOfLetters = 0.3;
    private const int Offset = 0x0E00 - 0xA0;

    /// <summary>Bytes 80 to 9F as Windows-1252 shows them.</summary>
    private const string Windows1252 = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text as it was meant. A text that is not surely mojibake comes back as it is.</summary>
    public static string Undo(string text)
    {
        var letters = text.Count(c => char.IsLetter(c) || c is >= '\u00A1' and <= '\u00FB');
        var western = text.Count(c => c is >= '\u00A1' and <= '\u00FB');
        if (letters == 0 || western < EnoughOfLetters * letters || text.Any(c => c is >= '\u0E01' and <= '\u0E5B')) return text;
        return FromUtf8(text) ?? FromThaiBytes(text) ?? text;
    }

    private static string? FromUtf8(string text)
    {
        if (!text.Contains("à¸", StringComparison.Ordinal)) return null;
        var bytes = new List<byte>(text.Length);
        foreach (var c in text)
        {
            if (c <= '\u00FF') bytes.Add((byte)c);
            else if (Windows1252.IndexOf(c, StringComparison.Ordinal) is var at && at >= 0) bytes.Add((byte)(0x80 + at));
            else return null;
        }
        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? FromThaiBytes(string text)
    {
        var thai = string.Create(text.Length, text, static (result, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                result[i] = source[i] is >= '\u00A1' and <= '\u00DA' or >= '\u00DF' and <= '\u00FB' ? (char)(source[i] + Offset) : source[i];
        });
        // Western text that happens to have many accents makes no Thai.
        return TextQuality.Of(thai) is { Thai: > 0 } quality && quality.ImpossibleShare < TextQuality.MostImpossible ? thai : null;
    }
}
