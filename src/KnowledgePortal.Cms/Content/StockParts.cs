using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Orchard's TitlePart; <see cref="ContentItem.DisplayText"/> mirrors it.</summary>
public sealed class TitlePart : ContentPart
{
    /// <summary>Plain text.</summary>
    public string Title { get => Member(); set => Set(value); }
}

/// <summary>Orchard's AutoroutePart.</summary>
public sealed class AutoroutePart : ContentPart
{
    /// <summary>Address without a leading slash.</summary>
    public string Path { get => Member(); set => Set(value); }

    /// <summary>The item asks to be the home page.</summary>
    public bool SetHomepage { get => MemberFlag(); set => Set(value); }

    /// <summary>The item has no address.</summary>
    public bool Disabled { get => MemberFlag(); set => Set(value); }

    /// <summary>Nested items have addresses below this one.</summary>
    public bool RouteContainedItems { get => MemberFlag(); set => Set(value); }

    /// <summary>A nested item's address does not begin with its container's.</summary>
    public bool Absolute { get => MemberFlag(); set => Set(value); }
}

/// <summary>Orchard's AliasPart.</summary>
public sealed class AliasPart : ContentPart
{
    /// <summary>A name by which code and recipes find the item: <c>alias:main-menu</c>.</summary>
    public string Alias { get => Member(); set => Set(value); }
}

/// <summary>Orchard's MarkdownBodyPart.</summary>
public sealed class MarkdownBodyPart : ContentPart
{
    /// <summary>CommonMark text.</summary>
    public string Markdown { get => Member(); set => Set(value); }
}

/// <summary>Orchard's HtmlBodyPart.</summary>
public sealed class HtmlBodyPart : ContentPart
{
    /// <summary>HTML as it was written: it must be sanitised before it is shown.</summary>
    public string Html { get => Member(); set => Set(value); }
}

/// <summary>Orchard's LiquidPart: kept, never rendered.</summary>
public sealed class LiquidPart : ContentPart
{
    /// <summary>A template.</summary>
    public string Liquid { get => Member(); set => Set(value); }
}

/// <summary>Orchard's PublishLaterPart.</summary>
public sealed class PublishLaterPart : ContentPart
{
    /// <summary>When the draft is to be published.</summary>
    public DateTime? ScheduledPublishUtc { get => MemberTime(); set => Set(value is { } utc ? InvariantTime.Format(utc) : null); }
}

/// <summary>Orchard's ArchiveLaterPart.</summary>
public sealed class ArchiveLaterPart : ContentPart
{
    /// <summary>When the item is to be withdrawn.</summary>
    public DateTime? ScheduledArchiveUtc { get => MemberTime(); set => Set(value is { } utc ? InvariantTime.Format(utc) : null); }
}

/// <summary>Orchard's LocalizationPart.</summary>
public sealed class LocalizationPart : ContentPart
{
    /// <summary>Shared by the translations of an item.</summary>
    public string LocalizationSet { get => Member(); set => Set(value); }

    /// <summary>Such as <c>th</c>.</summary>
    public string Culture { get => Member(); set => Set(value); }
}

/// <summary>Orchard's SeoMetaPart, as far as pages show it.</summary>
public sealed class SeoMetaPart : ContentPart
{
    /// <summary>Title of the page in the browser.</summary>
    public string PageTitle { get => Member(); set => Set(value); }

    /// <summary>For search engines.</summary>
    public string MetaDescription { get => Member(); set => Set(value); }

    /// <summary>For search engines.</summary>
    public string MetaKeywords { get => Member(); set => Set(value); }

    /// <summary>The address that search engines should know.</summary>
    public string Canonical { get => Member(); set => Set(value); }

    /// <summary>Such as <c>noindex</c>.</summary>
    public string MetaRobots { get => Member(); set => Set(value); }
}

/// <summary>Orchard's AuditTrailPart.</summary>
public sealed class AuditTrailPart : ContentPart
{
    /// <summary>Why the item was changed.</summary>
    public string Comment { get => Member(); set => Set(value); }
}

/// <summary>Orchard's SitemapPart.</summary>
public sealed class SitemapPart : ContentPart
{
    /// <summary>The item stands in no sitemap.</summary>
    public bool Exclude { get => MemberFlag(); set => Set(value); }
}
