namespace KnowledgePortal.Web.Features.Api.Webhooks;

/// <summary>An address that is told what happens to content.</summary>
public sealed record Webhook
{
    public string WebhookId { get; init; } = "";
    public string Address { get; init; } = "";

    /// <summary>Protected with the site's keys.</summary>
    public string Secret { get; init; } = "";
    public string Events { get; init; } = "";
    public string ContentTypes { get; init; } = "";

    /// <summary>Whether it is told of items that anonymous readers do not see.</summary>
    public bool TellsAll { get; init; }
    public bool IsPaused { get; init; }

    /// <summary>Attempts in a row that failed.</summary>
    public int Failures { get; init; }
    public string CreatedUtc { get; init; } = "";

    public IReadOnlyList<string> EventList => Events.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    public IReadOnlyList<string> TypeList => ContentTypes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool Hears(string what, string contentType) => EventList.Contains(what) && (TypeList.Count == 0 || TypeList.Contains(contentType));
}

/// <summary>Something that is, or was, to be told.</summary>
public sealed record WebhookDelivery
{
    public string DeliveryId { get; init; } = "";
    public string WebhookId { get; init; } = "";
    public string Event { get; init; } = "";
    public string Title { get; init; } = "";
    public string Body { get; init; } = "";
    public string State { get; init; } = DeliveryState.Waiting;
    public int Attempts { get; init; }
    public string CreatedUtc { get; init; } = "";
    public int? Status { get; init; }
    public string? Answer { get; init; }
    public string? AnsweredUtc { get; init; }
}

public static class DeliveryState
{
    public const string Waiting = "waiting";
    public const string Sent = "sent";
    public const string Dead = "dead";
}

/// <summary>What can happen to content.</summary>
public static class WebhookEvents
{
    public const string Published = "published";
    public const string Unpublished = "unpublished";
    public const string Removed = "removed";
    public const string Test = "test";

    public static IReadOnlyList<(string Name, string Title)> All { get; } = [(Published, "เผยแพร่หรือแก้ไข"), (Unpublished, "ถอนการเผยแพร่"), (Removed, "ย้ายไปถังขยะ")];

    public static string Title(string name) => name == Test ? "ทดสอบ" : All.FirstOrDefault(e => e.Name == name).Title ?? name;
}
