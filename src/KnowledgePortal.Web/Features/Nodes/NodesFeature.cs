using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Nodes;

/// <summary>Several processes on one database: who they are, and which of them does what only one may do.</summary>
public sealed class NodesFeature : Feature
{
    public override string Id => "Nodes";

    public override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<NodeIdentity>().AddSingleton<Leadership>().AddSingleton<NodeList>();
}
