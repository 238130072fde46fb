using System.Diagnostics.CodeAnalysis;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>A news item as its line of the file says it; nothing is tidied yet but control characters, which are gone.</summary>
public sealed record NewsItem(string Id, string Title, string Text);

/// <summary>A line of the file, counted from 1: an item, or the reason in the operator's language why there is none.</summary>
public sealed record NewsLine(long Number, NewsItem? Item, string? Reason)
{
    [MemberNotNullWhen(true, nameof(Item))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsReadable => Item is not null;
}
