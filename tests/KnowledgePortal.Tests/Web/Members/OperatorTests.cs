using System.Net;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>Accounts from the command line: the first administrator, and those of a demo.</summary>
public sealed partial class OperatorTests
{
    private const string English = "C.UTF-8";

    private const string Recipe =
        """
        { "name": "Tiny", "steps": [ { "name": "settings", "SiteName": "เว็บเล็ก" }, { "name": "DemoAccounts", "Accounts": [
          { "Email": "Boss@demo.example", "Name": "หัวหน้า", "Roles": [ "Administrator" ] }, { "Email": "member@demo.example", "Name": "สมาชิก", "Roles": [ "Member" ] } ] } ] }
        """;

    [Fact]
    public async Task An_administrator_is_created_with_a_link_or_a_password()
    {
        using var folder = new ScratchFolder();
        (await RunAsync(folder, "create-admin", "boss@agency.example")).ExitCode.ShouldBe(1); // no site yet
        await SetUpAsync(folder, []);

        var linked = await RunAsync(folder, "create-admin", "Boss@Agency.example", "--name", "หัวหน้า ใจดี");
        linked.ExitCode.ShouldBe(0, linked.Errors);
        var link = Link().Match(linked.Output).Value;
        (await RunAsync(folder, "create-admin", "boss@agency.example")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(1), o => o.Errors.ShouldContain("already"));
        (await RunAsync(folder, "create-admin", "boss")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(1), o => o.Errors.ShouldContain("not an e-mail address"));
        (await PortalProgram.RunAsync(folder.Path, "th_TH.UTF-8", "create-admin", "boss")).Errors.ShouldContain("ไม่ใช่อีเมล");

        var common = await PortalProgram.RunAsync(folder.Path, English, "password1\n", [], "create-admin", "second@agency.example", "--password-stdin");
        common.ExitCode.ShouldBe(1);
        var second = await PortalProgram.RunAsync(folder.Path, English, MembersSite.Password + "\n", [], "create-admin", "second@agency.example", "--password-stdin");
        second.ExitCode.ShouldBe(0, second.Errors);
        (second.Output + second.Errors).ShouldNotContain(MembersSite.Password);

        await using var host = new PortalHost(folder.Path);
        var address = host.Start();
        var browser = new MemberBrowser(address, "203.0.113.1");
        (await browser.SubmitAsync(link, "/accept-invitation", ("NewPassword", MembersSite.Password), ("Repeated", MembersSite.Password))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync("/admin/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await new MemberBrowser(address, "203.0.113.1").SignInAsync("second@agency.example");
    }

    [Fact]
    public async Task A_demo_tells_its_passwords_once_and_stores_none()
    {
        using var folder = new ScratchFolder();
        var setUp = await SetUpAsync(folder, []);
        var told = SignIn().Matches(setUp.Output).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        told.Keys.ShouldBe(["boss@demo.example", "member@demo.example"]);
        told.Values.Distinct().Count().ShouldBe(2);
        await using (var database = TestDatabase.Open(folder.Path))
            foreach (var row in await database.QueryAsync<string>("select coalesce(password_hash, '') || display_name from accounts union all select detail from audit_events union all select document from site_settings"))
                told.Values.ShouldAllBe(password => !row.Contains(password));

        await using var host = new PortalHost(folder.Path);
        var address = host.Start();
        foreach (var (email, password) in told) await new MemberBrowser(address, "203.0.113.1").SignInAsync(email, password);
        (await RunAsync(folder, "doctor")).Output.ShouldNotContain(told.Values.First());
    }

    [Fact]
    public async Task A_demo_takes_the_operators_password_and_does_not_repeat_it()
    {
        using var folder = new ScratchFolder();
        var setUp = await SetUpAsync(folder, new() { ["PORTAL_DEMO_PASSWORD"] = MembersSite.Password });
        setUp.Output.ShouldContain("boss@demo.example");
        setUp.Output.ShouldNotContain(MembersSite.Password);
        await using var host = new PortalHost(folder.Path);
        await new MemberBrowser(host.Start(), "203.0.113.1").SignInAsync("member@demo.example");

        using var other = new ScratchFolder();
        var refused = await SetUpAsync(other, new() { ["PORTAL_DEMO_PASSWORD"] = "short" });
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("PORTAL_DEMO_PASSWORD");
    }

    private static Task<PortalProgram.Outcome> RunAsync(ScratchFolder folder, params string[] arguments) => PortalProgram.RunAsync(folder.Path, English, arguments);

    private static async Task<PortalProgram.Outcome> SetUpAsync(ScratchFolder folder, Dictionary<string, string> settings)
    {
        var recipe = Path.Combine(folder.Path, "tiny.recipe.json");
        await File.WriteAllTextAsync(recipe, Recipe);
        return await PortalProgram.RunAsync(folder.Path, English, "", settings, "setup", recipe);
    }

    [GeneratedRegex(@"(?<=http://[^/]+)/accept-invitation\?token=\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"^  (\S+@demo\.example) +([a-z0-9]{16}) ", RegexOptions.Multiline)]
    private static partial Regex SignIn();
}
