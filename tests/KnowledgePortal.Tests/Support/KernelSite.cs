using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Recipes;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Support;

/// <summary>An empty site without a server, with a folder beside it for recipes.</summary>
public sealed class KernelSite : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ServiceProvider _services;

    private KernelSite(ScratchFolder folder)
    {
        _folder = folder;
        _services = Offline.Site(Path.Combine(_folder.Path, "data"));
        Directory.CreateDirectory(RecipeFolder);
    }

    public string RecipeFolder => Path.Combine(_folder.Path, "recipes");

    public string MediaFolder => Path.Combine(_folder.Path, "data", "media");

    public Database Database => Get<Database>();

    public static async Task<KernelSite> CreateAsync()
    {
        var folder = new ScratchFolder();
        if (TestDatabase.IsPostgres) await SiteTemplates.CopyEmptyAsync(Path.Combine(folder.Path, "data"));
        var site = new KernelSite(folder);
        await site.Get<Migrator>().MigrateAsync();
        return site;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Runs steps, given as JSON with commas between them.</summary>
    public Task<RecipeReport> RunAsync(string steps, string? variables = null) =>
        RunFileAsync(Write("test.recipe.json", $$"""{ "name": "test", "variables": { {{variables}} }, "steps": [ {{steps}} ] }"""));

    public async Task<RecipeReport> RunFileAsync(string path) => await Get<RecipeExecutor>().RunAsync(Recipe.ReadFile(path), Parameters);

    public async Task<RecipeReport> PlanFileAsync(string path) => await Get<RecipeExecutor>().PlanAsync(Recipe.ReadFile(path), Parameters);

    public async Task<JsonObject> ExportAsync(params string[] types) => JsonNode.Parse(await File.ReadAllTextAsync(await ExportFileAsync("export.json", new(types, false))))!.AsObject();

    public async Task<string> ExportFileAsync(string name, RecipeExportScope scope)
    {
        var path = Path.Combine(RecipeFolder, name);
        await DurableFile.WriteAsync(path, stream => Get<RecipeExport>().WriteAsync(stream, scope));
        return path;
    }

    public Task<ContentItem?> ItemAsync(string id, VersionOptions version = VersionOptions.Published) => Get<ContentManager>().GetAsync(id, version);

    public async Task<JsonNode?> SettingAsync(string name) => await Get<SiteSettings>().GetAsync(name);

    /// <summary>Changes something in a transaction.</summary>
    public async Task ChangeAsync(Func<ContentLifecycle, DatabaseTransaction, Task> change)
    {
        await using var transaction = await Database.BeginAsync();
        await change(Get<ContentLifecycle>(), transaction);
        await transaction.CommitAsync();
    }

    public string Write(string name, string content)
    {
        var path = Path.Combine(RecipeFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static Dictionary<string, string> Parameters => new() { ["SiteName"] = "ทดสอบ", ["AdminUserId"] = "4admin", ["AdminUsername"] = "admin" };
}
