using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class RecipeTests : IAsyncLifetime
{
    private const string Id = "4qq3n9ys5kd5zwfkzjhypw3cm1";
    private readonly ScratchFolder _folder = new();
    private ServiceProvider _site = null!;

    private Database Database => _site.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        _site = Offline.Site(_folder.Path);
        await _site.GetRequiredService<Migrator>().MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_demo_recipe_changes_nothing_when_it_runs_again()
    {
        var demo = Recipe.ReadFile(Repository.File("recipes", "demo.recipe.json"));
        await RunAsync(demo);
        var before = await ContentAsync();
        before.Count.ShouldBe(28);
        var again = await RunAsync(demo);
        again.Steps.Where(s => s.Name == "content").Sum(s => s.Written).ShouldBe(0);
        (await ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_recipe_that_fails_at_its_last_step_leaves_nothing_behind()
    {
        var recipe = Write($$"""
            { "name": "half", "steps": [
              { "name": "settings", "SiteName": "ครึ่งเดียว" },
              { "name": "media", "Files": [ { "TargetPath": "a/b.txt", "Base64": "eA==" } ] },
              { "name": "content", "data": [ {{Page(Id, "about")}} ] },
              { "name": "content", "data": [ { "ContentItemId": "{{Id}}", "DisplayText": "ไม่มีชนิด" } ] } ] }
            """);
        var error = await Should.ThrowAsync<InvalidRecipeException>(() => RunAsync(recipe));
        error.Message.ShouldContain("ไม่มีชนิด");
        error.Message.ShouldContain("step 4 (content): item 1");
        (await ContentAsync()).ShouldBeEmpty();
        (await _site.GetRequiredService<SiteSettings>().GetAsync("SiteName")).ShouldBeNull();
        File.Exists(Path.Combine(_folder.Path, "media", "a", "b.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Comments_trailing_commas_a_byte_order_mark_and_any_case_of_names_are_forgiven()
    {
        var report = await RunAsync(Write("\uFEFF" + $$"""
            { /* head */ "Name": "lenient", "STEPS": [
              { "Name": "Content", "Data": [ {{Page(Id, "p")}}, ], }, // tail
            ], }
            """));
        report.Steps.Single().Written.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_recipe_asks_for_and_cannot_have_is_listed_and_the_rest_runs()
    {
        var outside = Path.Combine(_folder.Path, "outside.txt");
        await File.WriteAllTextAsync(outside, "secret");
        var report = await RunAsync(Write($$"""
            { "name": "wishes", "steps": [
              { "name": "feature", "enable": [ "Sessions", "OrchardCore.Magic" ] },
              { "name": "media", "Files": [ { "TargetPath": "x.txt", "SourcePath": "../outside.txt" }, { "TargetPath": "y.txt", "SourceUrl": "http://127.0.0.1/" }, { "TargetPath": "../z.txt", "Base64": "eA==" }, { "TargetPath": "evil.html", "Base64": "eA==" } ] },
              { "name": "settings", "SiteSalt": "s", "PageSize": 7, "Note": "[file:text('../outside.txt')]", "Code": "[js: process.exit(1)]", "Kept": "[locale en]text[/locale]" },
              { "name": "Workflow", "data": [] },
              { "name": "recipes", "Values": [ { "executionid": "e", "name": "nobody" } ] } ] }
            """));
        var skipped = report.Steps.SelectMany(s => s.Skipped).Select(s => s.What).ToList();
        skipped.ShouldBe(
            ["OrchardCore.Magic", "x.txt", "y.txt", "../z.txt", "evil.html", "[file:text('../outside.txt')]", "[js: process.exit(1)]", "SiteSalt", "Workflow", "nobody"],
            ignoreOrder: true);
        var settings = _site.GetRequiredService<SiteSettings>();
        (await settings.GetAsync("PageSize"))!.GetValue<int>().ShouldBe(7);
        (await settings.GetAsync("Note"))!.GetValue<string>().ShouldBe("[file:text('../outside.txt')]");
        (await settings.GetAsync("Kept"))!.GetValue<string>().ShouldBe("[locale en]text[/locale]");
        (await settings.GetAsync("SiteSalt")).ShouldBeNull();
    }

    [Fact]
    public async Task Expressions_give_ids_variables_files_and_joined_text()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "body.md"), "# หัวเรื่อง");
        await RunAsync(Write("""
            { "name": "expressions", "variables": { "id": "[js: uuid()]", "greeting": "สวัสดี" }, "steps": [
              { "name": "settings", "A": "[js: variables('id')]", "B": "[js: variables('id')]", "C": "[js: variables('greeting') + ' ' + \"ครับ\"]",
                "D": "[file:text('body.md')]", "E": "[js: base64('4LiB')]", "F": "[js: parameters('SiteName')]" } ] }
            """));
        var settings = _site.GetRequiredService<SiteSettings>();
        var id = (await settings.GetAsync("A"))!.GetValue<string>();
        id.Length.ShouldBe(26);
        (await settings.GetAsync("B"))!.GetValue<string>().ShouldBe(id);
        (await settings.GetAsync("C"))!.GetValue<string>().ShouldBe("สวัสดี ครับ");
        (await settings.GetAsync("D"))!.GetValue<string>().ShouldBe("# หัวเรื่อง");
        (await settings.GetAsync("E"))!.GetValue<string>().ShouldBe("ก");
        (await settings.GetAsync("F"))!.GetValue<string>().ShouldBe("ทดสอบ");
    }

    [Fact]
    public async Task Parts_and_fields_that_nobody_knows_survive()
    {
        await RunAsync(Write($$"""{ "name": "foreign", "steps": [ { "name": "content", "data": [ { "ContentItemId": "{{Id}}", "ContentItemVersionId": "{{Id}}", "ContentType": "Spaceship", "DisplayText": "x", "Latest": true, "Published": true, "WarpPart": { "Speed": { "Value": 9.75 }, "Crew": [ null, "ก" ] } } ] } ] }"""));
        var item = (await _site.GetRequiredService<ContentManager>().GetAsync(Id))!;
        item.Parts["WarpPart"]!.ToJsonString(JsonText.Options).ShouldBe("""{"Speed":{"Value":9.75},"Crew":[null,"ก"]}""");
    }

    [Fact]
    public async Task A_newer_published_version_takes_the_place_of_the_older_one()
    {
        await RunAsync(Write($$"""{ "name": "one", "steps": [ { "name": "content", "data": [ {{Page(Id, "old", version: "v1")}} ] } ] }"""));
        await RunAsync(Write($$"""{ "name": "two", "steps": [ { "name": "content", "data": [ {{Page(Id, "new", version: "v2")}} ] } ] }"""));
        var contents = _site.GetRequiredService<ContentManager>();
        (await contents.GetByPathAsync("old", ViewerTokens.Public)).ShouldBeNull();
        (await contents.GetByPathAsync("new", ViewerTokens.Public))!.ContentItemVersionId.ShouldBe("v2");
        var flags = await Database.QueryAsync<(string, long, long)>("select content_item_version_id, latest, published from content_items order by id");
        flags.ShouldBe([("v1", 0L, 0L), ("v2", 1L, 1L)]);
    }

    [Fact]
    public async Task A_recipe_that_runs_itself_is_refused()
    {
        var recipe = Write("""{ "name": "ouroboros", "steps": [ { "name": "recipes", "Values": [ { "name": "ouroboros" } ] } ] }""");
        (await Should.ThrowAsync<InvalidRecipeException>(() => RunAsync(recipe))).Message.ShouldContain("ouroboros");
    }

    private Task<RecipeReport> RunAsync(Recipe recipe) =>
        _site.GetRequiredService<RecipeExecutor>().RunAsync(recipe, new Dictionary<string, string> { ["SiteName"] = "ทดสอบ" });

    private Task<IReadOnlyList<string>> ContentAsync() => Database.QueryAsync<string>("select document from content_items order by content_item_id");

    private Recipe Write(string json)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "recipes")).FullName;
        foreach (var beside in new[] { "body.md" })
            if (File.Exists(Path.Combine(_folder.Path, beside))) File.Copy(Path.Combine(_folder.Path, beside), Path.Combine(folder, beside), overwrite: true);
        var path = Path.Combine(folder, "test.recipe.json");
        File.WriteAllText(path, json);
        return Recipe.ReadFile(path);
    }

    private static string Page(string id, string path, string? version = null) =>
        $$"""{ "ContentItemId": "{{id}}", "ContentItemVersionId": "{{version ?? id}}", "ContentType": "Page", "DisplayText": "หน้า", "Latest": true, "Published": true, "AutoroutePart": { "Path": "{{path}}" } }""";
}
