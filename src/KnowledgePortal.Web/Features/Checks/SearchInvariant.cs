using KnowledgePortal.Cms.Data;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>
/// The search index holds the published items in their published versions and nothing else; checked deeply, with exactly the stored fields that they
/// would get now.
/// </summary>
public sealed class SearchInvariant(Database database, SearchIndex index, IndexedDocuments documents, ThaiAnalyzer analyzer, PortalSettings settings) : IInvariant
{
    private const int BatchSize = 200;
    private const int MostAttempts = 3;

    public Phrase Name { get; } = new("ดัชนีค้นหาตรงกับฐานข้อมูล", "the search index agrees with the database");

    public async Task CheckAsync(Inspection inspection)
    {
        try
        {
            _ = Open(); // before anything may mend it
            await CompareAsync(inspection);
        }
        catch (DamagedIndexException error)
        {
            inspection.Find(settings.IndexFolder, $"อ่านไม่ได้: {error.Message}", $"cannot be read: {error.Message}");
        }
        catch (TimeoutException error)
        {
            inspection.Find(settings.IndexFolder, $"ตามไม่ทันฐานข้อมูล: {error.Message}", $"does not follow the database: {error.Message}");
        }
    }

    private Searcher Open() => Searcher.Open(settings.IndexFolder, SearchFields.Schema, analyzer);

    // What is written meanwhile makes differences that the next look does not find any more.
    private async Task CompareAsync(Inspection inspection)
    {
        for (var attempt = 1; ; attempt++)
        {
            await index.CatchUpAsync();
            var differences = await DifferencesAsync(Open(), inspection.IsDeep);
            if (differences.Count > 0 && attempt < MostAttempts) continue;
            foreach (var (id, what) in differences) inspection.Find(id, what.Thai, what.English);
            return;
        }
    }

    private async Task<IReadOnlyList<(string Id, Phrase What)>> DifferencesAsync(Searcher searcher, bool isDeep)
    {
        var differences = new List<(string, Phrase)>();
        var published = (await database.QueryAsync<(string Id, string Version)>("select content_item_id, content_item_version_id from content_items where published = 1"))
            .ToDictionary(p => p.Id, p => p.Version);
        var hits = searcher.Search(new SearchRequest { Top = (int)searcher.DocumentCount, CountTotal = false }).Hits.ToDictionary(h => h.Key);
        foreach (var (id, hit) in hits)
        {
            if (!published.TryGetValue(id, out var version)) differences.Add((id, new Phrase("อยู่ในดัชนี แต่ไม่ได้เผยแพร่", "is in the index and not published")));
            else if (hit.Stored(SearchFields.StoredVersion) != version) differences.Add((id, new Phrase("ดัชนีเป็นของฉบับอื่น", "is in the index in another version")));
        }
        if (isDeep)
            foreach (var batch in published.Keys.Chunk(BatchSize)) await CompareStoredAsync(batch, hits, differences);
        return differences;
    }

    private async Task CompareStoredAsync(string[] ids, Dictionary<string, Hit> hits, List<(string, Phrase)> differences)
    {
        var expected = await documents.OfAsync(ids);
        foreach (var id in ids)
        {
            var (document, hit) = (expected.GetValueOrDefault(id), hits.GetValueOrDefault(id));
            if (document is null != hit is null) differences.Add((id, hit is null ? new Phrase("ไม่อยู่ในดัชนี", "is not in the index") : new Phrase("ไม่ควรอยู่ในดัชนี", "should not be in the index")));
            else if (document?.StoredValues.DistinctBy(s => s.Name).FirstOrDefault(s => hit!.Stored(s.Name) != s.Value) is { Name: { } field })
                differences.Add((id, new Phrase($"ค่าที่เก็บในดัชนีไม่ตรง: {field}", $"another value is stored in the index: {field}")));
        }
    }
}
