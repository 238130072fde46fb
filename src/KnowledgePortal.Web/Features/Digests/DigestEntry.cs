namespace KnowledgePortal.Web.Features.Digests;

/// <summary>In the order of the mail.</summary>
public enum DigestGroup
{
    /// <summary>Announced, and still ahead.</summary>
    Upcoming,
    Sessions,
    Practices,
    Articles,
}

/// <summary>Something new or changed, as a mail shows it.</summary>
public sealed record DigestEntry
{
    private EntryText? _new, _updated;

    public required string ContentItemId { get; init; }
    public required DigestGroup Group { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public string Line { get; init; } = "";

    /// <summary>The fold beside it: a large word and a small one.</summary>
    public string Leaf { get; init; } = "";
    public string LeafNote { get; init; } = "";

    /// <summary>Community, day, agency: what stands under the line.</summary>
    public IReadOnlyList<string> Meta { get; init; } = [];
    public IReadOnlySet<string> TermIds { get; init; } = new HashSet<string>();

    /// <summary>Ids of its activity events, ascending, and whether each was a first publication.</summary>
    public IReadOnlyList<EntryEvent> Events { get; init; } = [];

    /// <summary>Written once, however many mails it is in.</summary>
    internal EntryText Text(bool isNew) => isNew ? _new ??= EntryText.Of(this, isNew: true) : _updated ??= EntryText.Of(this, isNew: false);
}

public sealed record EntryEvent(long Id, bool IsPublication);

/// <summary>An entry of one mail: for this reader new, or known and changed.</summary>
public sealed record DigestItem(DigestEntry Entry, bool IsNew);
