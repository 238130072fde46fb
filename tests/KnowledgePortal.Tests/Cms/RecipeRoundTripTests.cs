using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

/// <summary>Import, export, import into an empty site, export: the exports are equal, and nothing of the source is missing.</summary>
public sealed class RecipeRoundTripTests
{
    public static TheoryData<string> Ours => [.. OwnRecipes()];

    public static TheoryData<string> Orchards => [.. OrchardRecipes()];

    [Theory]
    [MemberData(nameof(Ours))]
    public Task A_recipe_of_ours_goes_round(string path) => GoRoundAsync(Repository.File(path));

    [Theory]
    [MemberData(nameof(Orchards))]
    public Task A_recipe_of_Orchards_goes_round(string file) => GoRoundAsync(Corpus(file));

    [Fact]
    public async Task A_definition_without_a_name_is_refused()
    {
        await using var site = await KernelSite.CreateAsync();
        var error = await Should.ThrowAsync<InvalidRecipeException>(() => site.RunFileAsync(Corpus("recipe6.json")));
        error.Message.ShouldContain("step 1 (ContentDefinition): the type Message, part 1, has no PartName");
    }

    private static string Corpus(string file)
    {
        var folder = Environment.GetEnvironmentVariable("PORTAL_TEST_DATA") ?? "";
        if (folder.Length == 0) Assert.Skip("PORTAL_TEST_DATA is not set");
        return Path.Combine(folder, "data", "orchard-recipes", file);
    }

    private static async Task GoRoundAsync(string path)
    {
        await using var first = await KernelSite.CreateAsync();
        await first.RunFileAsync(path);
        var file = await first.ExportFileAsync("export.json", new([], false));
        var export = await first.ExportAsync();

        await using var second = await KernelSite.CreateAsync();
        await second.RunFileAsync(file);
        JsonNode.DeepEquals(await second.ExportAsync(), export).ShouldBeTrue((await second.ExportAsync()).ToJsonString(JsonText.Options) + "\n" + export.ToJsonString(JsonText.Options));

        (await first.RunFileAsync(file)).Steps.Sum(s => s.Written).ShouldBe(0);
        (await first.PlanFileAsync(file)).Steps.Sum(s => s.NewIds).ShouldBe(0);
        Contains(export, Steps(JsonNode.Parse(File.ReadAllBytes(path), documentOptions: JsonText.Lenient)!.AsObject()).ToList());
    }

    private static void Contains(JsonObject export, IReadOnlyList<JsonObject> source)
    {
        var own = Steps(export).ToList();
        foreach (var (step, collection) in new[] { ("contentdefinition", "ContentTypes"), ("contentdefinition", "ContentParts"), ("roles", "Roles") })
            foreach (var thing in source.Where(s => NameOf(s) == step || NameOf(s) == "replace" + step).SelectMany(s => s.Objects(collection)))
            {
                var there = own.Where(s => NameOf(s) == step).SelectMany(s => s.Objects(collection)).Where(t => t.Member("Name")!.ToString() == thing.Member("Name")!.ToString()).ToList();
                there.Count.ShouldBe(1, thing.ToJsonString());
                if (step != "roles") Lacking(thing, there[0], thing.Member("Name")!.ToString()).ShouldBeEmpty();
            }
        var items = own.Where(s => NameOf(s) == "content").SelectMany(s => s.Objects("data")).ToList();
        foreach (var item in source.Where(s => NameOf(s) == "content").SelectMany(s => s.Objects("data")))
            items.Min(other => Lacking(item, other, "").Count()).ShouldBe(0, item.ToJsonString(JsonText.Options));
    }

    // What the source says and the export does not; expressions have become values, and scalars beside the parts, empty names and flags are dropped or filled in.
    private static IEnumerable<string> Lacking(JsonNode? source, JsonNode? export, string place) => (source, export) switch
    {
        (JsonObject a, JsonObject b) => a.Where(p => !(place.Length == 0 && p.Key is "Id" or "Number" or "Latest" or "Published") && !(place.Length == 0 && IsEmpty(p.Value)) && p.Key != "Path")
            .SelectMany(p => b.Member(p.Key) is null && p.Value is not null ? [$"{place}.{p.Key}"] : Lacking(p.Value, b.Member(p.Key), $"{place}.{p.Key}")),
        (JsonArray a, JsonArray b) when place.EndsWith("Records", StringComparison.Ordinal) => a.SelectMany(x => b.Min(y => Lacking(x, y, place + "[]").Count()) == 0 ? Array.Empty<string>() : [place]),
        (JsonArray a, JsonArray b) => a.Count != b.Count ? [place] : a.Zip(b).SelectMany((p, at) => Lacking(p.First, p.Second, $"{place}[{at}]")),
        (JsonValue v, JsonValue) when v.TryGetValue(out string? text) && text.StartsWith('[') && text.Contains(':') => [],
        _ => JsonNode.DeepEquals(source, export) ? [] : [place],
    };

    private static bool IsEmpty(JsonNode? node) => node is null || node is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0;

    private static IEnumerable<JsonObject> Steps(JsonObject recipe) => recipe.Objects("steps");

    private static string NameOf(JsonObject step) => step.Member("name")!.ToString().ToLowerInvariant();

    private static IEnumerable<string> OwnRecipes() =>
        ["recipes/setup.recipe.json", "recipes/demo.recipe.json", .. new[] { "beta-2018", "flows-2021", "profiles-2026" }.Select(n => $"tests/KnowledgePortal.Tests/Cms/Recipes/{n}.recipe.json")];

    private static IEnumerable<string> OrchardRecipes() =>
    [
        "blog.elastic.query.recipe.json", "blog.elastic.search.recipe.json", "blog.lucene.query.recipe.json", "blog.lucene.search.index-profile.recipe.json",
        "blog.lucene.search.recipe.json", "blog.recipe.json", "blog.sql.query.recipe.json", "blog.sql.search.recipe.json", "menu.recipe.json",
        "recipe1.json", "recipe2.json", "recipe3.json", "recipe4.json", "recipe5.json",
    ];
}
