using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>A day of the Buddhist era and a time on a Thai clock, stored as UTC: DateTimeField.</summary>
public sealed class MomentEditor : IFieldEditor
{
    private const string Member = "Value";

    public string Kind => "DateTimeField";

    public string View => "Moment";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        if (InvariantTime.Parse(stored.Text(Member)) is not { } utc) return;
        var (day, time) = (BangkokTime.Day(utc), BangkokTime.Clock(utc));
        typed.Set($"{path}.Day", $"{day.Day}");
        typed.Set($"{path}.Month", $"{day.Month}");
        typed.Set($"{path}.Year", $"{ThaiDate.Year(day)}");
        typed.Set($"{path}.Time", time.ToString("HH.mm", CultureInfo.InvariantCulture));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var (text, clock) = (DateEditor.Typed(path, typed), TypedText.Line(typed.Text($"{path}.Time")));
        if (text.Length == 0 && clock.Length == 0)
        {
            stored.Clear(Member);
            return;
        }
        var (date, time) = (ThaiDateParser.Parse(text), ThaiTimeParser.Parse(clock));
        if (text.Length == 0) findings.Refuse(path, "มีเวลาแต่ยังไม่มีวันที่", "has a time and no date");
        else if (date.Date is not { } day) findings.Refuse(path, date.Reason!);
        else if (clock.Length == 0) findings.Refuse(path, "มีวันที่แต่ยังไม่มีเวลา เช่น 09.00", "has a date and no time, such as 09.00");
        else if (time.Time is not { } at) findings.Refuse(path, time.Reason!);
        // The form shows no seconds, so the same minute is the same moment.
        else if (Minute(BangkokTime.At(day, at).UtcDateTime) != Minute(InvariantTime.Parse(stored.Text(Member)))) stored[Member] = InvariantTime.Format(BangkokTime.At(day, at).UtcDateTime);
        if (date.Warning is { } warning) findings.Warn(path, warning);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => $"{DateEditor.Typed(path, typed)} {typed.Text($"{path}.Time")}".Trim();

    private static long? Minute(DateTime? utc) => utc?.Ticks / TimeSpan.TicksPerMinute;
}
