using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>A recording belongs to one published session that has no other, and its captions can be read.</summary>
public sealed class RecordingValidator(MediaFolder media) : IContentValidator
{
    public async Task<IReadOnlyList<ContentProblem>> ValidateAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != RecordingPart.ContentType) return [];
        var part = item.As<RecordingPart>();
        var problems = new List<ContentProblem>();
        if (part.SessionId is null) problems.Add(At("Session", "เลือกว่าเป็นวิดีโอของครั้งใด", "a session is required"));
        else if (await transaction.FirstAsync<string>("select content_item_id from session_index where content_item_id = @SessionId", new { part.SessionId }) is null)
            problems.Add(At("Session", "บันทึกของครั้งนี้ยังไม่เผยแพร่ ให้เผยแพร่บันทึกก่อน", "the session is not published"));
        else if (await transaction.FirstAsync<string>(
            "select content_item_id from recording_index where session_id = @SessionId and content_item_id <> @ContentItemId", new { part.SessionId, item.ContentItemId }) is not null)
            problems.Add(At("Session", "ครั้งนี้มีวิดีโอเผยแพร่อยู่แล้ว", "the session has a recording already"));
        if (part.Captions is { } captions && !await IsReadableAsync(captions)) problems.Add(At("Captions", "อ่านไฟล์คำบรรยายไม่ได้ ต้องเป็น WebVTT ที่มีข้อความอย่างน้อยหนึ่งช่วง", "the captions cannot be read"));
        foreach (var (field, path) in new[] { ("Video", part.Video), ("Poster", part.Poster) })
            if (path is not null && media.Find(path) is null) problems.Add(At(field, "ไม่พบไฟล์นี้ในเครื่องแม่ข่าย ให้เลือกไฟล์ใหม่", "the file is missing"));
        return problems;
    }

    private async Task<bool> IsReadableAsync(string captions) =>
        media.Find(captions) is { } file && await File.ReadAllTextAsync(file) is var text && text.StartsWith("WEBVTT", StringComparison.Ordinal) && WebVtt.Parse(text).Count > 0;

    private static ContentProblem At(string field, string thai, string english) => new(RecordingPart.ContentType, field, thai, english);
}
