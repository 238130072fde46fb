using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Items;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Api.Reference;
using KnowledgePortal.Web.Features.Api.Webhooks;
using Quartz;

namespace KnowledgePortal.Web.Features.Api;

/// <summary>Content over HTTP for other programs: <c>/api/v1</c>, the keys that open it, its document, and whom it tells.</summary>
public sealed class ApiFeature : Feature
{
    public override string Id => "Api";

    public override IReadOnlyList<string> DependsOn => ["Members", "Jobs", "Media", "Search", "Editing"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<KeyForms>().AddSingleton<ApiSignIn>().AddSingleton<RequestBudgets>().AddSingleton<OpenApiDocument>();
        services.AddSingleton<ContentSight>().AddSingleton<ContentQueries>().AddSingleton<ContentEntries>().AddSingleton<ContentWriter>().AddSingleton<ContentRules>().AddSingleton<FormReading>().AddSingleton<ContentStates>().AddSingleton<TermLists>();
        services.AddSingleton<Webhooks.Webhooks>().AddSingleton<WebhookQueue>().AddSingleton<WebhookSender>().AddSingleton<WebhookRound>().AddSingleton<WebhookForms>();
        services.AddSingleton<IContentHandler, WebhookHandler>();
        services.AddQuartz(scheduler => scheduler.ScheduleJob<WebhookJob>(
            trigger => trigger.WithIdentity(WebhookJob.Name).WithCronSchedule("30 * * * * ?"), job => job.WithIdentity(WebhookJob.Name)));
    }
}
