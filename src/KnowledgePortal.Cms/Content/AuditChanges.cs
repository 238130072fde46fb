using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>One field before and after, as the trail keeps it.</summary>
/// <param name="Field">Such as <c>CopSession.HeldOn</c>.</param>
/// <param name="Before">Null when it was empty.</param>
/// <param name="After">Null when it is empty now.</param>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>
/// What the trail keeps of a change: at most <see cref="MostFields"/> fields, of each value at most <see cref="LongestValue"/> characters. A value that is
/// cut says how long it is. A member that is named like a secret is never written.
/// </summary>
public static partial class AuditChanges
{
    /// <summary>Fields of one event; the number of further ones is noted.</summary>
    public const int MostFields = 40;

    /// <summary>UTF-16 characters of one value.</summary>
    public const int LongestValue = 500;

    /// <summary>Stands for the fields beyond <see cref="MostFields"/>.</summary>
    public const string More = "…";

    /// <summary>As it is stored; empty when nothing changed.</summary>
    public static string Write(IReadOnlyList<ContentChange> changes)
    {
        if (changes.Count == 0) return "";
        var kept = changes.Take(MostFields).Select(c => new AuditChange(c.Member.Length > 0 ? $"{c.Part}.{c.Member}" : c.Part, Text(c, c.Before), Text(c, c.After))).ToList();
        if (changes.Count > MostFields) kept.Add(new AuditChange(More, null, (changes.Count - MostFields).ToString(CultureInfo.InvariantCulture)));
        return JsonSerializer.Serialize(kept, JsonText.Options);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<AuditChange> Read(string stored) => stored.Length == 0 ? [] : JsonSerializer.Deserialize<List<AuditChange>>(stored, JsonText.Options)!;

    // A field of one member is that member: {"Text":"x"} reads x.
    private static string? Text(ContentChange change, JsonNode? value)
    {
        if (value is null) return null;
        if (Secret().IsMatch(change.Part) || Secret().IsMatch(change.Member) || HoldsSecret(value)) return "•••";
        var plain = value is JsonObject { Count: 1 } field ? field.First().Value : value;
        return Cut(plain is JsonValue scalar && scalar.TryGetValue(out string? text) ? text : plain?.ToJsonString(JsonText.Options) ?? "");
    }

    private static bool HoldsSecret(JsonNode? value) => value switch
    {
        JsonObject members => members.Any(m => Secret().IsMatch(m.Key) || HoldsSecret(m.Value)),
        JsonArray items => items.Any(HoldsSecret),
        _ => false,
    };

    private static string Cut(string text)
    {
        if (text.Length <= LongestValue) return text;
        var end = LongestValue;
        if (char.IsLowSurrogate(text[end])) end--;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length:N0})");
    }

    // A secretary is none.
    [GeneratedRegex(@"password|secret([^a]|a[^r]|a?\z)|token|api_?key|private_?key", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
