using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web.Hosting.Health;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Full-text search over everything that is published.</summary>
public sealed class SearchFeature : Feature
{
    public override string Id => "Search";

    public override IReadOnlyList<string> DependsOn => ["Nodes", "Pages", "Articles", "Sessions", "Communities", "Recordings", "Practices", "Documents"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IndexingQueue>();
        services.AddSingleton<IndexedDocuments>();
        services.AddSingleton<SearchedTypes>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<SearchIndex>());
        services.AddSingleton<SearchRequests>().AddSingleton<VisibleDocuments>().AddSingleton<SearchHits>().AddSingleton<CurrentLabels>();
        services.AddSingleton<SearchExamples>().AddSingleton<SearchHelp>().AddSingleton<PortalSearch>();
        services.AddSingleton<SavedSearchMatches>();
        services.AddSingleton<SuggestionNames>().AddSingleton<SuggestionTitles>().AddSingleton<SearchSuggestions>();
        services.AddSingleton<AskedQueries>().AddSingleton<AskedQueryLists>().AddHostedService<AskedQueriesFlush>();
        services.AddSingleton<IRecipeStep>(new IndexProfileStep("lucene-index"));
        services.AddSingleton<IRecipeStep>(new IndexProfileStep("CreateOrUpdateIndexProfile"));
        foreach (var name in new[] { "lucene-index-reset", "lucene-index-rebuild", "ResetIndex", "RebuildIndex" }) services.AddSingleton<IRecipeStep>(new IndexRebuildStep(name));
        services.AddHostedService<IndexCatchUp>();
    }
}
