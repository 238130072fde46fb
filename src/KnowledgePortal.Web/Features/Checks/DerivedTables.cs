namespace KnowledgePortal.Web.Features.Checks;

/// <summary>A table that handlers fill from published documents, and nobody else writes.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its column with the id of the item.</param>
/// <param name="Where">Which of its rows are about published items; empty for all.</param>
public sealed record DerivedTable(string Name, string Key = "content_item_id", string Where = "")
{
    public string And(string condition) => Where.Length == 0 ? condition : $"{Where} and {condition}";
}

/// <summary>Every table that names content items, so that none is forgotten by the check: made of documents, or of something else.</summary>
public static class DerivedTables
{
    public static IReadOnlyList<DerivedTable> All { get; } =
    [
        new("autoroute_index"), new("alias_index"), new("term_index", "taxonomy_item_id"), new("content_terms"), new("contained_index"),
        new("session_index"), new("community_index"), new("recording_index"), new("practice_index"), new("article_index"), new("media_usage", Where: "published = 1"),
        new("content_viewers"), new("view_groups", Where: "exists (select 1 from content_items p where p.content_item_id = view_groups.content_item_id and p.published = 1)"),
    ];

    /// <summary>Tables with a column <c>content_item_id</c> that are not made of published documents.</summary>
    public static IReadOnlyList<string> Others { get; } =
        ["content_items", "removed_items", "autoroute_redirects", "indexing_tasks", "activity_events", "autosaves"];
}
