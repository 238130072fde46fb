using System.Globalization;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Items that changed, with the documents of those that are published and searched; <paramref name="Last"/> is the number of the last task.</summary>
internal sealed record IndexingBatch(IReadOnlyList<string> Ids, IReadOnlyDictionary<string, Document> Documents, long Last)
{
    public void ApplyTo(IndexWriter writer)
    {
        foreach (var id in Ids)
        {
            // What is not there any more is a delete, whatever the task says.
            if (Documents.TryGetValue(id, out var document)) writer.Update(document);
            else writer.Delete(id);
        }
    }
}

/// <summary>What an index holds, as its commits say it: the version of its fields, the build that was asked for, the last task that it followed.</summary>
internal sealed record IndexPosition(int Version, int Generation, long Cursor)
{
    public static IndexPosition Read(string? commitData)
    {
        var parts = (commitData ?? "").Split('.');
        return parts.Length == 3 && int.TryParse(parts[0], out var version) && int.TryParse(parts[1], out var generation) && long.TryParse(parts[2], out var cursor)
            ? new IndexPosition(version, generation, cursor)
            : new IndexPosition(0, 0, 0);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Generation}.{Cursor}");
}
