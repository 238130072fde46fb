using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cli;

public sealed class VerbsTests
{
    private const string Thai = "th_TH.UTF-8";
    private const string English = "C.UTF-8";
    private static readonly string EmptySite = Repository.File("recipes", "setup.recipe.json");

    [Fact]
    public async Task A_site_is_set_up_once_and_reindexed_at_will()
    {
        using var folder = new ScratchFolder();
        (await PortalProgram.RunAsync(folder.Path, English, "doctor")).ExitCode.ShouldBe(1);
        (await PortalProgram.RunAsync(folder.Path, English, "reindex")).ExitCode.ShouldBe(1);

        var first = await PortalProgram.RunAsync(folder.Path, English, "setup", EmptySite);
        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("the site is set up");

        var second = await PortalProgram.RunAsync(folder.Path, English, "setup", EmptySite);
        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain("already holds a site");

        var reindex = await PortalProgram.RunAsync(folder.Path, English, "reindex");
        reindex.ExitCode.ShouldBe(0, reindex.Errors);
        reindex.Output.ShouldContain("indexed 3 documents");
        (await PortalProgram.RunAsync(folder.Path, English, "doctor")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_recipe_that_is_missing_or_broken_is_refused_with_its_place()
    {
        using var folder = new ScratchFolder();
        var missing = await PortalProgram.RunAsync(folder.Path, English, "setup", "/nowhere/none.recipe.json");
        missing.ExitCode.ShouldBe(1);
        missing.Errors.ShouldContain("none.recipe.json");

        var broken = Path.Combine(folder.Path, "broken.recipe.json");
        await File.WriteAllTextAsync(broken, """{ "name": "x", "steps": [ { "name": "content", """);
        var refused = await PortalProgram.RunAsync(folder.Path, English, "setup", broken);
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("broken.recipe.json");
        refused.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("setup")]
    [InlineData("setup", "a", "b")]
    [InlineData("reindex", "everything")]
    [InlineData("doctor", "now")]
    [InlineData("create-admin")]
    [InlineData("create-admin", "a@agency.example", "--name")]
    [InlineData("teleport")]
    public async Task Wrong_usage_says_how_and_ends_with_two(params string[] arguments)
    {
        using var folder = new ScratchFolder();
        var outcome = await PortalProgram.RunAsync(folder.Path, English, arguments);
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("usage: ./portal");
    }

    [Theory]
    [InlineData("PORTAL_PAGE_WAIT", "601")]
    [InlineData("PORTAL_LEASE", "soon")]
    [InlineData("PORT", "65536")]
    [InlineData("PORTAL_UPLOAD_LIMIT", "-1")]
    [InlineData("PORTAL_SEARCH_RATE", "1e3")]
    [InlineData("PORTAL_URL", "km.example.go.th")]
    [InlineData("PORTAL_SMTP", "mail.example.go.th")]
    public async Task A_setting_that_cannot_be_used_is_named_in_one_line_and_nothing_is_served(string name, string value)
    {
        using var folder = new ScratchFolder();
        var outcome = await PortalProgram.RunAsync(folder.Path, Thai, "", new Dictionary<string, string> { [name] = value });
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.Trim().ShouldStartWith(name);
        outcome.Errors.Trim().Split('\n').Length.ShouldBe(1);
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_lists_every_verb_and_explains_each_in_the_operators_language()
    {
        using var folder = new ScratchFolder();
        foreach (var verb in new[] { "setup", "create-admin", "reindex", "doctor" })
        {
            (await PortalProgram.RunAsync(folder.Path, English, "--help")).Output.ShouldContain(verb);
            var help = await PortalProgram.RunAsync(folder.Path, Thai, verb, "--help");
            help.ExitCode.ShouldBe(0);
            help.Output.ShouldContain($"วิธีใช้: ./portal {verb}");
        }
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_is_named()
    {
        using var folder = new ScratchFolder();
        // Given to the program alone: the environment of this process is that of every test.
        var outcome = await PortalProgram.RunAsync(folder.Path, English, "", new Dictionary<string, string> { ["PORTAL_URL"] = "not an address" }, "doctor");
        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldContain("PORTAL_URL");
    }
}
