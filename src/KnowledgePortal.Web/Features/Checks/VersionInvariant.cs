using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>Of an item at most one version is published and exactly one is the latest, unless it was removed; columns say what the document says.</summary>
public sealed class VersionInvariant(Database database) : IInvariant
{
    private const int BatchSize = 500;

    public Phrase Name { get; } = new("ฉบับของเนื้อหา", "versions of content");

    private sealed record Row
    {
        public long Id { get; init; }
        public string ContentItemId { get; init; } = "";
        public string ContentItemVersionId { get; init; } = "";
        public string ContentType { get; init; } = "";
        public string DisplayText { get; init; } = "";
        public bool Latest { get; init; }
        public bool Published { get; init; }
        public string Document { get; init; } = "";
    }

    public async Task CheckAsync(Inspection inspection)
    {
        foreach (var id in await database.QueryAsync<string>("select content_item_id from content_items group by content_item_id having sum(latest) > 1"))
            inspection.Find(id, "มีฉบับล่าสุดมากกว่าหนึ่ง", "has more than one latest version");
        foreach (var id in await database.QueryAsync<string>("select content_item_id from content_items group by content_item_id having sum(published) > 1"))
            inspection.Find(id, "มีฉบับเผยแพร่มากกว่าหนึ่ง", "has more than one published version");
        foreach (var id in await database.QueryAsync<string>(
            "select content_item_id from content_items where content_item_id not in (select content_item_id from removed_items) group by content_item_id having sum(latest) = 0"))
            inspection.Find(id, "ไม่มีฉบับล่าสุดและไม่ได้ถูกลบ", "has no latest version and was not removed");
        foreach (var id in await database.QueryAsync<string>(
            """
            select r.content_item_id from removed_items r
            where not exists (select 1 from content_items i where i.content_item_version_id = r.content_item_version_id and i.content_item_id = r.content_item_id)
            """))
            inspection.Find(id, "อยู่ในถังขยะ แต่ไม่มีฉบับที่จะกู้คืน", "lies in the trash without the version that would come back");
        foreach (var id in await database.QueryAsync<string>("select content_item_id from content_items where published = 1 and (was_published = 0 or published_utc is null)"))
            inspection.Find(id, "เผยแพร่อยู่โดยไม่มีเวลาเผยแพร่", "is published without a time of publication");
        if (inspection.IsDeep) await CompareDocumentsAsync(inspection);
    }

    private async Task CompareDocumentsAsync(Inspection inspection)
    {
        for (long after = 0; await BatchAsync(after) is { Count: > 0 } rows; after = rows[^1].Id)
            foreach (var row in rows)
                if (Difference(row) is { } difference)
                    inspection.Find($"{row.ContentItemId} {row.ContentItemVersionId}", $"เอกสารไม่ตรงกับคอลัมน์: {difference}", $"the document and the columns differ: {difference}");
    }

    private Task<IReadOnlyList<Row>> BatchAsync(long after) => database.QueryAsync<Row>(
        """
        select id, content_item_id, content_item_version_id, content_type, display_text, latest, published, document from content_items
        where id > @after order by id limit @BatchSize
        """,
        new { after, BatchSize });

    private static string? Difference(Row row)
    {
        try
        {
            var item = ContentItemJson.Read(JsonNode.Parse(row.Document)!.AsObject());
            return item.ContentItemId != row.ContentItemId ? "ContentItemId"
                : item.ContentItemVersionId != row.ContentItemVersionId ? "ContentItemVersionId"
                : item.ContentType != row.ContentType ? "ContentType"
                : item.DisplayText != row.DisplayText ? "DisplayText"
                : item.Latest != row.Latest ? "Latest"
                : item.Published != row.Published ? "Published" : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return error.Message;
        }
    }
}
