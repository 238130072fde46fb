using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>News and articles, among them those that are imported from other sites.</summary>
public sealed class ArticlesFeature : Feature
{
    public override string Id => "Articles";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ArticleQueries>();
        services.AddSingleton<ArticleImport>();
        services.AddSingleton<IContentHandler, ArticleHandler>();
    }
}
