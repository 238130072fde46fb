using System.Globalization;

namespace KnowledgePortal.Cms.Data;

/// <summary>Points in time as stored text: UTC, ISO 8601, whole seconds or fractions as given, with Z.</summary>
public static class InvariantTime
{
    /// <summary>2020-07-09T06:15:00Z</summary>
    public static string Format(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Format"/> writes, and any ISO 8601 time with a zone; a time without a zone is UTC.</summary>
    public static DateTime? Parse(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var utc) ? utc : null;
}
