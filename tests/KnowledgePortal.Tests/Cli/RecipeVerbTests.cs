using System.Net;
using System.Text.Json.Nodes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cli;

public sealed class RecipeVerbTests : IDisposable
{
    private const string English = "C.UTF-8";
    private readonly ScratchFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recipe_is_planned_run_reported_and_exported()
    {
        var recipe = Write("site.recipe.json", """
            { "name": "site", "variables": { "id": "[js: uuid()]" }, "steps": [ { "name": "settings", "SiteName": "เว็บ" }, { "name": "Magic", "A": "[js: magic()]" },
              { "name": "content", "data": [ { "ContentItemId": "[js: variables('id')]", "ContentType": "Page", "DisplayText": "หน้า", "Latest": true, "Published": true, "AutoroutePart": { "Path": "หน้า" } } ] } ] }
            """);
        var plan = await RunAsync("plan", recipe);
        plan.ExitCode.ShouldBe(0, plan.Errors);
        plan.Output.ShouldContain("+ Page \"หน้า\"");
        plan.Output.ShouldContain("3 things would be written; nothing was");
        plan.Output.ShouldContain("the recipe makes 1 new ids at every run");
        Directory.GetFiles(Data, "portal.db*").ShouldBeEmpty();

        var report = Path.Combine(_folder.Path, "report.json");
        var run = await RunAsync("run", recipe, "--report", report);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("3 things written, 2 skipped");
        JsonNode.Parse(await File.ReadAllTextAsync(report))!.ToJsonString().ShouldBe(
            """{"steps":[{"name":"settings","status":"executed","written":1,"skipped":[]},{"name":"Magic","status":"kept","written":1,"skipped":[{"what":"[js: magic()]","why":"an expression that is not understood; kept as text"},{"what":"Magic","why":"a step that this site does not carry out; kept as data"}]},{"name":"content","status":"executed","written":1,"skipped":[]}]}""");

        var planned = await RunAsync("plan", recipe);
        planned.Output.ShouldContain("1 things would be written");

        var output = Path.Combine(_folder.Path, "export.json");
        (await RunAsync("export", "--out", output, "--types", "Page,Other")).ExitCode.ShouldBe(0);
        JsonNode.Parse(await File.ReadAllTextAsync(output))!["steps"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_recipe_leaves_nothing_and_names_the_place_in_the_operators_language()
    {
        var recipe = Write("bad.recipe.json", """{ "name": "bad", "steps": [ { "name": "settings", "SiteName": "x" }, { "name": "ContentDefinition", "ContentTypes": [ { "DisplayName": "x" } ] } ] }""");
        foreach (var verb in new[] { "plan", "run" })
        {
            var outcome = await RunAsync(verb, recipe);
            outcome.ExitCode.ShouldBe(1);
            outcome.Errors.ShouldContain("bad.recipe.json, step 2 (ContentDefinition)");
            Directory.GetFiles(Data).ShouldBeEmpty();
        }
        (await PortalProgram.RunAsync(Data, "th_TH.UTF-8", "recipe", "run", recipe)).Errors.ShouldContain("ไม่รับสูตรนี้");
        (await RunAsync("run", Path.Combine(_folder.Path, "nobody.json"))).ExitCode.ShouldBe(1);
        (await RunAsync("export", "--out", Path.Combine(_folder.Path, "x.json"))).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData]
    [InlineData("plan")]
    [InlineData("run", "a.json", "--report")]
    [InlineData("run", "a.json", "b.json")]
    [InlineData("export")]
    [InlineData("export", "--out")]
    [InlineData("export", "--out", "x", "--nonsense")]
    public async Task Wrong_usage_shows_the_right_one(params string[] arguments)
    {
        var outcome = await RunAsync(arguments);
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("usage: ./portal recipe plan FILE | run FILE [--report REPORT.json] | export --out FILE [--types A,B] [--media]");
    }

    [Fact]
    public async Task A_site_of_Orchards_can_be_set_up_and_served_and_former_addresses_lead_on()
    {
        var recipe = Write("orchard.recipe.json", """
            { "name": "Foreign", "displayName": "เว็บอื่น", "steps": [ { "name": "content", "data": [ { "ContentItemId": "4a", "ContentType": "Page", "DisplayText": "เก่า", "AutoroutePart": { "Path": "หน้าเก่า" } } ] } ] }
            """);
        (await PortalProgram.RunAsync(Data, English, "setup", recipe)).ExitCode.ShouldBe(0);
        var moved = Write("moved.recipe.json", """{ "name": "Moved", "steps": [ { "name": "content", "data": [ { "ContentItemId": "4a", "ContentType": "Page", "DisplayText": "ใหม่", "AutoroutePart": { "Path": "หน้าใหม่" } } ] } ] }""");
        (await RunAsync("run", moved)).ExitCode.ShouldBe(0);

        await using var host = new PortalHost(Data);
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Start() };
        var answer = await client.GetAsync("/หน้าเก่า?a=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        Uri.UnescapeDataString(answer.Headers.Location!.ToString()).ShouldBe("/หน้าใหม่?a=1");
        (await client.GetAsync("/หน้าใหม่")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/ไม่เคยมี")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<PortalProgram.Outcome> RunAsync(params string[] arguments) => PortalProgram.RunAsync(Data, English, ["recipe", .. arguments]);

    private string Write(string name, string json)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, json);
        return path;
    }
}
