using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Cms.Taxonomies;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Cms.Features;

/// <summary>Puts the kernel into the container.</summary>
public static class KernelRegistration
{
    /// <summary>Registers database, content, recipes and media, and every feature of <paramref name="features"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="features">All features of the application.</param>
    /// <param name="dataFolder">The folder of this process; created when missing.</param>
    /// <param name="mediaFolder">Where media lie; several processes may share it.</param>
    /// <param name="connectionString">PostgreSQL's connection string; empty for SQLite in the data folder.</param>
    public static IServiceCollection AddKernel(this IServiceCollection services, FeatureSet features, string dataFolder, string mediaFolder, string? connectionString)
    {
        Directory.CreateDirectory(dataFolder);
        services.AddSingleton(features);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<MediaRecovery>();
        services.AddSingleton(new MediaFolder(mediaFolder));
        services.AddSingleton(_ => new Database(Path.Combine(dataFolder, "portal.db"), connectionString));
        services.AddSingleton(p => new Migrator(p.GetRequiredService<Database>(), features.Assemblies));
        services.AddSingleton<SiteSettings>();
        services.AddSingleton<ContentManager>();
        services.AddSingleton<ContentImport>();
        services.AddSingleton<AddressPattern>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<HomeRoute>();
        services.AddSingleton<ContentLifecycle>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RemovedItems>();
        services.AddSingleton<ScheduledRound>();
        services.AddSingleton<VersionRetention>();
        services.AddSingleton<ContentDefinitions>();
        services.AddSingleton<RolePermissions>();
        services.AddSingleton<ReadersJson>();
        services.AddSingleton<TermQueries>();
        services.AddSingleton<TermChanges>();
        services.AddSingleton<ContainedItems>();
        services.AddSingleton<IContentHandler, AutorouteHandler>();
        services.AddSingleton<IContentHandler, AliasHandler>();
        services.AddSingleton<IContentHandler, TaxonomyHandler>();
        services.AddSingleton<IContentHandler, ListHandler>();
        services.AddSingleton<IContentContainment, ListContainment>();
        services.AddSingleton<IContentHandler, ViewersHandler>();
        services.AddSingleton<IContentHandler, IndexingTaskHandler>();
        services.AddSingleton<IContentHandler, ScheduledTimes>();
        services.AddSingleton<IContentHandler, CopyHandler>();
        services.AddSingleton<RecipeExecutor>();
        services.AddSingleton<IRecipeStep, FeatureStep>();
        services.AddSingleton<IRecipeStep, ThemesStep>();
        services.AddSingleton<IRecipeStep, SettingsStep>();
        services.AddSingleton<IRecipeStep>(new ContentDefinitionStep(replaces: false));
        services.AddSingleton<IRecipeStep>(new ContentDefinitionStep(replaces: true));
        services.AddSingleton<IRecipeStep, DeleteContentDefinitionStep>();
        services.AddSingleton<IRecipeStep, ContentStep>();
        services.AddSingleton<IRecipeStep, RolesStep>();
        services.AddSingleton<IRecipeStep, MediaStep>();
        services.AddSingleton<RecipeExport>();
        foreach (var feature in features.All) feature.ConfigureServices(services);
        return services;
    }
}
