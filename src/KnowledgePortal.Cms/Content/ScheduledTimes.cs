using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// Orchard's PublishLaterPart on a draft and ArchiveLaterPart on what readers see: when <see cref="ScheduledRound"/> publishes and withdraws. A time is
/// dropped when what it asks for has happened, and never comes along with a copy or an old version.
/// </summary>
public sealed class ScheduledTimes : IContentHandler
{
    /// <summary>The part that publishes a draft.</summary>
    public const string PublishLater = "PublishLaterPart";

    /// <summary>The part that withdraws what readers see.</summary>
    public const string ArchiveLater = "ArchiveLaterPart";

    internal const string PublishMember = "ScheduledPublishUtc";
    internal const string ArchiveMember = "ScheduledArchiveUtc";

    /// <summary>When the draft is to be published; null when it is not.</summary>
    public static DateTime? PublishAt(ContentItem item) => Read(item, PublishLater, PublishMember);

    /// <summary>When the item is to be withdrawn; null when it is not.</summary>
    public static DateTime? ArchiveAt(ContentItem item) => Read(item, ArchiveLater, ArchiveMember);

    /// <summary>Sets or drops the time of one of the two parts; a part that is not there is not made only to be empty.</summary>
    public static void Set(ContentItem item, string part, DateTime? utc)
    {
        if (utc is null && item.Parts[part] is not JsonObject) return;
        if (item.Parts[part] is not JsonObject) item.Parts[part] = new JsonObject();
        var member = part == PublishLater ? PublishMember : ArchiveMember;
        if (utc is { } time) item.Parts[part]![member] = InvariantTime.Format(time);
        else item.Parts[part]!.AsObject().Remove(member);
    }

    /// <inheritdoc/>
    public Task PublishingAsync(ContentItem item, DatabaseTransaction transaction) => Drop(item, PublishLater);

    /// <inheritdoc/>
    public Task UnpublishingAsync(ContentItem item, DatabaseTransaction transaction) => Drop(item, ArchiveLater);

    /// <inheritdoc/>
    public Task CloningAsync(ContentItem clone, DatabaseTransaction transaction) => Drop(clone, PublishLater, ArchiveLater);

    /// <inheritdoc/>
    public Task RestoringAsync(ContentItem version, DatabaseTransaction transaction) => Drop(version, PublishLater, ArchiveLater);

    private static Task Drop(ContentItem item, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts) Set(item, part, null);
        return Task.CompletedTask;
    }

    private static DateTime? Read(ContentItem item, string part, string member) =>
        item.Parts[part] is JsonObject json && json[member] is JsonValue value && value.TryGetValue(out string? text) ? InvariantTime.Parse(text) : null;
}
