using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>About, privacy, accessibility and other plain pages.</summary>
public sealed class PagesFeature : Feature
{
    public override string Id => "Pages";
}
