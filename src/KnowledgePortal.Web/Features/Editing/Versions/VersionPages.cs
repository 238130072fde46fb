using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>A version in the history; <paramref name="Changed"/> is null for the first one.</summary>
public sealed record HistoryEntry(VersionRow Version, IReadOnlyList<string>? Changed);

/// <summary>A page of the versions of an item, and on the first page what was done with it.</summary>
public sealed record HistoryPage(ContentItem Item, IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<AuditEvent> Events)
{
    public long Count { get; init; }
    public int Page { get; init; }
    public int PageCount { get; init; }
    public bool MayEdit { get; init; }
}

/// <summary>
/// Two versions and how they differ; <paramref name="Older"/> has no id when there is nothing before the newer one. <paramref name="CanBeSeen"/> is false
/// when somebody asked for the page of a version that has none today.
/// </summary>
public sealed record ComparePage(ContentItem Item, VersionRow Older, VersionRow Newer, IReadOnlyList<FieldDifference> Differences, bool MayEdit, bool CanBeSeen);

/// <summary>What views say about versions.</summary>
public static class VersionPages
{
    private const int LinesAround = 2;
    private const int LeastFolded = 6;

    public static string When(VersionRow version) => version.ModifiedUtc is { } utc ? " " + ThaiDate.Moment(utc) : "";

    public static string Who(string? author) => author is null or "" ? "ไม่ทราบ" : author == Actor.System.Name ? "ระบบ" : author;

    /// <summary>A long text that stayed, without its middle; <c>Folded</c> is the number of lines left out.</summary>
    public static (string Start, int Folded, string End) Fold(string text, bool isFirst, bool isLast)
    {
        var lines = text.Split('\n');
        var (head, tail) = (isFirst ? 0 : LinesAround + 1, isLast ? 0 : LinesAround + 1);
        return lines.Length - head - tail < LeastFolded
            ? (text, 0, "")
            : (string.Join('\n', lines.Take(head)), lines.Length - head - tail, string.Join('\n', lines.Skip(lines.Length - tail)));
    }
}
