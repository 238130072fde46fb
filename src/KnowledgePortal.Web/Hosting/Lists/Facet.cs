namespace KnowledgePortal.Web.Hosting.Lists;

/// <summary>A group of choices in a filter form: <paramref name="Name"/> is the form field.</summary>
public sealed record Facet(string Name, string Title, IReadOnlyList<FacetChoice> Choices)
{
    public bool HasSelection => Choices.Any(c => c.IsSelected);
}

public sealed record FacetChoice(string Value, string Label, long Count, bool IsSelected);

/// <summary>A filter in force and the address without it.</summary>
public sealed record AppliedFilter(string Label, string RemoveUrl);

public sealed record PageLink(int Number, string Url, bool IsCurrent);
