using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>
/// Index tables hold what the published documents say. A deep check publishes every item once more, in transactions that are never committed, and
/// compares the rows before and after: the handlers themselves say what the rows must be.
/// </summary>
public sealed class DerivedInvariant(Database database, IEnumerable<IContentHandler> handlers) : IInvariant
{
    // Writers wait for a batch.
    private const int BatchSize = 50;
    private readonly IContentHandler[] _handlers = [.. handlers];

    public Phrase Name { get; } = new("ตารางดัชนีตรงกับเอกสาร", "index tables agree with documents");

    public async Task CheckAsync(Inspection inspection)
    {
        foreach (var table in DerivedTables.All)
        {
            var condition = table.And($"not exists (select 1 from content_items i where i.content_item_id = {table.Name}.{table.Key} and i.published = 1)");
            foreach (var id in await database.QueryAsync<string>($"select distinct {table.Key} from {table.Name} where {condition}"))
                inspection.Find($"{table.Name} {id}", "มีแถวของสิ่งที่ไม่ได้เผยแพร่", "has rows of something that is not published");
        }
        if (!inspection.IsDeep) return;
        foreach (var batch in (await database.QueryAsync<string>("select content_item_id from content_items where published = 1 order by id")).Chunk(BatchSize))
            await PublishAgainAsync(batch, inspection);
    }

    private async Task PublishAgainAsync(string[] ids, Inspection inspection)
    {
        await using var transaction = await database.BeginAsync();
        var documents = await transaction.QueryAsync<string>("select document from content_items where content_item_id in @ids and published = 1 order by id", new { ids });
        var before = await RowsAsync(ids, transaction);
        foreach (var document in documents)
        {
            var item = ContentItemJson.Read(JsonNode.Parse(document)!.AsObject());
            try
            {
                foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
            }
            catch (InvalidContentException error)
            {
                inspection.Find(item.ContentItemId, $"เผยแพร่ซ้ำไม่ได้: {error.Message}", $"could not be published again: {error.Message}");
            }
        }
        var after = await RowsAsync(ids, transaction);
        foreach (var row in before.Except(after)) inspection.Find(row, "แถวนี้ไม่ตรงกับเอกสาร", "this row is not what the document says");
        foreach (var row in after.Except(before)) inspection.Find(row, "ขาดแถวนี้", "this row is missing");
    }

    private static async Task<HashSet<string>> RowsAsync(string[] ids, DatabaseTransaction transaction)
    {
        var rows = new HashSet<string>();
        foreach (var table in DerivedTables.All)
            foreach (IDictionary<string, object?> row in await transaction.QueryAsync<dynamic>($"select * from {table.Name} where {table.And($"{table.Key} in @ids")}", new { ids }))
                rows.Add($"{table.Name} {string.Join(' ', row.Select(c => $"{c.Key}={Convert.ToString(c.Value, CultureInfo.InvariantCulture)}"))}");
        return rows;
    }
}
