using System.Security.Cryptography;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>Takes the next file that waits, reads it, keeps its text, and has the items that carry it indexed again.</summary>
public sealed class DocumentRound(Database database, MediaFolder media, DocumentReader reader, ContentGeneration pages, TimeProvider clock)
{
    public const int MostAttempts = 3;
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryWithoutTool = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>What an older version has read is read again, once in the life of a process.</summary>
    private bool _hasLookedForOld;

    /// <summary>One file at a time, whoever asks: reading is not to take the machine from the readers of the site.</summary>
    /// <returns>False when nothing waits.</returns>
    public async Task<bool> ReadNextAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await TakeNextAsync(cancellation);
        }
        finally { _gate.Release(); }
    }

    private async Task<bool> TakeNextAsync(CancellationToken cancellation)
    {
        if (!_hasLookedForOld) await LookForOldAsync();
        var row = await database.FirstAsync<DocumentRow>(
            "select media_path, state, why, sha256, reader_version, attempts from documents where is_due = 1 and due_utc <= @now order by due_utc limit 1", new { now = At(TimeSpan.Zero) });
        if (row is null) return false;
        // Counted before: a file that takes the process down with it is not tried for ever.
        await SetAsync(row, "attempts = attempts + 1, due_utc = @later", TimeSpan.FromTicks(Retry.Ticks * (row.Attempts + 1)));
        if (row.Attempts >= MostAttempts) await SaveAsync(row, null, DocumentText.Failed("ลองอ่านแล้วหลายครั้งไม่สำเร็จ"));
        else if (media.Find(row.MediaPath) is not { } file) await SaveAsync(row, null, new DocumentText(DocumentState.Missing, "ไม่พบไฟล์ในเครื่องแม่ข่าย", 0, []));
        else await ReadAsync(row, file, cancellation);
        return true;
    }

    private async Task ReadAsync(DocumentRow row, string file, CancellationToken cancellation)
    {
        var hash = await HashAsync(file, cancellation);
        if (hash == row.Sha256 && row.ReaderVersion == DocumentReader.Version && row.State is not (DocumentState.Waiting or DocumentState.Failed))
            await SetAsync(row, "is_due = 0, attempts = 0");
        else if (await reader.ReadAsync(file, cancellation) is { } text) await SaveAsync(row, hash, text);
        else await SetAsync(row, "attempts = 0, due_utc = @later, why = 'เครื่องแม่ข่ายยังไม่มีโปรแกรม poppler-utils'", RetryWithoutTool);
    }

    private async Task SaveAsync(DocumentRow row, string? hash, DocumentText text)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync("delete from document_pages where media_path = @MediaPath", new { row.MediaPath });
        for (var i = 0; i < text.Pages.Count; i++)
            await transaction.ExecuteAsync(
                "insert into document_pages (media_path, number, page, text) values (@MediaPath, @number, @Page, @Text)",
                new { row.MediaPath, number = i + 1, text.Pages[i].Page, text.Pages[i].Text });
        await transaction.ExecuteAsync(
            """
            update documents set is_due = 0, attempts = 0, state = @state, why = @Why, sha256 = @hash, reader_version = @Version,
              page_count = @PageCount, text_pages = @textPages, read_utc = @now
            where media_path = @MediaPath
            """,
            new { row.MediaPath, state = text.State.ToString(), text.Why, hash, DocumentReader.Version, text.PageCount, textPages = text.Pages.Count, now = At(TimeSpan.Zero) });
        foreach (var id in await transaction.QueryAsync<string>(
            "select content_item_id from media_usage where media_key = @key and published = 1", new { key = MediaAddress.Key(row.MediaPath) }))
            await IndexingTaskHandler.TouchAsync(id, clock.GetUtcNow().UtcDateTime, transaction);
        // Pages that list the file say how much of it is searched.
        transaction.AfterCommit(pages.Rise);
        await transaction.CommitAsync();
    }

    private async Task LookForOldAsync()
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "update documents set is_due = 1, due_utc = @now where is_due = 0 and reader_version <> @Version", new { now = At(TimeSpan.Zero), DocumentReader.Version });
        await transaction.CommitAsync();
        _hasLookedForOld = true;
    }

    private async Task SetAsync(DocumentRow row, string what, TimeSpan later = default)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync($"update documents set {what} where media_path = @MediaPath", new { row.MediaPath, later = At(later) });
        await transaction.CommitAsync();
    }

    private string At(TimeSpan fromNow) => InvariantTime.Format(clock.GetUtcNow().UtcDateTime + fromNow);

    private static async Task<string> HashAsync(string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }
}
