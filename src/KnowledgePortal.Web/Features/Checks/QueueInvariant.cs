using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>Nothing waits for somebody who is gone: claims are within their lease, what waits has what it needs, and what is published is known to search indexes.</summary>
public sealed class QueueInvariant(Database database, SenderLocks senders, TimeProvider clock) : IInvariant
{
    // The round that takes such mails up comes every minute.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public Phrase Name { get; } = new("คิวงาน", "queues");

    public async Task CheckAsync(Inspection inspection)
    {
        var over = InvariantTime.Format((clock.GetUtcNow() - Grace).UtcDateTime);
        foreach (var (id, sender) in await database.QueryAsync<(long Id, string Sender)>("select id, claimed_by from digest_deliveries where claimed_by is not null and lease_until < @over", new { over }))
            if (senders.IsDead(sender, isLeaseOver: true)) inspection.Find($"digest_deliveries {id}", "ผู้ส่งหายไปและหมดเวลาจองแล้ว", "its sender is gone and its lease is over");
        foreach (var id in await database.QueryAsync<long>("select id from digest_deliveries where (next_at is not null or claimed_by is not null) and content is null"))
            inspection.Find($"digest_deliveries {id}", "รอส่งโดยไม่มีเนื้อความ", "waits without a content");
        foreach (var id in await database.QueryAsync<string>(
            "select content_item_id from content_items where published = 1 and content_item_id not in (select content_item_id from indexing_tasks where kind = 'update')"))
            inspection.Find(id, "เผยแพร่อยู่โดยไม่มีงานทำดัชนี", "is published and no search index is told of it");
        foreach (var path in await database.QueryAsync<string>("select distinct media_path from document_pages where media_path not in (select media_path from documents)"))
            inspection.Find(path, "มีข้อความของไฟล์ที่ไม่รู้จัก", "has text of a file that is not known");
        foreach (var path in await database.QueryAsync<string>(
            """
            select d.media_path from documents d join media_contents c on c.media_path = d.media_path and c.is_leaving = 0
            where d.is_due = 0 and d.sha256 is not null and d.sha256 <> c.sha256
            """))
            inspection.Find(path, "ข้อความที่อ่านไว้เป็นของไฟล์เดิม", "the text that was read is of another file");
        foreach (var node in await database.QueryAsync<string>("select node from search_cursors where cursor > (select coalesce(max(id), 0) from indexing_tasks)"))
            inspection.Find($"search_cursors {node}", "ดัชนีอยู่ข้างหน้าฐานข้อมูล", "an index is ahead of the database");
    }
}
