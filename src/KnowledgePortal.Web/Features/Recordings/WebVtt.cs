using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>One cue of a transcript: seconds from the beginning, plain text in one line, and who speaks when a voice tag says so.</summary>
public sealed record Cue(double Start, double End, string? Speaker, string Text);

/// <summary>
/// Reads WebVTT as far as a transcript needs it: cues with times, voice and text. Styles, regions, notes, settings and inner tags are passed over;
/// a block that is broken is left out and the rest is read.
/// </summary>
public static partial class WebVtt
{
    public static IReadOnlyList<Cue> Parse(string text)
    {
        var cues = new List<Cue>();
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n');
            var timing = Array.FindIndex(lines, line => line.Contains("-->", StringComparison.Ordinal));
            if (timing is < 0 or > 1 || !TryTiming(lines[timing], out var start, out var end)) continue;
            var payload = string.Join(' ', lines[(timing + 1)..].Where(line => line.Trim().Length > 0));
            var voice = Voice().Match(payload);
            var plain = WebUtility.HtmlDecode(Tag().Replace(payload, "")).Trim();
            if (plain.Length > 0) cues.Add(new Cue(start, end, voice.Success ? WebUtility.HtmlDecode(voice.Groups[1].Value.Trim()) : null, plain));
        }
        return cues;
    }

    private static bool TryTiming(string line, out double start, out double end)
    {
        var match = Timing().Match(line);
        start = match.Success ? Seconds(match, 1) : 0;
        end = match.Success ? Seconds(match, 5) : 0;
        return match.Success && end >= start;
    }

    private static double Seconds(Match match, int group)
    {
        var hours = match.Groups[group].Length > 0 ? Number(match.Groups[group].Value) : 0;
        return hours * 3600 + Number(match.Groups[group + 1].Value) * 60 + Number(match.Groups[group + 2].Value) + Number(match.Groups[group + 3].Value) / 1000;
    }

    private static double Number(string digits) => double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})\.(\d{3})\s+-->\s+(?:(\d{1,4}):)?(\d{1,2}):(\d{2})\.(\d{3})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Timing();

    [GeneratedRegex(@"<v(?:\.[^ >]*)?\s+([^>]*)>", RegexOptions.NonBacktracking)]
    private static partial Regex Voice();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
