using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Media files over HTTP, uploads, and pictures and videos that a recipe has drawn.</summary>
public sealed class MediaFeature : Feature
{
    public override string Id => "Media";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<MediaFiles>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<IContentHandler, MediaUsage>();
        services.AddSingleton<IRecipeStep, DrawnMediaStep>();
    }
}
