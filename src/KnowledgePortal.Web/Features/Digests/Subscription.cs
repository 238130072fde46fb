namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What somebody asked for, as <c>subscriptions</c> keeps it. Times are UTC, ISO 8601.</summary>
public sealed record Subscription
{
    public long Id { get; init; }
    public string Address { get; init; } = "";
    public string Frequency { get; init; } = "";
    public string TermIds { get; init; } = "";

    /// <summary>The key of the search that is followed; empty when none is.</summary>
    public string Search { get; init; } = "";

    /// <summary>Stands in every mail; who has it may stop and change this subscription and nothing else.</summary>
    public string Token { get; init; } = "";
    public string? ConfirmationExpiresUtc { get; init; }
    public string? ConfirmedUtc { get; init; }
    public string? UnsubscribedUtc { get; init; }
    public long LastEventId { get; init; }

    public bool IsActive => ConfirmedUtc is not null && UnsubscribedUtc is null;

    public Interests Interests => Interests.Of(TermIds, Search);

    public DigestFrequency Every => DigestFrequencies.Parse(Frequency) ?? throw new InvalidOperationException($"no frequency is called {Frequency}");
}
