using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Tests.Api;

/// <summary>The part of JSON Schema 2020-12 that the document uses; a keyword that it does not know is an error, so that nothing is passed over.</summary>
public static class JsonSchemaCheck
{
    private static readonly string[] Annotations = ["title", "description", "example", "default", "$schema"];

    public static IReadOnlyList<string> Faults(JsonObject document, JsonNode schema, JsonNode? value, string at = "$")
    {
        var faults = new List<string>();
        foreach (var (keyword, rule) in schema.AsObject()) Check(keyword, rule!, schema.AsObject());
        return faults;

        void Check(string keyword, JsonNode rule, JsonObject whole)
        {
            switch (keyword)
            {
                case "$ref":
                    faults.AddRange(Faults(document, rule.ToString()[2..].Split('/').Aggregate((JsonNode)document, (node, name) => node[name]!), value, at));
                    break;
                case "type":
                    var kinds = rule is JsonArray several ? several.Select(k => k!.ToString()).ToArray() : [rule.ToString()];
                    Require(kinds.Any(IsOf), $"is no {string.Join(" or ", kinds)}");
                    break;
                case "const":
                    Require(JsonNode.DeepEquals(rule, value), $"is not {rule}");
                    break;
                case "enum":
                    Require(rule.AsArray().Any(option => JsonNode.DeepEquals(option, value)), "is none of the values");
                    break;
                case "required":
                    if (value is JsonObject needed) foreach (var name in rule.AsArray()) Require(needed.ContainsKey(name!.ToString()), $"has no {name}");
                    break;
                case "properties":
                    if (value is JsonObject json)
                        foreach (var (name, inner) in rule.AsObject())
                            if (json.ContainsKey(name)) faults.AddRange(Faults(document, inner!, json[name], $"{at}.{name}"));
                    break;
                case "additionalProperties":
                    if (value is not JsonObject members) break;
                    foreach (var (name, member) in members.Where(m => whole["properties"]?[m.Key] is null))
                    {
                        if (rule is JsonObject inner) faults.AddRange(Faults(document, inner, member, $"{at}.{name}"));
                        else Require(rule.GetValue<bool>(), $"has {name}");
                    }
                    break;
                case "items":
                    if (value is JsonArray items) for (var i = 0; i < items.Count; i++) faults.AddRange(Faults(document, rule, items[i], $"{at}[{i}]"));
                    break;
                case "minimum" or "maximum":
                    if (value?.GetValueKind() == JsonValueKind.Number)
                        Require(keyword == "minimum" ? value.GetValue<decimal>() >= rule.GetValue<decimal>() : value.GetValue<decimal>() <= rule.GetValue<decimal>(), $"breaks {keyword} {rule}");
                    break;
                case "minLength" or "maxLength":
                    if (value?.GetValueKind() == JsonValueKind.String)
                        Require(keyword == "minLength" ? value.ToString().Length >= rule.GetValue<int>() : value.ToString().Length <= rule.GetValue<int>(), $"breaks {keyword}");
                    break;
                case "maxItems":
                    if (value is JsonArray list) Require(list.Count <= rule.GetValue<int>(), "has too many items");
                    break;
                case "pattern":
                    if (value?.GetValueKind() == JsonValueKind.String) Require(Regex.IsMatch(value.ToString(), rule.ToString()), $"does not match {rule}");
                    break;
                case "format":
                    if (rule.ToString() == "date-time" && value is not null)
                        Require(DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && value.ToString().Contains('T'), "is no date-time");
                    break;
                default:
                    if (!Annotations.Contains(keyword) && !keyword.StartsWith("x-")) throw new NotSupportedException(keyword);
                    break;
            }
        }

        void Require(bool holds, string fault)
        {
            if (!holds) faults.Add($"{at} {fault}");
        }

        bool IsOf(string kind) => (kind, value?.GetValueKind()) switch
        {
            ("null", null) => true,
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value!.GetValue<decimal>() % 1 == 0,
            _ => false,
        };
    }
}
