using System.IO.Compression;
using System.Text;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

public sealed class RecipeExpressionTests : IAsyncLifetime
{
    private KernelSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await KernelSite.CreateAsync();
        _site.Write("body.md", "\uFEFF# หัวเรื่อง\r\nบรรทัด");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("[js: variables('a') + \"/\" + variables('a')]", "x/x")]
    [InlineData("[js:variables( 'a' )]", "x")]
    [InlineData("[JS: variables('a')]", "x")]
    [InlineData("[js: variables('indirect')]", "x")]
    [InlineData("[js: parameters('SiteName') + ': ' + ('it\\'s')]", "ทดสอบ: it's")]
    [InlineData("[js: configuration('OrchardCore_Admin:AdminUrlPrefix', 'Admin') + '/x']", "Admin/x")]
    [InlineData("[js: base64('4LiB')]", "ก")]
    [InlineData("[js: html('&lt;p&gt;')]", "<p>")]
    [InlineData("[js: base64('W2pzOiB1dWlkKCld')]", "[js: uuid()]")]
    [InlineData("[js: '\\u0e01\\n']", "ก\n")]
    [InlineData("[file:text('body.md')]", "# หัวเรื่อง\nบรรทัด")]
    [InlineData("[file: base64(\"body.md\")]", "77u/IyDguKvguLHguKfguYDguKPguLfguYjguK3guIcNCuC4muC4o+C4o+C4l+C4seC4lA==")]
    public async Task An_expression_gives_its_value(string expression, string value)
    {
        var report = await RunAsync(expression);
        report.Steps[0].Skipped.ShouldBeEmpty();
        (await _site.SettingAsync("A"))!.ToString().ShouldBe(value);
    }

    [Theory]
    [InlineData("[locale en]You: registered![/locale][locale fr]Vous[/locale]")]
    [InlineData("[1js: variables('a')]")]
    [InlineData("[sc text='some : text'/]")]
    [InlineData("[]")]
    [InlineData("[js]")]
    [InlineData("js: uuid()")]
    [InlineData(" [js: uuid()]")]
    [InlineData("[[js: uuid()]]")]
    public async Task Text_that_is_no_expression_stays_as_it_is(string text)
    {
        (await RunAsync(text)).Steps[0].Skipped.ShouldBeEmpty();
        (await _site.SettingAsync("A"))!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("[js: valiables('now')]")]
    [InlineData("[js: variables('nobody')]")]
    [InlineData("[js: variables('snake')]")]
    [InlineData("[js: 'ready in ' + variables('month') + '!']")]
    [InlineData("[js: parameters('AdminPassword')]")]
    [InlineData("[js: configuration('Portal:Smtp')]")]
    [InlineData("[js: process.exit(1)]")]
    [InlineData("[js: (function () { while (true) {} })()]")]
    [InlineData("[js: uuid() uuid()]")]
    [InlineData("[js: 'open]")]
    [InlineData("[js: base64('*')]")]
    [InlineData("[js: base64('gA==')]")]
    [InlineData("[js: ((((((((((((((((((((((((((((((((uuid()))))))))))))))))))))))))))))))))]")]
    [InlineData("[env: PATH]")]
    [InlineData("[file:text('../outside.md')]")]
    [InlineData("[file:text('/etc/passwd')]")]
    [InlineData("[file:text('missing.md')]")]
    [InlineData("[file:exec('body.md')]")]
    public async Task What_is_beyond_the_evaluator_stays_text_and_is_listed(string expression)
    {
        (await RunAsync(expression)).Steps[0].Skipped.Select(s => s.What).ShouldContain(expression);
        (await _site.SettingAsync("A"))!.ToString().ShouldBe(expression);
    }

    [Fact]
    public async Task Now_is_the_same_moment_in_the_whole_run_and_ids_are_new_each_time()
    {
        var report = await _site.RunAsync("""{ "name": "settings", "A": "[js: new Date().toISOString()]", "B": "[js: new Date( ) . toISOString()]", "C": "[js: uuid()]", "D": "[js: uuid()]" }""");
        var now = (await _site.SettingAsync("A"))!.ToString();
        now.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        (await _site.SettingAsync("B"))!.ToString().ShouldBe(now);
        (await _site.SettingAsync("C"))!.ToString().ShouldNotBe((await _site.SettingAsync("D"))!.ToString());
        report.Steps[0].NewIds.ShouldBe(2);
    }

    [Fact]
    public async Task Names_of_members_are_never_evaluated()
    {
        await _site.RunAsync("""{ "name": "settings", "A": { "[js: uuid()]": 1 } }""");
        (await _site.SettingAsync("A"))!.ToJsonString().ShouldBe("""{"[js: uuid()]":1}""");
    }

    [Fact]
    public async Task Gzip_unpacks_and_a_bomb_in_it_is_refused()
    {
        await RunAsync($"[js: base64(gzip('{Convert.ToBase64String(Packed(Encoding.UTF8.GetBytes("ข้อความ")))}'))]");
        (await _site.SettingAsync("A"))!.ToString().ShouldBe("ข้อความ");
        var bomb = $"[js: gzip('{Convert.ToBase64String(Packed(new byte[RecipeLimits.TextBytes + 1]))}')]";
        (await Should.ThrowAsync<InvalidRecipeException>(() => RunAsync(bomb))).Message.ShouldContain("gzip");
    }

    [Fact]
    public async Task A_text_that_looks_like_an_expression_survives_an_export()
    {
        await _site.RunAsync("""{ "name": "settings", "A": "[js: base64('W2pzOiB1dWlkKCld')]", "B": "[js: valiables('now')]", "C": "[js: base64('W2ZpbGU6dGV4dCgnYm9keS5tZCcpXQ==')]" }""");
        var file = await _site.ExportFileAsync("export.json", new([], false));
        await using var other = await KernelSite.CreateAsync();
        await other.RunFileAsync(file);
        (await other.SettingAsync("A"))!.ToString().ShouldBe("[js: uuid()]");
        (await other.SettingAsync("B"))!.ToString().ShouldBe("[js: valiables('now')]");
        (await other.SettingAsync("C"))!.ToString().ShouldBe("[file:text('body.md')]");
    }

    private Task<RecipeReport> RunAsync(string expression) => _site.RunAsync(
        $$"""{ "name": "settings", "A": {{System.Text.Json.JsonSerializer.Serialize(expression)}} }""",
        """ "a": "x", "indirect": "[js: variables('a')]", "snake": "[js: variables('tail')]", "tail": "[js: variables('snake')]", "month": "[js: var d = new Date(); return d.getMonth();]" """);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
