using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Web.Features.Admin;
using KnowledgePortal.Web.Features.Api;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Backups;
using KnowledgePortal.Web.Features.Calendar;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Features.Communities;
using KnowledgePortal.Web.Features.Definitions;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Feeds;
using KnowledgePortal.Web.Features.Home;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Features.Nodes;
using KnowledgePortal.Web.Features.Pages;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Provinces;
using KnowledgePortal.Web.Features.Recordings;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Features.Topics;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web;

/// <summary>What the application is made of; the site and every operator verb are built from it.</summary>
public static class Portal
{
    /// <summary>A feature uses only those that stand before it.</summary>
    public static FeatureSet Features { get; } = new(
        new NodesFeature(), new MembersFeature(), new JobsFeature(), new MediaFeature(), new DocumentsFeature(), new PagesFeature(), new SessionsFeature(), new CommunitiesFeature(),
        new RecordingsFeature(), new PracticesFeature(), new CalendarFeature(), new ArticlesFeature(), new TopicsFeature(), new ProvincesFeature(),
        new SearchFeature(), new HomeFeature(), new FeedsFeature(), new DigestsFeature(), new EditingFeature(), new ApiFeature(), new DefinitionsFeature(),
        new ChecksFeature(), new BackupsFeature(), new AdminFeature());

    public static IServiceCollection AddPortal(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<SiteState>()
        .AddContentGeneration()
        .AddSingleton<ThaiAnalyzer>()
        .AddSingleton<Slugify>(ThaiSlug.Of)
        .AddSingleton<ThemeAssets>()
        .AddMail(MailSettings.Read(settings.Smtp, settings.MailFrom, settings.Data) with { Connections = settings.MailConnections })
        .AddKernel(Features, settings.Data, settings.Media, settings.Database);
}
