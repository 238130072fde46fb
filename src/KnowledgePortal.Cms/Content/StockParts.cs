namespace KnowledgePortal.Cms.Content;

/// <summary>Orchard's TitlePart; <see cref="ContentItem.DisplayText"/> mirrors it.</summary>
public sealed class TitlePart : ContentPart
{
    /// <summary>Plain text.</summary>
    public string Title => Member();
}

/// <summary>Orchard's AutoroutePart.</summary>
public sealed class AutoroutePart : ContentPart
{
    /// <summary>Address without a leading slash.</summary>
    public string Path => Member();
}

/// <summary>Orchard's AliasPart.</summary>
public sealed class AliasPart : ContentPart
{
    /// <summary>A name by which code and recipes find the item.</summary>
    public string Alias => Member();
}

/// <summary>Orchard's MarkdownBodyPart.</summary>
public sealed class MarkdownBodyPart : ContentPart
{
    /// <summary>CommonMark text.</summary>
    public string Markdown => Member();
}
