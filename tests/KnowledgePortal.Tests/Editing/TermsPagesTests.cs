using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

public sealed class TermsPagesTests : IAsyncLifetime
{
    private const string Page = "/manage/terms/topics";
    private readonly EditorSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Two_terms_become_one_and_what_carried_either_is_found_under_it()
    {
        var organizer = _site.As(EditorSite.Organizer);
        var before = await ReadAsync(organizer, Page);
        var terms = before.QuerySelectorAll(".people li").Zip(Ids(before), (li, id) => (Link: li.QuerySelector("a")!, Id: id, IsCarried: li.QuerySelector("small")!.TextContent.Any(char.IsDigit)));
        var carried = terms.Where(t => t.IsCarried).ToList();
        var (from, into) = (carried[0].Link, carried[1].Link);
        var answer = await SendAsync(organizer, "merge", ("from", carried[0].Id), ("into", carried[1].Id));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var after = await ReadAsync(organizer, Page);
        after.QuerySelector(".notice.ok")!.TextContent.ShouldContain(from.TextContent);
        after.QuerySelectorAll(".people li").Length.ShouldBe(before.QuerySelectorAll(".people li").Length - 1);
        var former = await _site.As(null).GetAsync(from.GetAttribute("href"), TestContext.Current.CancellationToken);
        former.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        Uri.UnescapeDataString(former.Headers.Location!.ToString()).ShouldBe(Uri.UnescapeDataString(into.GetAttribute("href")!));
        (await ReadAsync(_site.As(EditorSite.Administrator), "/admin/audit")).Body!.TextContent.ShouldContain(from.TextContent);
    }

    [Fact]
    public async Task A_term_moves_under_another_and_never_under_itself()
    {
        var organizer = _site.As(EditorSite.Organizer);
        var page = await ReadAsync(organizer, Page);
        var (first, second) = (Ids(page)[0], Ids(page)[1]);
        (await SendAsync(organizer, "move", ("term", second), ("parent", first))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await ReadAsync(organizer, Page)).QuerySelectorAll(".people b")[1].TextContent.ShouldStartWith("— ");
        var circle = await SendAsync(organizer, "move", ("term", first), ("parent", second));
        circle.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await circle.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("ทำแบบนี้ไม่ได้");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_words_and_keeps_the_choice()
    {
        var organizer = _site.As(EditorSite.Organizer);
        var id = Ids(await ReadAsync(organizer, Page))[0];
        var same = await SendAsync(organizer, "merge", ("from", id), ("into", id));
        same.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = new HtmlParser().ParseDocument(await same.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("คนละคำ");
        page.QuerySelector("#from option[selected]")!.GetAttribute("value").ShouldBe(id);
        (await SendAsync(organizer, "merge", ("from", "x"), ("into", id))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(EditorSite.Member, Page)]
    [InlineData(EditorSite.Member, "/manage/terms")]
    [InlineData(EditorSite.Organizer, "/manage/terms/nothing")]
    public async Task Others_find_nothing(string user, string path) =>
        (await _site.As(user).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task All_taxonomies_are_listed_and_the_workbench_leads_there()
    {
        var organizer = _site.As(EditorSite.Organizer);
        (await ReadAsync(organizer, "/manage")).QuerySelector("a[href='/manage/terms']").ShouldNotBeNull();
        (await ReadAsync(organizer, "/manage/terms")).QuerySelectorAll(".people a").Select(a => a.TextContent).ShouldContain("หัวข้อ");
    }

    private static IReadOnlyList<string> Ids(IDocument page) => [.. page.QuerySelectorAll("#from option").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0)];

    private static async Task<IDocument> ReadAsync(HttpClient client, string path) =>
        new HtmlParser().ParseDocument((await (await client.GetAsync(path)).EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Replace("&nbsp;", " ", StringComparison.Ordinal));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string action, params (string Name, string Value)[] fields)
    {
        var token = (await ReadAsync(client, Page)).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        return await client.PostAsync($"{Page}/{action}", new FormUrlEncodedContent(fields.Append(("__form", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
    }
}
