using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Addresses;

/// <summary>Makes the last part of an address from a title; null when nothing in it can stand in an address.</summary>
public delegate string? Slugify(string title);

/// <summary>
/// Evaluates the patterns of definitions: text with <c>{{ Model.ContentItem | container | display_text | slugify }}</c>. Of Liquid there are members
/// of the item and of its JSON, and the filters that patterns use; a pattern with anything else gives null.
/// </summary>
public sealed class AddressPattern(Slugify slugify)
{
    private const int Longest = 4096;

    /// <summary>The text that the pattern gives for an item, or null when the pattern is not understood.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="item">The item.</param>
    /// <param name="container">The item of the list that it belongs to; null when there is none.</param>
    public string? Evaluate(string pattern, ContentItem item, ContentItem? container)
    {
        if (pattern.Length > Longest || pattern.Contains("{%", StringComparison.Ordinal)) return null;
        var result = new StringBuilder();
        for (var at = 0; at < pattern.Length;)
        {
            var open = pattern.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : pattern.IndexOf("}}", open, StringComparison.Ordinal);
            result.Append(pattern, at, (open < 0 ? pattern.Length : open) - at);
            if (open < 0) break;
            if (close < 0 || Output(pattern[(open + 2)..close].Trim().Trim('-'), item, container) is not { } output) return null;
            result.Append(output);
            at = close + 2;
        }
        return result.ToString();
    }

    /// <summary>Whether the pattern asks for the item's container.</summary>
    public static bool AsksForContainer(string pattern) => pattern.Contains("container", StringComparison.Ordinal);

    private string? Output(string expression, ContentItem item, ContentItem? container)
    {
        var parts = expression.Split('|', StringSplitOptions.TrimEntries);
        if (!TryMember(parts[0], item, out var value)) return null;
        foreach (var filter in parts.Skip(1))
            switch (filter)
            {
                case "container": value = ReferenceEquals(value, item) ? container : null; break;
                case "display_text": value = (value as ContentItem)?.DisplayText; break;
                case "slugify": value = slugify(Text(value)); break;
                case "downcase": value = Text(value).ToLowerInvariant(); break;
                case "upcase": value = Text(value).ToUpperInvariant(); break;
                case "strip": value = Text(value).Trim(); break;
                default: return null;
            }
        return Text(value);
    }

    private static bool TryMember(string path, ContentItem item, out object? value)
    {
        value = null;
        if (path.Length > 1 && path[0] is '\'' or '"' && path[^1] == path[0])
        {
            value = path[1..^1];
            return true;
        }
        var names = path.Split('.');
        if (names[0] == "Model") names = names[1..];
        if (names is not ["ContentItem", .. var rest] || rest.Any(n => n.Length == 0)) return false;
        value = rest switch
        {
            [] => item,
            ["ContentItemId"] => item.ContentItemId,
            ["ContentItemVersionId"] => item.ContentItemVersionId,
            ["ContentType"] => item.ContentType,
            ["DisplayText"] => item.DisplayText,
            ["Owner"] => item.Owner,
            ["Author"] => item.Author,
            ["Content", .. var members] => members.Aggregate<string, JsonNode?>(item.Parts, (node, name) => (node as JsonObject)?[name]),
            _ => null,
        };
        return true;
    }

    private static string Text(object? value) => value switch
    {
        string text => text,
        ContentItem item => item.DisplayText,
        JsonNode node => LooseJson.Text(node) ?? "",
        _ => "",
    };
}
