using System.Collections.Concurrent;
using KnowledgePortal.Web.Cli;

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
        var template = await Templates.GetOrAdd(recipe, name => new Lazy<Task<ScratchFolder>>(() => SetUpAsync(name))).Value;
        foreach (var file in Directory.EnumerateFiles(template.Path, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(template.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<ScratchFolder> SetUpAsync(string recipe)
    {
        var folder = new ScratchFolder();
        await using var site = Offline.Site(folder.Path);
        if (await SetupVerb.SetUpAsync(Repository.File("recipes", recipe), site) != Verbs.Done) throw new InvalidOperationException($"{recipe} was refused");
        return folder;
    }
}
