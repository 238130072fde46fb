namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Guards the reader of Markdown, which works recursively, against text made to exhaust it.</summary>
public static class MarkdownDepth
{
    private const int Deepest = 40;
    private const int LongestLine = 20_000;

    public static bool IsTooDeep(string markdown)
    {
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.Length > LongestLine) return true;
            var quotes = 0;
            foreach (var c in line)
            {
                if (c == '>') quotes++;
                else if (c is not (' ' or '-' or '*' or '+')) break;
            }
            if (quotes > Deepest || Brackets(line) > Deepest) return true;
        }
        return false;
    }

    private static int Brackets(ReadOnlySpan<char> line)
    {
        var (depth, deepest) = (0, 0);
        foreach (var c in line)
        {
            if (c == '[') deepest = Math.Max(deepest, ++depth);
            else if (c == ']' && depth > 0) depth--;
        }
        return deepest;
    }
}
