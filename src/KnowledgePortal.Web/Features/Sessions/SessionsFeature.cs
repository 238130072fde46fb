using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Numbered sessions, exchange events and workshops, and their records.</summary>
public sealed class SessionsFeature : Feature
{
    public override string Id => "Sessions";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<SessionQueries>();
        services.AddSingleton<IContentHandler, SessionHandler>();
        services.AddSingleton<IContentContainment, SessionContainment>();
        services.AddSingleton<IContentCompletion, SessionCompletion>();
        services.AddSingleton<IContentValidator, SessionValidator>();
    }
}
