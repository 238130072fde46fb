using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Members;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class RecipeStepsTests : IAsyncLifetime
{
    private KernelSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await KernelSite.CreateAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_definition_is_merged_key_by_key_and_record_by_record()
    {
        await _site.RunAsync("""
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "T", "DisplayName": "one", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true }, "Foreign": { "List": [ { "Name": "a", "X": 1 } ] } },
              "ContentTypePartDefinitionRecords": [ { "PartName": "A", "Name": "A", "Settings": { "P": { "x": 1 } } }, { "PartName": "B" } ] } ] }
            """);
        await _site.RunAsync("""
            { "name": "contentdefinition", "contenttypes": [ { "name": "T", "displayname": "two", "settings": { "ContentTypeSettings": { "Listable": false }, "Foreign": { "List": [ { "Name": "b" } ] } },
              "ContentTypePartDefinitionRecords": [ { "PartName": "B", "Name": "B", "Settings": { "P": { "y": 2 } } }, { "PartName": "C", "Name": "Cs" } ] } ] }
            """);
        (await TypeAsync("T")).ToJsonString().ShouldBe(
            """{"Name":"T","DisplayName":"two","Settings":{"ContentTypeSettings":{"Creatable":true,"Listable":false},"Foreign":{"List":[{"Name":"b"}]}},"ContentTypePartDefinitionRecords":[{"PartName":"A","Name":"A","Settings":{"P":{"x":1}}},{"PartName":"B","Name":"B","Settings":{"P":{"y":2}}},{"PartName":"C","Name":"Cs"}]}""");
        await _site.RunAsync("""{ "name": "ReplaceContentDefinition", "ContentTypes": [ { "Name": "T", "DisplayName": "three" } ] }""");
        (await TypeAsync("T")).ToJsonString().ShouldBe("""{"Name":"T","DisplayName":"three"}""");
        var report = await _site.RunAsync("""{ "name": "DeleteContentDefinition", "ContentTypes": [ "T", "Nobody" ], "ContentParts": [ "P" ] }""");
        report.Steps[0].Changes.ShouldBe(["- T"]);
        (await _site.Get<ContentDefinitions>().FindAsync("T")).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "ContentTypes": [ { "DisplayName": "x" } ] }""", "a content type has no Name")]
    [InlineData("""{ "ContentTypes": [ { "Name": "T", "ContentTypePartDefinitionRecords": [ { "PartName": "A" }, { "Name": "B" } ] } ] }""", "the type T, part 2, has no PartName")]
    [InlineData("""{ "ContentTypes": [ { "Name": "T", "ContentTypePartDefinitionRecords": [ "A" ] } ] }""", "the type T, part 1, is no object")]
    [InlineData("""{ "ContentParts": [ { "Name": "" } ] }""", "a content part has no Name")]
    [InlineData("""{ "ContentParts": [ { "Name": "P", "ContentPartFieldDefinitionRecords": [ { "Name": "F" } ] } ] }""", "the part P, field 1, has no FieldName")]
    [InlineData("""{ "ContentParts": [ { "Name": "P", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField" } ] } ] }""", "the part P, field 1, has no Name")]
    public async Task A_definition_without_a_name_is_refused_with_its_place(string body, string place)
    {
        var step = body.Insert(1, " \"name\": \"ContentDefinition\",");
        (await Should.ThrowAsync<InvalidRecipeException>(() => _site.RunAsync($$"""{ "name": "settings", "SiteName": "x" }, {{step}}"""))).Message.ShouldContain($"test.recipe.json, step 2 (ContentDefinition): {place}");
        (await _site.SettingAsync("SiteName")).ShouldBeNull();
    }

    [Fact]
    public async Task Settings_of_2018_are_read_as_they_lie_and_kept_as_they_are()
    {
        await _site.RunFileAsync(Repository.File("tests", "KnowledgePortal.Tests", "Cms", "Recipes", "beta-2018.recipe.json"));
        var type = (await _site.Get<ContentDefinitions>().FindAsync("Service")).ShouldNotBeNull();
        type.IsCreatable.ShouldBeTrue();
        type.Parts.Select(p => p.Name).ShouldBe(["HtmlBodyPart", "Steps", "Service", "TitlePart", "AutoroutePart"]);
        type.Part("AutoroutePart")!.PartSettings["Pattern"]!.ToString().ShouldContain("slugify");
        type.Part("Steps")!.Description.ShouldBe("What to do");
        type.Part("Service")!.Fields[0].IsRequired.ShouldBeTrue();
        type.Part("Service")!.Fields[0].Hint.ShouldBe("A name of an icon");
        (await TypeAsync("Service"))["Settings"]!["Creatable"]!.GetValue<string>().ShouldBe("True");
    }

    [Fact]
    public async Task Permissions_of_a_role_are_replaced_added_or_removed()
    {
        await RoleAsync("""{ "Name": "R", "Description": "d", "Permissions": [ "ViewContent", "EditContent" ] }""");
        (await RoleAsync("""{ "Name": "R", "Permissions": [ "PublishContent" ], "PermissionBehavior": "Add" }""")).ShouldBe("""{"Name":"R","Description":"d","Permissions":["ViewContent","EditContent","PublishContent"]}""");
        (await RoleAsync("""{ "Name": "R", "Permissions": [ "EditContent" ], "PermissionBehavior": 2 }""")).ShouldBe("""{"Name":"R","Description":"d","Permissions":["ViewContent","PublishContent"]}""");
        var report = await _site.RunAsync("""{ "name": "roles", "roles": [ { "name": "R", "permissions": [ "ManageRocket", "ManageUsers" ] }, { "Name": "Administrator", "Permissions": [ "SiteOwner" ] } ] }""");
        report.Steps[0].Skipped.Select(s => s.What).ShouldBe(["ManageRocket"]);
        (await _site.SettingAsync("role:R"))!["Permissions"]!.AsArray().Select(p => p!.ToString()).ShouldBe(["ManageRocket", "ManageUsers"]);
        (await _site.SettingAsync("role:Administrator"))!["Permissions"]!.AsArray().ShouldBeEmpty();
        (await _site.Get<RolePermissions>().HasAsync(new Visitor("x", ["R"]), "ManageUsers")).ShouldBeTrue();
    }

    [Fact]
    public async Task Settings_are_sections_and_neither_secrets_nor_the_sites_own_names_are_taken()
    {
        var report = await _site.RunAsync("""
            { "name": "Settings", "siteName": "ชื่อ", "sitesalt": "s", "SuperUser": "u", "SearchGeneration": 7, "role:Organizer": { "Permissions": [ "ManageUsers" ] },
              "Acme": { "Key": 1, "ApiKey": "hidden", "Deep": [ { "Password": "hidden", "Empty": "" } ] }, "NoPassword": { "Password": "" } }
            """);
        report.Steps[0].Skipped.Select(s => s.What).ShouldBe(["sitesalt", "SuperUser", "SearchGeneration", "role:Organizer", "Acme.ApiKey", "Acme.Deep[0].Password"], ignoreOrder: true);
        (await _site.SettingAsync("SiteName"))!.ToString().ShouldBe("ชื่อ");
        (await _site.SettingAsync("Acme"))!.ToJsonString().ShouldBe("""{"Key":1,"Deep":[{"Empty":""}]}""");
        var export = (await _site.ExportAsync()).ToJsonString();
        foreach (var secret in new[] { "hidden", "SuperUser", "SiteSalt" }) export.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Features_are_recorded_and_unknown_ones_listed()
    {
        var report = await _site.RunAsync("""{ "name": "feature", "enable": [ "OrchardCore.Contents", "Sessions", "OrchardCore.Magic" ] }, { "name": "feature", "enable": [ "Search" ], "disable": [ "sessions" ] }""");
        report.Steps.SelectMany(s => s.Skipped).Select(s => s.What).ShouldBe(["OrchardCore.Magic"]);
        (await _site.ExportAsync())["steps"]![0]!["enable"]!.ToJsonString().ShouldBe("""["OrchardCore.Contents","OrchardCore.Magic","Search"]""");
    }

    [Fact]
    public async Task Kept_steps_grow_thing_by_thing_and_come_out_as_they_went_in()
    {
        await _site.RunAsync("""
            { "name": "Queries", "Queries": [ { "Name": "a", "Source": "Sql", "Template": "select 1" }, { "Name": "b" } ] },
            { "name": "queries", "queries": [ { "Name": "a", "Source": "Lucene" }, { "Name": "c" } ] },
            { "name": "lucene-index", "Indices": [ { "Search": { "AnalyzerName": "x" } }, "Odd" ] },
            { "name": "Templates", "Templates": { "X": { "Content": "1" } }, "Extra": true },
            { "name": "Acme", "A": 1 }, { "name": "Acme", "A": 2 }, { "name": "OpenIdApplication", "ClientId": "c", "ClientSecret": "hidden" }
            """);
        var again = await _site.RunAsync("""{ "name": "Acme", "A": 1 }, { "name": "Acme", "A": 3 }""");
        again.Steps.Select(s => s.Written).ShouldBe([0, 1]);
        (await _site.ExportAsync())["steps"]!.ToJsonString().ShouldBe(
            """[{"name":"Queries","Queries":[{"Name":"a","Source":"Lucene"},{"Name":"b"},{"Name":"c"}]},{"name":"lucene-index","Indices":[{"Search":{"AnalyzerName":"x"}},"Odd"]},{"name":"Templates","Templates":{"X":{"Content":"1"}},"Extra":true},{"name":"Acme","A":1},{"name":"Acme","A":3},{"name":"OpenIdApplication","ClientId":"c"}]""");
    }

    [Fact]
    public async Task Commands_are_neither_run_nor_kept()
    {
        var report = await _site.RunAsync("""{ "name": "Command", "Commands": [ "createUser /Password:hidden" ] }""");
        report.Steps[0].Status.ShouldBe(RecipeStepStatus.Skipped);
        report.Steps[0].Skipped.Single().What.ShouldBe("Command");
        (await _site.ExportAsync())["steps"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Users_become_accounts_without_a_password()
    {
        var report = await _site.RunAsync("""
            { "name": "Users", "Users": [ { "UserName": "somchai", "Email": "Somchai@example.go.th", "PasswordHash": "AQAAAA==", "SecurityStamp": "S", "RoleNames": [ "Organizer" ] },
              { "UserName": "nobody", "Email": "" }, { "UserName": "off", "Email": "off@example.go.th", "IsEnabled": false } ] }
            """);
        report.Steps[0].Skipped.Select(s => s.What).ShouldBe(["somchai.PasswordHash", "nobody", "off@example.go.th"]);
        var account = (await _site.Get<Accounts>().FindByNameAsync("somchai@example.go.th")).ShouldNotBeNull();
        (await _site.Get<Accounts>().PasswordHashAsync(account.AccountId)).ShouldBeNull();
        (await _site.ExportAsync()).ToJsonString().ShouldNotContain("somchai");
    }

    [Fact]
    public async Task Media_take_the_place_of_other_files_only_when_the_recipe_commits()
    {
        var old = Path.Combine(_site.MediaFolder, "a", "b.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        await File.WriteAllTextAsync(old, "old");
        const string Media = """{ "name": "media", "Files": [ { "TargetPath": "a/b.txt", "Base64": "bmV3" }, { "Path": "c.txt", "SourcePath": "Files/c.txt" } ] }""";
        _site.Write("Files/c.txt", "c");
        await Should.ThrowAsync<InvalidRecipeException>(() => _site.RunAsync(Media + """, { "name": "ContentDefinition", "ContentTypes": [ { } ] }"""));
        Directory.GetFiles(_site.MediaFolder, "*", SearchOption.AllDirectories).ShouldBe([old]);
        (await File.ReadAllTextAsync(old)).ShouldBe("old");

        (await _site.RunAsync(Media)).Steps[0].Changes.ShouldBe(["~ a/b.txt", "+ c.txt"]);
        (await File.ReadAllTextAsync(old)).ShouldBe("new");
        Directory.GetFiles(_site.MediaFolder, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
        (await _site.RunAsync(Media)).Steps[0].Written.ShouldBe(0);
    }

    [Fact]
    public async Task A_broken_Base64_is_refused() =>
        (await Should.ThrowAsync<InvalidRecipeException>(() => _site.RunAsync("""{ "name": "media", "Files": [ { "TargetPath": "a.txt", "Base64": "*" } ] }"""))).Message.ShouldContain("a.txt");

    [Fact]
    public async Task A_package_brings_its_media_along()
    {
        await _site.RunAsync("""{ "name": "media", "Files": [ { "TargetPath": "ภาพ/ปก.txt", "Base64": "eA==" }, { "TargetPath": "other.txt", "Base64": "eQ==" } ] }, { "name": "content", "data": [ { "ContentItemId": "4a", "ContentType": "Page", "Page": { "Cover": { "Paths": [ "ภาพ/ปก.txt" ] } } } ] }""");
        var whole = await _site.ExportFileAsync("whole.zip", new([], WithMedia: true));
        var part = await _site.ExportFileAsync("part.zip", new(["Page"], WithMedia: true));
        await using var second = await KernelSite.CreateAsync();
        await second.RunFileAsync(whole);
        (await File.ReadAllTextAsync(Path.Combine(second.MediaFolder, "ภาพ", "ปก.txt"))).ShouldBe("x");
        (await File.ReadAllBytesAsync(await second.ExportFileAsync("again.zip", new([], WithMedia: true)))).ShouldBe(await File.ReadAllBytesAsync(whole));
        await using var third = await KernelSite.CreateAsync();
        await third.RunFileAsync(part);
        Directory.GetFiles(third.MediaFolder, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Only_some_types_come_out_with_their_parts()
    {
        await _site.RunAsync("""
            { "name": "settings", "SiteName": "x" },
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "A", "ContentTypePartDefinitionRecords": [ { "PartName": "P" } ] }, { "Name": "B" } ], "ContentParts": [ { "Name": "P" }, { "Name": "Q" } ] },
            { "name": "content", "data": [ { "ContentItemId": "4a", "ContentType": "A" }, { "ContentItemId": "4b", "ContentType": "B" } ] }
            """);
        var steps = (await _site.ExportAsync("A"))["steps"]!.AsArray();
        steps.Select(s => s!["name"]!.ToString()).ShouldBe(["ContentDefinition", "content"]);
        steps[0]!["ContentTypes"]!.AsArray().Single()!["Name"]!.ToString().ShouldBe("A");
        steps[0]!["ContentParts"]!.AsArray().Single()!["Name"]!.ToString().ShouldBe("P");
        steps[1]!["data"]!.AsArray().Single()!["ContentItemId"]!.ToString().ShouldBe("4a");
    }

    [Fact]
    public async Task Recipes_run_others_that_lie_beside_them_and_a_circle_is_refused()
    {
        _site.Write("broken.recipe.json", "{");
        _site.Write("inner.recipe.json", """{ "name": "Inner", "variables": { "x": "1" }, "steps": [ { "name": "settings", "A": "[js: variables('x')]" }, { "name": "media", "Files": [] } ] }""");
        var report = await _site.RunAsync("""{ "name": "recipes", "Values": [ { "executionid": "e", "name": "inner" }, { "name": "nobody" }, { "executionid": "x" } ] }, { "name": "settings", "B": "[js: variables('x')]" }""", """ "x": "2" """);
        report.Steps.Select(s => s.Name).ShouldBe(["recipes", "settings", "media", "settings"]);
        report.Steps[0].Skipped.Select(s => s.What).ShouldBe(["nobody", ""]);
        ((await _site.SettingAsync("A"))!.ToString(), (await _site.SettingAsync("B"))!.ToString()).ShouldBe(("1", "2"));

        _site.Write("a.recipe.json", """{ "name": "A", "steps": [ { "name": "recipes", "Values": [ { "name": "B" } ] } ] }""");
        var circle = _site.Write("b.recipe.json", """{ "name": "B", "steps": [ { "name": "settings", "C": "1" }, { "name": "recipes", "Values": [ { "name": "a" } ] } ] }""");
        (await Should.ThrowAsync<InvalidRecipeException>(() => _site.RunFileAsync(circle))).Message.ShouldContain("a.recipe.json, step 1 (recipes): the recipe B runs itself");
        (await _site.SettingAsync("C")).ShouldBeNull();
    }

    [Fact]
    public async Task Recipes_that_multiply_are_refused()
    {
        for (var level = 0; level < 6; level++)
        {
            var values = string.Join(",", Enumerable.Repeat($$"""{ "name": "L{{level + 1}}" }""", 10));
            _site.Write($"l{level}.recipe.json", $$"""{ "name": "L{{level}}", "steps": [ { "name": "recipes", "Values": [ {{values}} ] } ] }""");
        }
        _site.Write("l6.recipe.json", """{ "name": "L6", "steps": [ { "name": "settings", "A": 1 } ] }""");
        (await Should.ThrowAsync<InvalidRecipeException>(() => _site.RunFileAsync(Path.Combine(_site.RecipeFolder, "l0.recipe.json")))).Message.ShouldContain("more than");
    }

    [Fact]
    public async Task A_plan_tells_what_a_run_then_does_and_writes_nothing()
    {
        var demo = Repository.File("recipes", "demo.recipe.json");
        var plan = await _site.PlanFileAsync(demo);
        (await _site.Database.FirstAsync<long>("select (select count(*) from content_items) + (select count(*) from site_settings) + (select count(*) from kept_steps) + (select count(*) from accounts)")).ShouldBe(0);
        Directory.Exists(_site.MediaFolder).ShouldBeFalse();
        var run = await _site.RunFileAsync(demo);
        plan.Steps.Select(s => (s.Name, s.Written)).ShouldBe(run.Steps.Select(s => (s.Name, s.Written)));
        (await _site.PlanFileAsync(demo)).Steps.Sum(s => s.Written).ShouldBe(0);
    }

    [Fact]
    public async Task Odd_values_where_objects_are_expected_break_nothing()
    {
        foreach (var name in new[] { "feature", "themes", "settings", "ContentDefinition", "ReplaceContentDefinition", "DeleteContentDefinition", "content", "Roles", "media", "recipes", "Users", "Queries", "Templates", "lucene-index", "custom-settings", "DrawnMedia", "RebuildIndex", "Unknown" })
            foreach (var value in new[] { "null", "1", "\"x\"", "[]", "{}", "[ null, 1, \"x\", [], {} ]" })
            {
                var step = new StringBuilder($$"""{ "name": "{{name}}" """);
                foreach (var member in new[] { "enable", "disable", "site", "data", "ContentTypes", "ContentParts", "Roles", "Files", "Values", "Users", "Queries", "Templates", "Indices", "Accounts", "Commands" })
                    step.Append($", \"{member}\": {value}");
                try
                {
                    await _site.RunAsync(step.Append(" }").ToString());
                }
                catch (InvalidRecipeException error)
                {
                    error.Message.ShouldContain("step 1");
                }
            }
        JsonNode.Parse((await _site.ExportAsync()).ToJsonString(JsonText.Options)).ShouldNotBeNull();
    }

    private async Task<string> RoleAsync(string role)
    {
        await _site.RunAsync($$"""{ "name": "Roles", "Roles": [ {{role}} ] }""");
        return (await _site.SettingAsync("role:R"))!.ToJsonString();
    }

    private async Task<JsonObject> TypeAsync(string name) =>
        JsonNode.Parse((await _site.Database.FirstAsync<string>("select document from content_type_definitions where name = @name", new { name }))!)!.AsObject();
}
