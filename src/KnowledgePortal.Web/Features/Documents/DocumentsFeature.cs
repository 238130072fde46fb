using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>The text of files that are attached to published items: read, judged, kept, found.</summary>
public sealed class DocumentsFeature : Feature
{
    public override string Id => "Documents";

    public override IReadOnlyList<string> DependsOn => ["Nodes", "Media"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IContentHandler, DocumentHandler>();
        services.AddSingleton<DocumentQueries>();
        services.AddSingleton<DocumentSearch>();
        services.AddSingleton<Pdftotext>();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<DocumentRound>();
        services.AddHostedService<DocumentWorker>();
    }
}
