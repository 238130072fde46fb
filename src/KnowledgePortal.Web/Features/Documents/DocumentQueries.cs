using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>A document as a page lists it. <paramref name="Row"/> is null for kinds of files that are only kept for download.</summary>
public sealed record ListedDocument(string MediaPath, string FileName, long Length, DocumentRow? Row)
{
    public string Kind => MediaAddress.Kind(MediaPath);
}

/// <summary>A file whose text is not searched, and the item that carries it.</summary>
public sealed record UnsearchedDocument
{
    public string MediaPath { get; init; } = "";
    public string? FileName { get; init; }
    public DocumentState State { get; init; }
    public string Why { get; init; } = "";
    public string ContentItemId { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string? Owner { get; init; }
    public string Title { get; init; } = "";
}

/// <summary>How many files are in a state.</summary>
public sealed record DocumentCount
{
    public DocumentState State { get; init; }
    public long Count { get; init; }
}

/// <summary>Reads what is known of attached files.</summary>
public sealed class DocumentQueries(Database database, MediaFolder media)
{
    private const int MostUnsearched = 100;

    private const string Columns = "d.media_path, d.state, d.why, d.sha256, d.reader_version, d.attempts, d.page_count, d.text_pages";

    private const string SentAs = "select media_path, file_name from media_files where media_path in @mediaPaths";

    private static readonly HashSet<string> Listed = new(StringComparer.OrdinalIgnoreCase) { ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".csv", ".txt" };

    public Task<DocumentRow?> FindAsync(string mediaPath) =>
        database.FirstAsync<DocumentRow>($"select {Columns} from documents d where d.media_path = @mediaPath", new { mediaPath });

    /// <summary>The documents that an item carries, in the order of its fields; files that are not there are passed over.</summary>
    public async Task<IReadOnlyList<ListedDocument>> OfAsync(ContentItem item)
    {
        var paths = MediaUsage.Paths(item.Parts).Where(p => Listed.Contains(Path.GetExtension(p))).Distinct().ToList();
        if (paths.Count == 0) return [];
        var (rows, names) = await database.QueryManyAsync(
            $"select {Columns} from documents d where d.media_path in @mediaPaths; {SentAs};", new { mediaPaths = paths },
            async results => ((await results.ReadAsync<DocumentRow>()).ToDictionary(r => r.MediaPath), Names(paths, await results.ReadAsync<(string, string)>())));
        return [.. from path in paths
                   let file = media.Find(path)
                   where file is not null
                   select new ListedDocument(path, names[path], new FileInfo(file).Length, rows.GetValueOrDefault(path))];
    }

    /// <summary>What files are called: the name under which they were sent, or the last part of the path.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> mediaPaths) =>
        Names(mediaPaths, await database.QueryAsync<(string, string)>(SentAs, new { mediaPaths }));

    private static Dictionary<string, string> Names(IReadOnlyCollection<string> mediaPaths, IEnumerable<(string Path, string Name)> files)
    {
        var sent = files.ToDictionary(f => f.Path, f => f.Name);
        return mediaPaths.Distinct().ToDictionary(p => p, p => sent.GetValueOrDefault(p) ?? Path.GetFileName(p));
    }

    /// <summary>The searched text of the files of published items, by item; with each file's name before it.</summary>
    public async Task<ILookup<string, string>> TextsAsync(IReadOnlyCollection<string> contentItemIds)
    {
        var rows = await database.QueryAsync<(string Item, string Path, string Text)>(
            """
            select u.content_item_id, p.media_path, p.text from media_usage u
            join documents d on d.media_key = u.media_key
            join document_pages p on p.media_path = d.media_path
            where u.published = 1 and u.content_item_id in @contentItemIds order by d.media_path, p.number
            """,
            new { contentItemIds });
        if (rows.Count == 0) return rows.ToLookup(r => r.Item, r => r.Text);
        var names = await NamesAsync([.. rows.Select(r => r.Path).Distinct()]);
        return rows.GroupBy(r => (r.Item, r.Path)).SelectMany(f => f.Select(p => (p.Item, p.Text)).Prepend((f.Key.Item, Text: Path.GetFileNameWithoutExtension(names[f.Key.Path]))))
            .ToLookup(r => r.Item, r => r.Text);
    }

    /// <summary>Files of published items whose text is not searched, or not all of it.</summary>
    public Task<IReadOnlyList<UnsearchedDocument>> UnsearchedAsync() => database.QueryAsync<UnsearchedDocument>(
        """
        select d.media_path, f.file_name, d.state, d.why, i.content_item_id, i.content_type, i.owner, i.display_text as title
        from documents d
        join media_usage u on u.media_key = d.media_key and u.published = 1
        join content_items i on i.content_item_id = u.content_item_id and i.published = 1
        left join media_files f on f.media_key = d.media_key
        where d.state not in ('Waiting', 'Readable') order by i.modified_utc desc nulls last, d.media_path limit @MostUnsearched
        """,
        new { MostUnsearched });

    /// <summary>Files of published items by state; files that are to be read again count as waiting.</summary>
    public Task<IReadOnlyList<DocumentCount>> CountsAsync() => database.QueryAsync<DocumentCount>(
        """
        select case when d.is_due = 1 then 'Waiting' else d.state end as state, count(*) as count from documents d
        where exists (select 1 from media_usage u where u.media_key = d.media_key and u.published = 1) group by 1
        """);
}
