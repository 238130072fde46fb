using System.Data;
using System.Globalization;
using Dapper;

namespace KnowledgePortal.Cms.Data;

internal static class InvariantDates
{
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(TimeOnly time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>
/// Dates are stored as invariant ISO 8601 text on every database: they sort as they should, and no culture
/// (th-TH writes 2563 for 2020) ever takes part.
/// </summary>
internal sealed class DateOnlyText : SqlMapper.TypeHandler<DateOnly>
{
    public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = InvariantDates.Text(value);
}

internal sealed class TimeOnlyText : SqlMapper.TypeHandler<TimeOnly>
{
    public override TimeOnly Parse(object value) => TimeOnly.ParseExact((string)value, "HH:mm:ss", CultureInfo.InvariantCulture);

    public override void SetValue(IDbDataParameter parameter, TimeOnly value) => parameter.Value = InvariantDates.Text(value);
}
