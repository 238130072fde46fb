using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>NumericField.</summary>
public sealed class NumberEditor : IFieldEditor
{
    private const decimal Largest = 1_000_000_000_000;
    private const int FirstBuddhistYear = 2400;

    public string Kind => "NumericField";

    public string View => "Number";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) =>
        typed.Set(path, stored.Number("Value") is { } number ? number.ToString("0.############", CultureInfo.InvariantCulture) : stored.Text("Value"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var text = TypedText.Digits(TypedText.Line(typed.Text(path)));
        if (text.Length == 0)
        {
            stored.Clear("Value");
            return;
        }
        if (!decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            findings.Refuse(path, $"{plan.Label}ต้องเป็นตัวเลข", "must be a number");
        else if (Wrong(plan, number) is { } wrong) findings.Refuse(path, wrong);
        else if (stored.Number("Value") != number) stored["Value"] = number == decimal.Truncate(number) ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    public void Begin(FieldPlan plan, string path, TypedForm typed)
    {
        if (plan.Settings["DefaultValue"]?.ToString() is { Length: > 0 } value) typed.Set(path, value);
    }

    private static Phrase? Wrong(FieldPlan plan, decimal number)
    {
        var scale = (int)(plan.Settings.Number("Scale") ?? 0);
        if (Math.Abs(number) > Largest) return new($"{plan.Label}มากเกินไป", $"must lie between -{Largest} and {Largest}");
        if (decimal.Round(number, scale) != number) return scale == 0 ? new($"{plan.Label}ต้องเป็นจำนวนเต็ม", "must be a whole number") : new($"{plan.Label}มีทศนิยมได้ {scale} ตำแหน่ง", $"must not have more than {scale} decimals");
        if (plan.Settings.Number("Minimum") is { } least && number < least)
            return least >= FirstBuddhistYear && number is >= 1800 and < 2200
                ? new($"ช่องนี้ใช้ปี พ.ศ. {number:0} เป็นปี ค.ศ. ให้พิมพ์ {number + FiscalYear.BuddhistEraOffset:0}", $"is a year of the Buddhist era: {number + FiscalYear.BuddhistEraOffset:0} for {number:0}")
                : new($"{plan.Label}ต้องไม่น้อยกว่า {least:0.##}", $"must be at least {least:0.##}");
        return plan.Settings.Number("Maximum") is { } most && number > most ? new($"{plan.Label}ต้องไม่เกิน {most:0.##}", $"must be at most {most:0.##}") : null;
    }
}

/// <summary>BooleanField: a box to tick.</summary>
public sealed class BooleanEditor : IFieldEditor
{
    public string Kind => "BooleanField";

    public string View => "Boolean";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Flag("Value") ? "true" : "");

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        if (stored.Flag("Value") != (typed.Text(path) == "true")) stored["Value"] = typed.Text(path) == "true";
    }

    public void Begin(FieldPlan plan, string path, TypedForm typed) => typed.Set(path, plan.Settings.Flag("DefaultValue") ? "true" : "");

    public string Say(FieldPlan plan, string path, TypedForm typed) => typed.Text(path) == "true" ? "ใช่" : "ไม่ใช่";
}

/// <summary>DateField: day, month and Buddhist year in boxes, or the whole date in any of its usual forms in one more box or in the first.</summary>
public sealed class DateEditor : IFieldEditor
{
    public string Kind => "DateField";

    public string View => "Date";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        if (Stored(stored) is not { } date) return;
        typed.Set($"{path}.Day", $"{date.Day}");
        typed.Set($"{path}.Month", $"{date.Month}");
        typed.Set($"{path}.Year", $"{ThaiDate.Year(date)}");
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        if (Typed(path, typed) is not { Length: > 0 } text)
        {
            stored.Clear("Value");
            return;
        }
        var reading = ThaiDateParser.Parse(text);
        if (reading.Date is not { } date)
        {
            findings.Refuse(path, reading.Reason!);
            return;
        }
        // A date that is the same day is left in the form in which it is stored.
        if (Stored(stored) != date) stored["Value"] = date.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
        if (reading.Warning is { } warning) findings.Warn(path, warning);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Typed(path, typed);

    /// <summary>The day that the boxes stand for; null when they stand for none.</summary>
    public static DateOnly? Read(string path, TypedForm typed) => Typed(path, typed) is { Length: > 0 } text ? ThaiDateParser.Parse(text).Date : null;

