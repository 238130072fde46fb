using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Merging;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Where an item stands between its editors and its readers.</summary>
public enum ItemState
{
    /// <summary>Readers see nothing of it.</summary>
    Draft,

    /// <summary>Readers see the latest version.</summary>
    Published,

    /// <summary>Readers see an older version than the latest.</summary>
    Changed,
}

/// <summary>The form of an item and what can be done with it.</summary>
public sealed record EditorPage
{
    public required ContentItem Item { get; init; }
    public required ContentTypeDefinition Type { get; init; }
    public required FormSchema Schema { get; init; }
    public required IReadOnlyList<FormSection> Sections { get; init; }
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];

    /// <summary>The version that is edited; null for an item that is not stored yet.</summary>
    public ContentVersion? Version { get; init; }
    public ItemState State { get; init; }

    /// <summary>What somebody else has saved meanwhile, merged with what is typed; null when nobody did.</summary>
    public MergePanel? Merge { get; init; }

    /// <summary>When the draft is to be published, and whether that time has come and something stands against it.</summary>
    public DateTime? PublishAt { get; init; }
    public bool IsOverdue { get; init; }

    /// <summary>When readers cease to see the item.</summary>
    public DateTime? ArchiveAt { get; init; }

    /// <summary>The page that readers see; null while they see none.</summary>
    public string? PublicPath { get; init; }
    public bool MayPublish { get; init; }
    public bool MayDelete { get; init; }
    public bool MayUpload { get; init; }

    /// <summary>What has just been done, in words.</summary>
    public string? Done { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>When what stands in the boxes was typed, when it was never saved; null when it is what is stored.</summary>
    public string? RestoredUtc { get; init; }

    /// <summary>What lies in the item's list; null when it is none.</summary>
    public ChildList? Children { get; init; }

    /// <summary>The list in which a new item is made; null for none.</summary>
    public string? ListId { get; init; }

    public bool IsNew => Version is null;
}

/// <summary>One line of the dashboard.</summary>
public sealed record ItemRow
{
    public string ContentItemId { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Owner { get; init; }
    public string? Author { get; init; }
    public string? ModifiedUtc { get; init; }
    public string? PublishLaterUtc { get; init; }
    public string? ArchiveLaterUtc { get; init; }
    public bool LatestIsPublished { get; init; }
    public bool HasPublished { get; init; }

    public ItemState State => LatestIsPublished ? ItemState.Published : HasPublished ? ItemState.Changed : ItemState.Draft;
}

/// <summary>The dashboard: what waits for the visitor, and everything that he may edit.</summary>
public sealed record DashboardPage
{
    public IReadOnlyList<ContentTypeDefinition> Creatable { get; init; } = [];
    public IReadOnlyList<ItemRow> MyDrafts { get; init; } = [];
    public IReadOnlyList<ItemRow> Items { get; init; } = [];
    public long Total { get; init; }
    public string? Type { get; init; }
    public string Query { get; init; } = "";
    public int Page { get; init; } = 1;
    public int PageCount { get; init; }
    public string? Done { get; init; }
    public bool MayManageTerms { get; init; }

    public string TypeName(string name) => Creatable.FirstOrDefault(t => t.Name == name)?.DisplayName ?? name;
}
