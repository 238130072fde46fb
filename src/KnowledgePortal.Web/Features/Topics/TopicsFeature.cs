using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Topics;

/// <summary>Pages of the terms of the taxonomy Topics.</summary>
public sealed class TopicsFeature : Feature
{
    public override string Id => "Topics";

    public override IReadOnlyList<string> DependsOn => ["Sessions", "Practices"];

    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<TopicDescriptions>();
}