    // What was pasted as a whole counts before the boxes, which may still hold the old date.
    internal static string Typed(string path, TypedForm typed)
    {
        var whole = TypedText.Line(typed.Text($"{path}.Text"));
        var (day, month, year) = (TypedText.Line(typed.Text($"{path}.Day")), TypedText.Line(typed.Text($"{path}.Month")), TypedText.Line(typed.Text($"{path}.Year")));
        if (whole.Length > 0) return whole;
        if (month.Length == 0 && year.Length == 0) return day;
        return day.Length > 0 || month.Length > 0 || year.Length > 0 ? $"{OrDash(day)}/{OrDash(month)}/{year}" : "";
    }

    private static string OrDash(string text) => text.Length == 0 ? "–" : text;

    private static DateOnly? Stored(JsonObject stored) =>
        stored.Text("Value") is { Length: >= 10 } text && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : null;
}

/// <summary>TimeField: 13.15.</summary>
public sealed class TimeEditor : IFieldEditor
{
    public string Kind => "TimeField";

    public string View => "Time";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) =>
        typed.Set(path, TimeOnly.TryParse(stored.Text("Value"), CultureInfo.InvariantCulture, out var time) ? time.ToString("HH.mm", CultureInfo.InvariantCulture) : "");

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var text = TypedText.Line(typed.Text(path));
        if (text.Length == 0)
        {
            stored.Clear("Value");
            return;
        }
        var reading = ThaiTimeParser.Parse(text);
        // The form shows no seconds, so the same minute is the same time.
        if (reading.Time is { } time && TimeOnly.TryParse(stored.Text("Value"), CultureInfo.InvariantCulture, out var before) && (before.Hour, before.Minute) == (time.Hour, time.Minute)) return;
        if (reading.Time is { } read) stored["Value"] = read.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        else findings.Refuse(path, reading.Reason!);
    }
}

/// <summary>LinkField: an address and what stands for it. Hosts may be Thai.</summary>
public sealed class LinkEditor : IFieldEditor
{
    internal const int LongestAddress = 2_000;

    public string Kind => "LinkField";

    public string View => "Link";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        typed.Set($"{path}.Url", stored.Text("Url"));
        typed.Set($"{path}.Text", stored.Text("Text"));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var url = TypedText.Line(typed.Text($"{path}.Url"));
        var text = TypedText.Line(typed.Text($"{path}.Text"));
        if (url.Length > LongestAddress || text.Length > TypedText.LongestTitle) findings.Refuse(path, $"ที่อยู่ลิงก์ให้ไม่เกิน {LongestAddress} ตัวอักษร และข้อความไม่เกิน {TypedText.LongestTitle}",
            $"Url has at most {LongestAddress} characters and Text at most {TypedText.LongestTitle}");
        else if (url.Length > 0 && text.Length == 0 && plan.Settings.Text("LinkTextMode") == "Required") findings.Refuse(path, "กรอกข้อความของลิงก์", "Text is required");
        else if (url.Length == 0 && text.Length > 0) findings.Refuse(path, "มีข้อความของลิงก์ แต่ยังไม่ได้กรอกที่อยู่", "has a Text and no Url");
        else if (url.Length > 0 && !IsAddress(url)) findings.Refuse(path, "ที่อยู่ลิงก์ต้องขึ้นต้นด้วย https:// หรือ http:// เช่น https://www.example.go.th", "Url has to begin with https:// or http://, such as https://www.example.go.th");
        else
        {
            stored.SetText("Url", url, TypedText.Line);
            stored.SetText("Text", text, TypedText.Line);
        }
    }

    public void Begin(FieldPlan plan, string path, TypedForm typed)
    {
        typed.Set($"{path}.Url", plan.Settings.Text("DefaultUrl"));
        typed.Set($"{path}.Text", plan.Settings.Text("DefaultText"));
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => $"{typed.Text($"{path}.Text")} {typed.Text($"{path}.Url")}".Trim();

    /// <summary>An address elsewhere, of a host that may be Thai, or one of this site: <c>/about</c>, <c>~/about</c>.</summary>
    internal static bool IsAddress(string url) => IsOwn(url) ||
        !url.Contains(' ') && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && url.Contains("://", StringComparison.Ordinal)
        && new Uri(url).Host.Length > 0 && new Uri(url).UserInfo.Length == 0;

    // A browser reads a backslash as a slash, and two of them lead elsewhere.
    private static bool IsOwn(string url) =>
        (url.StartsWith('/') || url.StartsWith("~/", StringComparison.Ordinal)) && !url.TrimStart('~').StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\') && !url.Contains(' ');
}
