using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>GeoPointField: degrees of latitude and longitude.</summary>
public sealed class PointEditor : IFieldEditor
{
    private const int Decimals = 8;

    public string Kind => "GeoPointField";

    public string View => "Point";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        foreach (var name in new[] { "Latitude", "Longitude" })
            typed.Set($"{path}.{name}", stored.Number(name) is { } degrees ? degrees.ToString("0.########", CultureInfo.InvariantCulture) : stored.Text(name));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var (latitude, longitude) = (TypedText.Digits(TypedText.Line(typed.Text($"{path}.Latitude"))), TypedText.Digits(TypedText.Line(typed.Text($"{path}.Longitude"))));
        // Maps give both in one text: 13.7563, 100.5018
        if (longitude.Length == 0 && latitude.Split(',') is [var first, var second]) (latitude, longitude) = (first.Trim(), second.Trim());
        if (latitude.Length == 0 && longitude.Length == 0)
        {
            stored.Clear("Latitude");
            stored.Clear("Longitude");
        }
        else if (Degrees(latitude, 90) is not { } north) findings.Refuse(path, "ละติจูดเป็นตัวเลขตั้งแต่ -90 ถึง 90 เช่น 13.7563", "Latitude is a number from -90 to 90, such as 13.7563");
        else if (Degrees(longitude, 180) is not { } east) findings.Refuse(path, "ลองจิจูดเป็นตัวเลขตั้งแต่ -180 ถึง 180 เช่น 100.5018", "Longitude is a number from -180 to 180, such as 100.5018");
        else
        {
            if (stored.Number("Latitude") != north) stored["Latitude"] = JsonValue.Create(north);
            if (stored.Number("Longitude") != east) stored["Longitude"] = JsonValue.Create(east);
        }
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => $"{typed.Text($"{path}.Latitude")} {typed.Text($"{path}.Longitude")}".Trim();

    private static decimal? Degrees(string text, int most) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most
            ? decimal.Round(degrees, Decimals) : null;
}

/// <summary>YoutubeField: the address of a film, in any of its forms.</summary>
public sealed partial class YoutubeEditor : IFieldEditor
{
    public string Kind => "YoutubeField";

    public string View => "Line";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("RawAddress"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var address = TypedText.Line(typed.Text(path));
        if (address == stored.Text("RawAddress")) return;
        if (address.Length > 0 && !Film().IsMatch(address))
        {
            findings.Refuse(path, "ใช้ที่อยู่ของวิดีโอ YouTube เช่น https://www.youtube.com/watch?v=…", "has to be the address of a YouTube video, such as https://www.youtube.com/watch?v=…");
            return;
        }
        stored["RawAddress"] = address;
        stored["EmbeddedAddress"] = address.Length == 0 ? "" : $"https://www.youtube.com/embed/{Film().Match(address).Groups[1].Value}";
    }

    [GeneratedRegex(@"^https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/)|youtu\.be/)([A-Za-z0-9_-]{11})(?:[?&#]\S*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Film();
}

/// <summary>Data without a form of its own: shown, and kept as it is.</summary>
public sealed class KeptEditor(string kind, string member) : IFieldEditor
{
    public string Kind => kind;

    public string View => "Kept";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Texts(member));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings) { }

    public string Say(FieldPlan plan, string path, TypedForm typed) => "";
}
