using System.Security.Cryptography;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;
using Microsoft.AspNetCore.DataProtection;
using Quartz;

namespace KnowledgePortal.Web.Features.Api.Webhooks;

/// <summary>The addresses that are told, kept with their secrets.</summary>
public sealed class Webhooks(Database database, AuditTrail audit, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Most = 50;
    private const int SecretBytes = 32;
    private const string SecretPrefix = "whsec_";
    private const string Columns = "webhook_id, address, secret, events, content_types, tells_all, is_paused, failures, created_utc";
    private readonly IDataProtector _protector = protection.CreateProtector("webhooks");

    public Task<IReadOnlyList<Webhook>> AllAsync() => database.QueryAsync<Webhook>($"select {Columns} from webhooks order by created_utc, webhook_id");

    public Task<Webhook?> FindAsync(string webhookId) => database.FirstAsync<Webhook>($"select {Columns} from webhooks where webhook_id = @webhookId", new { webhookId });

    public byte[] Key(Webhook hook) => Convert.FromBase64String(_protector.Unprotect(hook.Secret));

    /// <summary>Adds an address; the secret is given back once.</summary>
    public async Task<string> AddAsync(string address, IReadOnlyList<string> events, IReadOnlyList<string> types, bool tellsAll, Actor actor)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        // Before the transaction: a site that has no key yet, or none that still holds, writes one down, and there is one writer.
        var kept = _protector.Protect(secret);
        var id = ContentIds.New();
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            """
            insert into webhooks (webhook_id, address, secret, events, content_types, tells_all, is_paused, failures, created_utc, created_by)
            values (@id, @address, @kept, @events, @types, @tellsAll, 0, 0, @now, @Name)
            """,
            new { id, address, kept, events = string.Join(' ', events), types = string.Join(' ', types), tellsAll = tellsAll ? 1 : 0, now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime), actor.Name });
        await audit.RecordAsync(transaction, actor, "webhook.create", "Webhook", id, address, string.Join(' ', events));
        await transaction.CommitAsync();
        return SecretPrefix + secret;
    }

    public async Task PauseAsync(Webhook hook, bool isPaused, Actor actor, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("update webhooks set is_paused = @paused, failures = 0 where webhook_id = @WebhookId", new { paused = isPaused ? 1 : 0, hook.WebhookId });
        await audit.RecordAsync(transaction, actor, isPaused ? "webhook.pause" : "webhook.resume", "Webhook", hook.WebhookId, hook.Address);
    }

    public async Task RemoveAsync(Webhook hook, Actor actor, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from webhook_deliveries where webhook_id = @WebhookId", new { hook.WebhookId });
        await transaction.ExecuteAsync("delete from webhooks where webhook_id = @WebhookId", new { hook.WebhookId });
        await audit.RecordAsync(transaction, actor, "webhook.remove", "Webhook", hook.WebhookId, hook.Address);
    }
}

/// <summary>Sends what is due.</summary>
public sealed class WebhookRound(Webhooks webhooks, WebhookQueue queue, WebhookSender sender, MailHold hold, TimeProvider clock)
{
    private const int Batch = 20;
    private const int MostBatches = 20;

    /// <summary>How many were taken and how many not.</summary>
    public async Task<(int Sent, int Failed)> RunAsync(string? webhookId = null, CancellationToken cancellation = default)
    {
        var (sent, failed) = (0, 0);
        // A restored site does not know what it told since its backup. What an administrator tests goes out.
        if (webhookId is null && await hold.CurrentAsync() is not null) return (sent, failed);
        for (var batch = 0; batch < MostBatches && !cancellation.IsCancellationRequested; batch++)
        {
            var due = await queue.ClaimAsync(clock.GetUtcNow().UtcDateTime, Batch, webhookId);
            if (due.Count == 0) break;
            foreach (var taken in await Task.WhenAll(due.Select(delivery => SendAsync(delivery, cancellation))))
                if (taken) sent++;
                else failed++;
        }
        return (sent, failed);
    }

    private async Task<bool> SendAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        if (await webhooks.FindAsync(delivery.WebhookId) is not { IsPaused: false } hook) return false;
        var answer = await sender.SendAsync(hook.Address, webhooks.Key(hook), delivery, clock.GetUtcNow(), cancellation);
        await queue.SettleAsync(delivery, answer, clock.GetUtcNow().UtcDateTime);
        return answer.IsTaken;
    }
}

/// <summary>Every minute.</summary>
[DisallowConcurrentExecution]
public sealed class WebhookJob(WebhookRound round, JobRuns runs, SiteState site, IHostApplicationLifetime lifetime) : IJob
{
    public const string Name = "webhooks";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!await site.IsSetUpAsync()) return;
        await runs.RunAsync(Name, async () => await round.RunAsync(cancellation: lifetime.ApplicationStopping) is var (sent, failed) ? $"sent {sent}, failed {failed}" : "");
    }
}
