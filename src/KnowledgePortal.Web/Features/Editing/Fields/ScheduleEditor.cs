using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>PublishLaterPart and ArchiveLaterPart: a day and a time on a clock in Thailand; nothing in the boxes is no time.</summary>
public sealed class ScheduleEditor(string part, TimeProvider clock) : IFieldEditor
{
    public string Kind => part;

    public string View => "Schedule";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        if (InvariantTime.Parse(stored.Text(plan.Name)) is not { } utc) return;
        var (day, time) = (BangkokTime.Day(utc), BangkokTime.Clock(utc));
        typed.Set($"{path}.Day", $"{day.Day}");
        typed.Set($"{path}.Month", $"{day.Month}");
        typed.Set($"{path}.Year", $"{ThaiDate.Year(day)}");
        typed.Set($"{path}.Time", time.ToString("HH.mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var (date, time) = (Date(path, typed), TypedText.Line(typed.Text($"{path}.Time")));
        if (date.Length == 0 && time.Length == 0)
        {
            stored.Remove(plan.Name);
            return;
        }
        if (date.Length == 0 || time.Length == 0)
        {
            findings.Refuse(path, $"{plan.Label}ต้องมีทั้งวันและเวลา", "needs both a date and a time");
            return;
        }
        var (day, hour) = (ThaiDateParser.Parse(date), ThaiTimeParser.Parse(time));
        if ((day.Reason ?? hour.Reason) is { } reason) findings.Refuse(path, reason);
        else Store(plan, path, BangkokTime.At(day.Date!.Value, hour.Time!.Value).UtcDateTime, stored, findings);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => $"{Date(path, typed)} {typed.Text($"{path}.Time")}".Trim();

    // A time that has passed and still stands there is not typed anew: what it asks for is waiting. Seconds that another site has set stay.
    private void Store(FieldPlan plan, string path, DateTime utc, JsonObject stored, FormFindings findings)
    {
        if (InvariantTime.Parse(stored.Text(plan.Name)) is { } before && before >= utc && before < utc.AddMinutes(1)) return;
        if (utc <= clock.GetUtcNow().UtcDateTime) findings.Refuse(path, $"{plan.Label}ผ่านไปแล้ว ให้ตั้งเวลาข้างหน้า หรือเว้นว่าง", "has passed; give a time to come, or none");
        else stored[plan.Name] = InvariantTime.Format(utc);
    }

    private static string Date(string path, TypedForm typed)
    {
        var (day, month, year) = (TypedText.Line(typed.Text($"{path}.Day")), TypedText.Line(typed.Text($"{path}.Month")), TypedText.Line(typed.Text($"{path}.Year")));
        return month.Length == 0 && year.Length == 0 ? day : $"{OrDash(day)}/{OrDash(month)}/{year}";
    }

    private static string OrDash(string text) => text.Length == 0 ? "–" : text;
}
