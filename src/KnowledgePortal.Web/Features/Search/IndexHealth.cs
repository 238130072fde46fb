namespace KnowledgePortal.Web.Features.Search;

/// <summary>How the index is.</summary>
public sealed record IndexHealth
{
    /// <summary>Null when the index cannot be read.</summary>
    public long? Documents { get; init; }
    public long Bytes { get; init; }
    public int Segments { get; init; }

    /// <summary>Changes in the database that it does not hold yet.</summary>
    public long Lag { get; init; }
    public IndexRebuild? LastRebuild { get; init; }

    /// <summary>When a damaged index was set aside that is still kept; null when there is none.</summary>
    public DateTime? DamagedKeptUtc { get; init; }

    public bool IsRebuilding => LastRebuild is { EndedUtc: null };
}
