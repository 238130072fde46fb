namespace KnowledgePortal.Cms.Permissions;

/// <summary>The permissions of one visitor, with what they imply: publishing implies editing, editing previewing, previewing viewing; all content implies each type; all implies own.</summary>
public sealed class HeldPermissions(bool isAdministrator, IReadOnlyList<HashSet<string>> roles, IReadOnlySet<string> securable)
{
    /// <summary>A permission that is about no content, or just this name.</summary>
    public bool Has(string permission) => isAdministrator || roles.Any(role => role.Contains(permission));

    /// <summary>With every item of a type.</summary>
    public bool May(ContentAction action, string type) =>
        Sufficient(action).Any(verb => Has($"{verb}Content") || securable.Contains(type) && Has($"{verb}_{type}"));

    /// <summary>With one's own items of a type.</summary>
    public bool MayOwn(ContentAction action, string type) =>
        May(action, type) || Sufficient(action).Any(verb => Has($"{verb}OwnContent") || securable.Contains(type) && Has($"{verb}Own_{type}"));

    /// <summary>Few: somebody who may view all that is public has one.</summary>
    public ViewerTokens Tokens(Visitor visitor)
    {
        if (Sufficient(ContentAction.Preview).Any(verb => Has($"{verb}Content"))) return ViewerTokens.Everything;
        var views = Has("ViewContent");
        var tokens = new List<string>();
        if (views) tokens.AddRange(visitor.Groups);
        var owns = visitor.Name is null ? null : ViewerTokens.Own(visitor.Name);
        var ownsAny = views || Sufficient(ContentAction.View).Any(verb => Has($"{verb}OwnContent"));
        if (owns is not null && ownsAny) tokens.Add(owns);
        foreach (var type in securable.Order(StringComparer.Ordinal))
        {
            if (Sufficient(ContentAction.Preview).Any(verb => Has($"{verb}_{type}"))) tokens.Add(ViewerTokens.OfType(type, ViewerTokens.All));
            else
            {
                if (!views && Has($"View_{type}")) tokens.AddRange(visitor.Groups.Select(group => ViewerTokens.OfType(type, group)));
                if (owns is not null && !ownsAny && MayOwn(ContentAction.View, type)) tokens.Add(ViewerTokens.OfType(type, owns));
            }
        }
        return new ViewerTokens(tokens);
    }

    // Removing is its own right: it neither includes others nor is included.
    private static IEnumerable<string> Sufficient(ContentAction action) => action switch
    {
        ContentAction.Delete => ["Delete"],
        _ => Enum.GetValues<ContentAction>().Where(a => a >= action && a != ContentAction.Delete).Select(a => a.ToString()),
    };
}
