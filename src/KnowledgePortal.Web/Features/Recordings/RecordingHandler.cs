using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Fills <c>recording_index</c>, tells the session's row how long its recording is, and has the session indexed again: it is found by having one.</summary>
public sealed class RecordingHandler(TimeProvider clock) : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType == SessionPart.ContentType) await RemindAsync(item, transaction);
        if (item.ContentType != RecordingPart.ContentType) return;
        await UnpublishedAsync(item, transaction);
        var part = item.As<RecordingPart>();
        if (part.SessionId is null) throw new InvalidContentException($"the recording \"{item.DisplayText}\" belongs to no session");
        await transaction.ExecuteAsync(
            "insert into recording_index (content_item_id, session_id) values (@ContentItemId, @SessionId)", new { item.ContentItemId, part.SessionId });
        await transaction.ExecuteAsync(
            "update session_index set recording_seconds = @seconds where content_item_id = @SessionId", new { seconds = part.Duration ?? 0, part.SessionId });
        await IndexingTaskHandler.TouchAsync(part.SessionId, clock.GetUtcNow().UtcDateTime, transaction);
    }

    // A session that was withdrawn and is published again has a new row, which knows nothing of its recording.
    private static async Task RemindAsync(ContentItem session, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>(
            "select i.document from recording_index r join content_items i on i.content_item_id = r.content_item_id and i.published = 1 where r.session_id = @ContentItemId",
            new { session.ContentItemId });
        if (document is null) return;
        var recording = ContentItemJson.Read(JsonNode.Parse(document)!.AsObject()).As<RecordingPart>();
        await transaction.ExecuteAsync(
            "update session_index set recording_seconds = @seconds where content_item_id = @ContentItemId", new { seconds = recording.Duration ?? 0, session.ContentItemId });
    }

    public async Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var session = await transaction.FirstAsync<string>("select session_id from recording_index where content_item_id = @ContentItemId", new { item.ContentItemId });
        if (session is null) return;
        await transaction.ExecuteAsync("update session_index set recording_seconds = null where content_item_id = @session", new { session });
        await IndexingTaskHandler.TouchAsync(session, clock.GetUtcNow().UtcDateTime, transaction);
        await transaction.ExecuteAsync("delete from recording_index where content_item_id = @ContentItemId", new { item.ContentItemId });
    }
}

/// <summary>A recording lies in its session.</summary>
public sealed class RecordingContainment : IContentContainment
{
    public string? ContainerOf(ContentItem item) => item.ContentType == RecordingPart.ContentType ? item.As<RecordingPart>().SessionId : null;
}
