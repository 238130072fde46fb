using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Media files over HTTP, and pictures and videos that a recipe has drawn.</summary>
public sealed class MediaFeature : Feature
{
    public override string Id => "Media";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<IRecipeStep, DrawnMediaStep>();
    }
}
