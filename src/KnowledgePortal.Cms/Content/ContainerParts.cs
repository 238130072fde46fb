namespace KnowledgePortal.Cms.Content;

/// <summary>Orchard's BagPart: nested items. Usually attached under a name of its own.</summary>
public sealed class BagPart : ContentPart
{
    /// <summary>The items in their order.</summary>
    public IReadOnlyList<ContentItem> ContentItems { get => MemberItems(); set => SetItems(value); }
}

/// <summary>Orchard's FlowPart: nested widgets.</summary>
public sealed class FlowPart : ContentPart
{
    /// <summary>The widgets in their order; each may carry <c>FlowMetadata</c>.</summary>
    public IReadOnlyList<ContentItem> Widgets { get => MemberItems(); set => SetItems(value); }
}

/// <summary>Orchard's ContainedPart, on an item that belongs to a list.</summary>
public sealed class ContainedPart : ContentPart
{
    /// <summary>The item whose list it is.</summary>
    public string ListContentItemId { get => Member(); set => Set(value); }

    /// <summary>Its type; absent in recipes of before 2021.</summary>
    public string ListContentType { get => Member(); set => Set(value); }

    /// <summary>Its place in an ordered list.</summary>
    public int Order { get => (int)Math.Clamp(MemberNumber() ?? 0, int.MinValue, int.MaxValue); set => Set(value); }
}

/// <summary>Orchard's TaxonomyPart.</summary>
public sealed class TaxonomyPart : ContentPart
{
    /// <summary>The type of its terms.</summary>
    public string TermContentType { get => Member(); set => Set(value); }

    /// <summary>The terms of the first level; a term's own lie in its <c>Terms</c>.</summary>
    public IReadOnlyList<ContentItem> Terms { get => MemberItems(); set => SetItems(value); }
}

/// <summary>Orchard's TermPart, on every term.</summary>
public sealed class TermPart : ContentPart
{
    /// <summary>The taxonomy that the term belongs to.</summary>
    public string TaxonomyContentItemId { get => Member(); set => Set(value); }
}

/// <summary>Orchard's MenuItemsListPart, on a menu and on a menu item with items below it.</summary>
public sealed class MenuItemsListPart : ContentPart
{
    /// <summary>The items in their order.</summary>
    public IReadOnlyList<ContentItem> MenuItems { get => MemberItems(); set => SetItems(value); }
}

/// <summary>Orchard's LinkMenuItemPart; the label is the item's display text.</summary>
public sealed class LinkMenuItemPart : ContentPart
{
    /// <summary><c>~/about</c>, or an address elsewhere.</summary>
    public string Url { get => Member(); set => Set(value); }

    /// <summary>Such as <c>_blank</c>.</summary>
    public string Target { get => Member(); set => Set(value); }

    /// <summary>The label in recipes of before 2020.</summary>
    public string Name => Member();
}

/// <summary>Orchard's ContentMenuItemPart.</summary>
public sealed class ContentMenuItemPart : ContentPart
{
    /// <summary>The items that the menu item leads to; one.</summary>
    public IReadOnlyList<string> SelectedContentItem { get => ContentItemIds(); set => SetField("ContentItemIds", new System.Text.Json.Nodes.JsonArray([.. value])); }

    /// <summary>Shown only to those who may see the item.</summary>
    public bool CheckContentPermissions { get => MemberFlag(); set => Set(value); }
}

/// <summary>Orchard's MenuItemPermissionPart.</summary>
public sealed class MenuItemPermissionPart : ContentPart
{
    /// <summary>Who may see the menu item.</summary>
    public IReadOnlyList<string> PermissionNames => MemberTexts();
}
