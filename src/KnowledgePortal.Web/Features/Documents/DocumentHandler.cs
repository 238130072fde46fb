using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>Puts the files of a published item up for reading. The table is the queue, so a restart forgets nothing.</summary>
public sealed class DocumentHandler(TimeProvider clock) : IContentHandler
{
    private const int MostFilesOfAnItem = 200;

    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        foreach (var path in MediaUsage.Paths(item.Parts).Distinct().Where(DocumentReader.Reads).Take(MostFilesOfAnItem))
            await transaction.ExecuteAsync(
                """
                insert into documents (media_path, media_key, is_due, due_utc) values (@path, @key, 1, @now)
                on conflict (media_path) do update set is_due = 1, due_utc = excluded.due_utc, attempts = 0
                """,
                new { path, key = MediaAddress.Key(path), now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime) });
    }

    // A withdrawn item is not found by its files either, because it is not found at all; what was read stays for its return.
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;
}
