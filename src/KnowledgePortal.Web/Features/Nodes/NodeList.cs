using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Nodes;

/// <summary>A node as administrators see it.</summary>
public sealed record SeenNode
{
    public string Node { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Seconds since it was last seen, by the database's clock.</summary>
    public long Ago { get; init; }

    /// <summary>The last change that its search index holds; null for one that has none yet.</summary>
    public long? Cursor { get; init; }

    public bool IsLeading { get; init; }
}

/// <summary>The nodes that serve the site. One that has not been seen for a week is forgotten.</summary>
public sealed class NodeList(Database database, NodeIdentity node, Leadership leadership)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task SeenAsync()
    {
        await using var transaction = await database.BeginAsync(isDurable: false);
        await transaction.ExecuteAsync(
            """
            insert into nodes (node, name, seen_at) values (@Id, @Name, unixepoch())
            on conflict (node) do update set name = excluded.name, seen_at = excluded.seen_at
            """,
            new { node.Id, node.Name });
        await transaction.ExecuteAsync("delete from nodes where seen_at < unixepoch() - @seconds", new { seconds = (long)Kept.TotalSeconds });
        await transaction.CommitAsync();
    }

    public async Task<IReadOnlyList<SeenNode>> AllAsync()
    {
        var leading = await leadership.NodeAsync();
        return [.. (await database.QueryAsync<SeenNode>(
            "select n.node, n.name, unixepoch() - n.seen_at as ago, c.cursor from nodes n left join search_cursors c on c.node = n.node order by n.name"))
            .Select(n => n with { IsLeading = n.Node == leading })];
    }
}
