using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Api.Answers;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>
/// The conditions of one query: <c>CopSession.FiscalYear=2563</c>, <c>modified[gte]=2026-01-01</c>, <c>BestPractice.Provinces[has]=…</c>. A field is asked for by
/// its part and name as the definition has them, and by a member where it has several that matter.
/// </summary>
public sealed partial class ContentFilters(DynamicParameters parameters, List<string> where, IReadOnlyDictionary<string, string> columns)
{
    private const int Most = 10;
    private const int LongestValue = 300;
    private const int MostAlternatives = 50;
    private static readonly Dictionary<string, string> Orders = new() { ["eq"] = "=", ["ne"] = "<>", ["lt"] = "<", ["lte"] = "<=", ["gt"] = ">", ["gte"] = ">=" };
    private int _parameters;
    private int _filters;

    /// <summary>A condition with its values as parameters in the places <c>{0}</c>, <c>{1}</c>.</summary>
    public void Add(string condition, params ReadOnlySpan<object> values)
    {
        var names = new List<object>();
        foreach (var value in values)
        {
            var name = $"p{_parameters++}";
            parameters.Add(name, value);
            names.Add("@" + name);
        }
        where.Add(string.Format(CultureInfo.InvariantCulture, condition, [.. names]));
    }

    /// <summary>Published items that carry a term: its id, or <c>provinces:khon-kaen</c>.</summary>
    public void AddTerm(string term)
    {
        if (term.Length > LongestValue) throw ContentQueries.Refuse("term", "ยาวเกินไป", "is too long");
        if (term.Split(':', 2) is [var taxonomy, var slug])
            Add("exists (select 1 from content_terms c join term_index t on t.term_id = c.term_id where c.content_item_id = i.content_item_id and t.taxonomy = {0} and t.slug = {1})", taxonomy, slug);
        else Add("exists (select 1 from content_terms c where c.content_item_id = i.content_item_id and c.term_id = {0})", term);
    }

    /// <summary>A filter as it stands in the address.</summary>
    /// <exception cref="ApiRefusal">It names something that cannot be asked for.</exception>
    public void Add(string name, string value, ContentTypeDefinition? type)
    {
        if (++_filters > Most) throw ContentQueries.Refuse(name, $"ใช้ตัวกรองได้ไม่เกิน {Most}", $"more than {Most} filters");
        if (value.Length > LongestValue) throw ContentQueries.Refuse(name, "ยาวเกินไป", "is too long");
        var match = Filter().Match(name);
        if (!match.Success) throw Unknown(name);
        var (path, order) = (match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : "");
        if (columns.TryGetValue(path, out var column)) Compare(name, column, order.Length == 0 ? "eq" : order, value, Shape.Text);
        else AddField(name, path.Split('.'), order, value, type);
    }

    private void AddField(string name, string[] path, string order, string value, ContentTypeDefinition? type)
    {
        if (type is null) throw ContentQueries.Refuse(name, "ต้องบอก type จึงจะกรองตามช่องได้", "needs a type");
        if (path.Length is < 2 or > 3 || type.Part(path[0]) is not { } part) throw Unknown(name);
        var field = part.Fields.FirstOrDefault(f => f.Name == path[1]);
        var members = FieldShapes.Of(field?.FieldType ?? part.PartName);
        var member = field is null ? path[1] : path.Length == 3 ? path[2] : FieldShapes.Asked(field.FieldType)?.Name ?? "";
        if (field is null && path.Length == 3 || !members.TryGetValue(member, out var shape) || shape is Shape.Items or Shape.List) throw Unknown(name);
        // Names of the definition, which an administrator may have imported: only plain ones go into the statement.
        if (!Plain().IsMatch(part.Name) || field is not null && !Plain().IsMatch(field.Name)) throw Unknown(name);
        Compare(name, $"json_extract(i.document, '$.{part.Name}.{(field is null ? "" : field.Name + ".")}{member}')", order.Length == 0 ? shape == Shape.Texts ? "has" : "eq" : order, value, shape);
    }

    private void Compare(string name, string what, string order, string value, Shape shape)
    {
        if (order == "exists") where.Add($"{what} is {(Truth(name, value) ? "not " : "")}null");
        else if (order == "has" && shape == Shape.Texts) Add($"instr({what}, {{0}}) > 0", '"' + Id(name, value) + '"');
        else if (shape == Shape.Texts) throw Unknown(name);
        else if (shape == Shape.Flag && order is "eq" or "ne") Add($"(coalesce(cast({what} as text), '') in ('1', 'true')) = ({{0}} = 1)", Truth(name, value) == (order == "eq") ? 1 : 0);
        else if (order == "contains" && shape == Shape.Text) Add($"instr(lower({what}), lower({{0}})) > 0", value);
        else if (order == "in") AddAny(name, what, value, shape);
        else if (Orders.TryGetValue(order, out var sign) && shape == Shape.Number) Add($"cast({what} as numeric) {sign} {{0}}", Number(name, value));
        else if (Orders.TryGetValue(order, out sign) && shape != Shape.Flag) Add($"{what} {sign} {{0}}", value);
        else throw Unknown(name);
    }

    private void AddAny(string name, string what, string value, Shape shape)
    {
        var values = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (values.Length is 0 or > MostAlternatives || shape == Shape.Flag) throw ContentQueries.Refuse(name, $"ให้ 1 ถึง {MostAlternatives} ค่า คั่นด้วยจุลภาค", $"takes 1 to {MostAlternatives} values with commas between them");
        if (shape == Shape.Number) Add($"cast({what} as numeric) in {{0}}", values.Select(v => Number(name, v)).ToList());
        else Add($"{what} in {{0}}", values);
    }

    private static double Number(string name, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number : throw ContentQueries.Refuse(name, "ต้องเป็นตัวเลข", "must be a number");

    private static bool Truth(string name, string value) => value switch { "true" => true, "false" => false, _ => throw ContentQueries.Refuse(name, "ใช้ true หรือ false", "is true or false") };

    private static string Id(string name, string value) => Word().IsMatch(value) ? value : throw ContentQueries.Refuse(name, "ต้องเป็นรหัสหรือคำเดียว", "must be an id or a word");

    private static ApiRefusal Unknown(string name) => ContentQueries.Refuse(
        name, "กรองตามนี้ไม่ได้ ดูช่องของชนิดที่ /api/v1/types", "cannot be filtered by; the fields of a type are at /api/v1/types");

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9_.-]{0,199})(?:\[([a-z]{2,8})\])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Filter();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,99}$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[^\s""\\\u0000-\u001f]{1,200}$", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
