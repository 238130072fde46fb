namespace KnowledgePortal.Cms.Permissions;

/// <summary>
/// What a visitor is to published content: an item is seen by whoever has one of the tokens that stand beside it in <c>content_viewers</c>. A token is
/// <c>*</c>, a view group or <c>own:</c> and a user name; with a content type and a slash before it, it counts for that type alone.
/// </summary>
/// <param name="Values">The tokens; nobody without any sees anything.</param>
public sealed record ViewerTokens(IReadOnlyList<string> Values)
{
    /// <summary>Beside every item.</summary>
    public const string All = "*";

    /// <summary>For the application's own reading, such as an index that keeps the tokens of what it holds: everything.</summary>
    public static ViewerTokens Everything { get; } = new([All]);

    /// <summary>For what anybody may be told, whoever reads it later.</summary>
    public static ViewerTokens Public { get; } = new([ViewGroups.Everybody]);

    /// <summary>The condition of a statement that lists items; its parameter is <c>viewers</c>, which are <see cref="Values"/>.</summary>
    /// <param name="contentItemId">The column with the item's id.</param>
    public static string See(string contentItemId) =>
        $"exists (select 1 from content_viewers v where v.content_item_id = {contentItemId} and v.viewer in @viewers)";

    /// <summary>The tokens that stand beside an item.</summary>
    public static IReadOnlyList<string> Beside(string contentType, string? owner, ViewGroups groups)
    {
        string[] general = [All, .. groups.Names, .. owner is { Length: > 0 } ? new[] { Own(owner) } : []];
        return [.. general, .. general.Select(token => OfType(contentType, token))];
    }

    /// <summary>What the owner of an item has.</summary>
    public static string Own(string userName) => "own:" + userName;

    /// <summary>The same, for one type alone.</summary>
    public static string OfType(string contentType, string token) => $"{contentType}/{token}";
}
