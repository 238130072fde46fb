using System.Net;
using System.Text.Json.Nodes;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Cli;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cli;

public sealed class ImportTests : IAsyncLifetime
{
    private const string English = "C.UTF-8";
    private static readonly string[] News =
    [
        """{"id":"n1","title":"จังหวัดน่านเปิดศูนย์เรียนรู้การทอผ้า","text":"วันที่ 5 มีนาคม 2566 จังหวัดน่านเปิดศูนย์เรียนรู้การทอผ้าให้ประชาชนเข้าชม\nที่มา : https://www.example.go.th/news/101","crawl":"2024"}""",
        """{"id":"n2","title":"จังหวัดน่านเปิดศูนย์เรียนรู้การทอผ้า","text":"วันที่ 5 มีนาคม 2566 จังหวัดน่านเปิดศูนย์เรียนรู้การทอผ้าให้ประชาชนเข้าชม"}""",
        """{"id":"n3","title":"ประชุมคณะทำงานจัดการน้ำ" """,
        """{"id":"n4","title":"<script>alert(1)</script> ประชุมคณะทำงานจัดการน้ำ","text":"[กดที่นี่](javascript:alert(1)) <img src=x onerror=alert(1)>"}""",
        """["not","an","object"]""",
        """{"id":5,"title":"ข่าวที่ห้า","text":"เมื่อวันที่ ๑๖ กุมภาพันธ์ ๒๕๖๔ ที่ประชุมเห็นชอบแผนงาน"}""",
    ];

    private readonly ScratchFolder _folder = new();
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        _file = Path.Combine(_folder.Path, "news.jsonl");
        await File.WriteAllLinesAsync(_file, News);
        await using var site = Offline.Site(_folder.Path);
        (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), site)).ShouldBe(Verbs.Done);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task News_become_dated_articles_once_and_broken_lines_are_named()
    {
        var first = await PortalProgram.RunAsync(_folder.Path, English, "import", _file);
        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.TrimEnd().Split('\n')[^1].ShouldStartWith("imported 4 (duplicates 1), known 0, skipped 2");
        first.Errors.ShouldContain("skipped line 3:");
        first.Errors.ShouldContain("skipped line 5:");
        first.Output.ShouldNotContain("[#");

        var again = await PortalProgram.RunAsync(_folder.Path, English, "import", _file);
        again.Output.ShouldContain("imported 0 (duplicates 0), known 4, skipped 2");

        await using var host = new PortalHost(_folder.Path);
        host.Start();
        await host.CatchUpAsync();
        var client = host.CreateClient();
        var page = await client.GetStringAsync("/articles/จังหวัดน่านเปิดศูนย์เรียนรู้การทอผ้า");
        page.ShouldContain("https://www.example.go.th/news/101");
        page.ShouldContain("5\u00A0มีนาคม\u00A02566");
        (await client.GetStringAsync("/articles")).ShouldNotContain("<script>alert");
        (await client.GetStringAsync("/")).ShouldNotContain("ศูนย์เรียนรู้การทอผ้า");
        (await client.GetStringAsync("/feed.atom")).ShouldNotContain("ศูนย์เรียนรู้การทอผ้า");
        var hits = await HitsAsync(client, "ทอผ้า&fy=2566");
        hits.Count.ShouldBe(2);
        hits[0]!["province"]!.GetValue<string>().ShouldBe("nan");
        (await HitsAsync(client, "เห็นชอบแผนงาน"))[0]!["fiscalYear"]!.GetValue<int>().ShouldBe(2564);
    }

    [Fact]
    public async Task What_is_imported_while_a_site_runs_is_findable_on_it_when_the_verb_ends()
    {
        await using var host = new PortalHost(_folder.Path);
        host.Start();
        await host.CatchUpAsync();
        var client = host.CreateClient();
        (await HitsAsync(client, "ทอผ้า")).Count.ShouldBe(0);

        var import = await PortalProgram.RunAsync(_folder.Path, English, "import", _file);
        import.ExitCode.ShouldBe(0, import.Errors);
        (await HitsAsync(client, "ทอผ้า")).Count.ShouldBe(2);

        var reindex = await PortalProgram.RunAsync(_folder.Path, English, "reindex");
        reindex.ExitCode.ShouldBe(0, reindex.Errors);
        reindex.Output.ShouldContain("the running site has built its index again");
        (await HitsAsync(client, "ทอผ้า")).Count.ShouldBe(2);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var outcome = await PortalProgram.RunAsync(_folder.Path, English, "import", "/nowhere/news.jsonl");
        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldContain("/nowhere/news.jsonl");
    }

    [Fact]
    public async Task Twenty_one_thousand_real_news_items_are_imported_and_found()
    {
        var folder = Environment.GetEnvironmentVariable("PORTAL_TEST_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("PORTAL_TEST_DATA names no folder with larger test data");
        var import = await PortalProgram.RunAsync(_folder.Path, English, "import", Path.Combine(folder, "data", "thaigov-21k.jsonl.gz"));
        import.ExitCode.ShouldBe(0, import.Errors);
        import.Output.ShouldContain("imported 21081");
        await using var host = new PortalHost(_folder.Path);
        host.Start();
        await host.CatchUpAsync();
        (await HitsAsync(host.CreateClient(), "นวัตกรรม")).Count.ShouldBe(20);
    }

    private static async Task<JsonArray> HitsAsync(HttpClient client, string parameters) =>
        JsonNode.Parse(await client.GetStringAsync("/api/v1/search?q=" + parameters))!["hits"]!.AsArray();
}
