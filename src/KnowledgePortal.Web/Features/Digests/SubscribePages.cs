namespace KnowledgePortal.Web.Features.Digests;

/// <summary>The form; <paramref name="Token"/> is set when it changes a subscription that is there.</summary>
public sealed record SubscribePage(SubscribeForm Form, InterestList Choices, string? Token = null)
{
    public bool IsChange => Token is not null;
}

/// <summary>A subscription in words: what, how often, to which address.</summary>
public sealed record SubscriptionPage(Subscription Subscription, string What, bool IsDone);
