using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Recordings with chapters and a transcript that can be searched to the second.</summary>
public sealed class RecordingsFeature : Feature
{
    public override string Id => "Recordings";

    public override IReadOnlyList<string> DependsOn => ["Media", "Sessions"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<RecordingQueries>();
        services.AddSingleton<TranscriptSearch>();
        services.AddSingleton<IContentHandler, RecordingHandler>();
        services.AddSingleton<IContentContainment, RecordingContainment>();
        services.AddSingleton<IContentValidator, RecordingValidator>();
    }
}
