using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Fills <c>recording_index</c> and tells the session's row how long its recording is.</summary>
public sealed class RecordingHandler : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != RecordingPart.ContentType) return;
        await UnpublishedAsync(item, transaction);
        var part = item.As<RecordingPart>();
        if (part.SessionId is null) throw new InvalidContentException($"the recording \"{item.DisplayText}\" belongs to no session");
        await transaction.ExecuteAsync(
            "insert into recording_index (content_item_id, session_id) values (@ContentItemId, @SessionId)", new { item.ContentItemId, part.SessionId });
        await transaction.ExecuteAsync(
            "update session_index set recording_seconds = @seconds where content_item_id = @SessionId", new { seconds = part.Duration ?? 0, part.SessionId });
    }

    public async Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync(
            """
            update session_index set recording_seconds = null
            where content_item_id in (select session_id from recording_index where content_item_id = @ContentItemId)
            """,
            new { item.ContentItemId });
        await transaction.ExecuteAsync("delete from recording_index where content_item_id = @ContentItemId", new { item.ContentItemId });
    }
}
