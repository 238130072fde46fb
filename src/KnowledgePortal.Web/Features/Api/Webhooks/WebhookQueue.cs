using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Api.Webhooks;

/// <summary>What is to be told, and what came of it.</summary>
public sealed class WebhookQueue(Database database)
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private const int MostFailures = 20;
    private const string Columns = "d.delivery_id, d.webhook_id, d.event, d.title, d.body, d.state, d.attempts, d.created_utc, d.status, d.answer, d.answered_utc";

    // A sender that dies leaves what it had taken to the next one.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6)];

    public static Task AddAsync(string webhookId, string what, string title, JsonObject item, DateTime now, DatabaseTransaction transaction)
    {
        var id = ContentIds.New();
        var at = InvariantTime.Format(now);
        var body = new JsonObject { ["id"] = id, ["event"] = what, ["atUtc"] = at, ["item"] = item }.ToJsonString(JsonText.Options);
        return transaction.ExecuteAsync(
            """
            insert into webhook_deliveries (delivery_id, webhook_id, event, title, body, state, attempts, created_utc, due_utc)
            values (@id, @webhookId, @what, @title, @body, @Waiting, 0, @at, @at)
            """,
            new { id, webhookId, what, title, body, DeliveryState.Waiting, at });
    }

    /// <summary>Takes what is due, so that no other sender does.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(DateTime now, int count, string? webhookId = null)
    {
        await using var transaction = await database.BeginAsync();
        var due = await transaction.QueryAsync<WebhookDelivery>(
            $"""
            select {Columns} from webhook_deliveries d join webhooks w on w.webhook_id = d.webhook_id and w.is_paused = 0
            where d.state = @Waiting and d.due_utc <= @now and (@webhookId is null or d.webhook_id = @webhookId) order by d.due_utc, d.delivery_id limit @count
            """,
            new { DeliveryState.Waiting, now = InvariantTime.Format(now), count, webhookId });
        foreach (var delivery in due)
            await transaction.ExecuteAsync("update webhook_deliveries set due_utc = @until where delivery_id = @DeliveryId", new { until = InvariantTime.Format(now + Lease), delivery.DeliveryId });
        await transaction.CommitAsync();
        return due;
    }

    /// <summary>Writes down the answer; who fails again and again is paused.</summary>
    public async Task SettleAsync(WebhookDelivery delivery, WebhookAnswer answer, DateTime now)
    {
        var attempts = delivery.Attempts + 1;
        var isLate = now - InvariantTime.Parse(delivery.CreatedUtc) >= Patience;
        var state = answer.IsTaken ? DeliveryState.Sent : isLate ? DeliveryState.Dead : DeliveryState.Waiting;
        var due = now + Waits[Math.Min(attempts, Waits.Length) - 1];
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "update webhook_deliveries set state = @state, attempts = @attempts, status = @Status, answer = @Text, answered_utc = @now, due_utc = @due where delivery_id = @DeliveryId",
            new { state, attempts, answer.Status, answer.Text, now = InvariantTime.Format(now), due = InvariantTime.Format(due), delivery.DeliveryId });
        await transaction.ExecuteAsync(
            answer.IsTaken
                ? "update webhooks set failures = 0 where webhook_id = @WebhookId"
                : "update webhooks set failures = failures + 1, is_paused = case when failures + 1 >= @MostFailures then 1 else is_paused end where webhook_id = @WebhookId",
            new { delivery.WebhookId, MostFailures });
        await transaction.ExecuteAsync("delete from webhook_deliveries where state <> @Waiting and created_utc < @limit", new { DeliveryState.Waiting, limit = InvariantTime.Format(now - Kept) });
        await transaction.CommitAsync();
    }

    /// <summary>How many deliveries wait to be sent.</summary>
    public static Task<long> WaitingAsync(Database database) => database.FirstAsync<long>("select count(*) from webhook_deliveries where state = @Waiting", new { DeliveryState.Waiting });

    /// <summary>Gives up what waits to be sent; how many deliveries.</summary>
    public static Task<int> DiscardAsync(string reason, DateTime now, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        "update webhook_deliveries set state = @Dead, status = null, answer = @reason, answered_utc = @now where state = @Waiting",
        new { DeliveryState.Dead, DeliveryState.Waiting, reason, now = InvariantTime.Format(now) });

    public Task<IReadOnlyList<WebhookDelivery>> LatestAsync(string webhookId, int count) => database.QueryAsync<WebhookDelivery>(
        $"select {Columns} from webhook_deliveries d where d.webhook_id = @webhookId order by d.created_utc desc, d.delivery_id desc limit @count", new { webhookId, count });
}

/// <summary>What an address answered; without a status, why there was no answer.</summary>
public sealed record WebhookAnswer(int? Status, string Text)
{
    public bool IsTaken => Status is >= 200 and < 300;
}
