using System.Collections.Concurrent;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Support;

/// <summary>Sites as a recipe sets them up. Each recipe runs once; every test site is a copy of what came of it.</summary>
public static class SiteTemplates
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ScratchFolder>>> Templates = new();

    static SiteTemplates() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var template in Templates.Values.Where(t => t.IsValueCreated && t.Value.IsCompletedSuccessfully)) template.Value.Result.Dispose();
    };

    /// <summary>Puts a site into an empty folder.</summary>
    /// <param name="recipe">File name of one of the project's recipes.</param>
    /// <param name="folder">Where to.</param>
    public static async Task CopyAsync(string recipe, string folder)
    {
        var template = await TemplateAsync(recipe);
        TestDatabase.Copy(template.Path, folder);
        foreach (var file in Directory.EnumerateFiles(template.Path, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(template.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Puts the rows of a site into an empty folder, without its files; only where rows do not lie in a file.</summary>
    public static async Task CopyDatabaseAsync(string recipe, string folder) => TestDatabase.Copy((await TemplateAsync(recipe)).Path, folder);

    /// <summary>Puts the tables of a site without anything in them where a server keeps them: to copy a database is quicker than to make one.</summary>
    public static async Task CopyEmptyAsync(string folder) =>
        TestDatabase.Copy((await Templates.GetOrAdd("", _ => new Lazy<Task<ScratchFolder>>(MigrateAsync)).Value).Path, folder);

    private static Task<ScratchFolder> TemplateAsync(string recipe) => Templates.GetOrAdd(recipe, name => new Lazy<Task<ScratchFolder>>(() => SetUpAsync(name))).Value;

    private static async Task<ScratchFolder> MigrateAsync()
    {
        var folder = new ScratchFolder();
        await using var site = Offline.Site(folder.Path);
        await site.GetRequiredService<Migrator>().MigrateAsync();
        return folder;
    }

    private static async Task<ScratchFolder> SetUpAsync(string recipe)
    {
        var folder = new ScratchFolder();
        await using var site = Offline.Site(folder.Path);
        if (await SetupVerb.SetUpAsync(Repository.File("recipes", recipe), site) != Verbs.Done) throw new InvalidOperationException($"{recipe} was refused");
        return folder;
    }
}
