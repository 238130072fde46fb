using System.Reflection;
using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests;

/// <summary>The rules between folders that no compiler holds.</summary>
public sealed partial class ArchitectureTests
{
    private const string Prefix = "KnowledgePortal.Web.Features.";

    [Fact]
    public void The_kernel_knows_no_http_and_no_search_and_search_knows_only_the_base_library()
    {
        References(typeof(KnowledgePortal.Cms.Features.Feature).Assembly).ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore") || name.StartsWith("KnowledgePortal"));
        References(typeof(KnowledgePortal.Search.Queries.Query).Assembly).ShouldAllBe(name => name.StartsWith("System"));
    }

    [Fact]
    public void A_feature_uses_only_the_features_that_it_declares()
    {
        var declared = Portal.Features.All.ToDictionary(f => f.Id, f => f.DependsOn);
        var undeclared =
            from file in Sources("src", "KnowledgePortal.Web", "Features")
            let feature = Path.GetRelativePath(Repository.File("src", "KnowledgePortal.Web", "Features"), file).Split(Path.DirectorySeparatorChar)[0]
            from used in FeatureName().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct()
            where used != feature && !declared[feature].Contains(used)
            select $"{Path.GetFileName(file)} of {feature} uses {used}";
        undeclared.ShouldBeEmpty();
        declared.Keys.ShouldBe(Directory.GetDirectories(Repository.File("src", "KnowledgePortal.Web", "Features")).Select(d => Path.GetFileName(d)!), ignoreOrder: true);
    }

    [Fact]
    public void Hosting_uses_no_feature() =>
        Sources("src", "KnowledgePortal.Web", "Hosting").Where(f => File.ReadAllText(f).Contains(Prefix)).ShouldBeEmpty();

    [Fact]
    public void No_type_hides_behind_a_word_that_says_nothing() =>
        new[] { typeof(Portal).Assembly, typeof(KnowledgePortal.Cms.Features.Feature).Assembly, typeof(KnowledgePortal.Search.Queries.Query).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => t.Namespace?.StartsWith("KnowledgePortal") == true && EmptyWord().IsMatch(t.Name)).ShouldBeEmpty();

    [Fact]
    public void No_pattern_can_be_made_to_match_for_ever()
    {
        var patterns = new[] { typeof(Portal).Assembly, typeof(KnowledgePortal.Cms.Features.Feature).Assembly, typeof(KnowledgePortal.Search.Queries.Query).Assembly }
            .SelectMany(a => a.GetTypes()).SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(m => (Method: m, Pattern: m.GetCustomAttribute<GeneratedRegexAttribute>())).Where(p => p.Pattern is not null).ToList();
        patterns.Count.ShouldBeGreaterThan(40);
        // Linear, all but one: it looks around, reads our own migration scripts alone, and has a limit.
        var backtracking = patterns.Where(p => !p.Pattern!.Options.HasFlag(RegexOptions.NonBacktracking)).ToList();
        backtracking.Select(p => $"{p.Method.DeclaringType!.Name}.{p.Method.Name}").ShouldBe(["PostgresText.TextColumn"]);
        backtracking.ShouldAllBe(p => p.Pattern!.MatchTimeoutMilliseconds > 0);
        Sources("src").Where(f => RunTimePattern().IsMatch(File.ReadAllText(f))).ShouldBeEmpty();
    }

    // What a crash may take is written by the durable helper; the others write what nobody misses, or only read.
    private static readonly string[] Writers =
    [
        "KnowledgePortal.Cms/Data/DurableFile.cs", "KnowledgePortal.Search/Indexing/DurableFile.cs",
        "KnowledgePortal.Cms/Data/Dialects/SqliteDialect.cs", // makes the empty file that SQLite fills
        "KnowledgePortal.Search/Indexing/IndexFolder.cs", "KnowledgePortal.Web/Features/Digests/SenderLocks.cs", "KnowledgePortal.Web/Features/Nodes/NodeIdentity.cs", // locks
        "KnowledgePortal.Search/Indexing/MappedFile.cs", "KnowledgePortal.Web/Features/Articles/NewsFile.cs", // read
        "KnowledgePortal.Cms/Recipes/IRecipeFiles.cs", "KnowledgePortal.Web/Cli/RecipeVerb.cs", "KnowledgePortal.Web/Features/Documents/Pdftotext.cs",
        "KnowledgePortal.Web/Features/Media/Pictures.cs", "KnowledgePortal.Web/Features/Media/DrawnMediaStep.cs", "KnowledgePortal.Web/Features/Backups/PostgresTool.cs", // scratch folders
        "KnowledgePortal.Web/Features/Search/SearchIndex.cs", // puts a damaged index away
    ];

    [Fact]
    public void Files_that_matter_are_written_by_the_durable_helper_only() =>
        Sources("src").Where(f => FileWrite().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Repository.File("src"), f).Replace('\\', '/'))
            .Except(Writers).ShouldBeEmpty();

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static string[] Sources(params string[] folder) => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"\bFeatures\.(\w+)\b(?<!Features\.Feature)")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"new Regex\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count)\(")]
    private static partial Regex RunTimePattern();

    [GeneratedRegex(@"\bFile\.(Write\w*|Move|Copy|Create\w*|Append\w*|Replace|OpenWrite)\(|new FileStream\(|Directory\.Move\(|new StreamWriter\((?!stream)")]
    private static partial Regex FileWrite();

    [GeneratedRegex("(Service|(?<!Tag)Helper|Util|Utils|Processor|Impl|Base|Info|Data)$")]
    private static partial Regex EmptyWord();
}
