namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The page of an item whose type has no page of its own: its parts and fields as its definition orders them.</summary>
public sealed record ItemPage(
    string Title, string Description, string? Robots, IReadOnlyList<ShownPart> Parts, ItemList? List, DateOnly? UpdatedOn)
{
    public bool HasText => Parts.Any(p => p.ProseHtml.Length > 0 || p.Texts.Any() || p.Items.Count > 0);
}

/// <summary>A part: its prose, its labelled values, the items inside it. <paramref name="Heading"/> is empty for the item's own fields.</summary>
public sealed record ShownPart(string Heading, string ProseHtml, IReadOnlyList<ShownField> Fields, IReadOnlyList<ShownItem> Items)
{
    public IEnumerable<ShownField> Texts => Fields.Where(f => f.Values.Any(v => v.Html is not null));

    public IEnumerable<ShownField> Pictures => Fields.Where(f => f.Values.Any(v => v.PictureUrl is not null));

    /// <summary>Short values: words, dates, links.</summary>
    public IReadOnlyList<ShownField> Facts => [.. Fields.Where(f => f.Values.All(v => v.Html is null && v.PictureUrl is null))];

    public ShownPart WithoutFacts() => this with { Fields = [.. Texts, .. Pictures] };

    public bool IsEmpty => ProseHtml.Length == 0 && Fields.Count == 0 && Items.Count == 0;
}

/// <summary>A field and its values.</summary>
public sealed record ShownField(string Label, IReadOnlyList<ShownValue> Values);

/// <summary>One value: safe HTML, or else text, with the address to which it leads or the picture that it is.</summary>
public sealed record ShownValue(string Text, string? Url = null, string? PictureUrl = null, string? Html = null);

/// <summary>An item inside another one: an entry of a bag, a widget, a term, an entry of a menu.</summary>
public sealed record ShownItem(string Title, string? Url, IReadOnlyList<ShownPart> Parts);

/// <summary>The items that a list holds, a page at a time; the addresses of the neighbouring pages are null at the ends.</summary>
public sealed record ItemList(IReadOnlyList<ListEntry> Entries, int Total, int Page, int PageCount, string? PreviousUrl, string? NextUrl);

/// <summary>An item of a list; <paramref name="Path"/> is null when it has no page.</summary>
public sealed record ListEntry(string Title, string? Path, DateOnly? PublishedOn);
