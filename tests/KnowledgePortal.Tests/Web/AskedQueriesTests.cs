using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Digests;
using KnowledgePortal.Web.Features.Search;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What organizers learn of what readers search, and what nobody does.</summary>
public sealed class AskedQueriesTests
{
    [Theory]
    [InlineData("  เสวนา   นวัตกรรม ", "เสวนา นวัตกรรม")]
    [InlineData("ความส\u0E4D\u0E32เร็จ", "ความสำเร็จ")]
    [InlineData("PMQA ๒๕๖๓", "pmqa 2563")]
    [InlineData("ครั้งที่ 4/2563", "ครั้งที่ 4/2563")]
    [InlineData("somchai@moi.go.th", null)]
    [InlineData("ติดต่อ 081-234-5678", null)]
    [InlineData("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", null)]
    [InlineData("1-1002-00345-67-8", null)]
    [InlineData("เลขบัตร 1100200345678", null)]
    [InlineData("2563", null)]
    [InlineData("  \"* ", null)]
    [InlineData("", null)]
    public void What_may_be_about_a_person_is_not_counted(string typed, string? counted) => AskedQueries.Normal(typed).ShouldBe(counted);

    [Fact]
    public void A_text_is_no_query() => AskedQueries.Normal(new string('ก', 101)).ShouldBeNull();

    [Fact]
    public async Task Queries_are_counted_by_day_and_forgotten()
    {
        await using var site = await DigestSite.OpenAsync();
        var (asked, lists) = (site.Get<AskedQueries>(), site.Get<AskedQueryLists>());
        Ask(asked, "นวัตกรรม", total: 3);
        Ask(asked, " นวัตกรรม", total: 3);
        Ask(asked, "ไม่มีเรื่องนี้", total: 0);
        Ask(asked, "ครั้งเดียว", total: 0);
        Ask(asked, "somchai@moi.go.th", total: 0);
        Ask(asked, "หน้าสอง", total: 30, page: 2);
        Ask(asked, "หน้าสอง", total: 30, page: 2);
        await asked.FlushAsync();
        site.Clock.Now = DigestSite.Wednesday.AddDays(1);
        Ask(asked, "ไม่มีเรื่องนี้", total: 0);
        await asked.FlushAsync();

        (await lists.PopularAsync()).ShouldBe([new AskedQuery { Query = "นวัตกรรม", Times = 2, Days = 1, LastOn = new(2026, 9, 16) }]);
        (await lists.EmptyAsync()).ShouldBe([new AskedQuery { Query = "ไม่มีเรื่องนี้", Times = 2, Days = 2, LastOn = new(2026, 9, 17) }]);
        (await StoredAsync(site)).ShouldBe(["ครั้งเดียว", "นวัตกรรม", "ไม่มีเรื่องนี้"], ignoreOrder: true);

        // What is found at last is not missing any more.
        site.Clock.Now = DigestSite.Wednesday.AddDays(2);
        Ask(asked, "ไม่มีเรื่องนี้", total: 1);
        await asked.FlushAsync();
        (await lists.EmptyAsync()).ShouldBeEmpty();

        site.Clock.Now = DigestSite.Wednesday.AddDays(15);
        await asked.FlushAsync();
        (await StoredAsync(site)).ShouldBe(["นวัตกรรม", "ไม่มีเรื่องนี้"], ignoreOrder: true);
        site.Clock.Now = DigestSite.Wednesday.AddDays(93);
        await asked.FlushAsync();
        (await StoredAsync(site)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_writes_the_counts_down_waits_for_others_who_do()
    {
        await using var site = await DigestSite.OpenAsync();
        var asked = site.Get<AskedQueries>();
        await asked.FlushAsync(); // what is old is forgotten once a day
        Ask(asked, "นวัตกรรม", total: 3);
        Task first, second;
        await using (await site.Database.BeginAsync(TestContext.Current.CancellationToken))
        {
            first = asked.FlushAsync();
            second = asked.FlushAsync();
            second.IsCompleted.ShouldBeFalse("the first has written nothing yet");
        }
        await second;
        (await StoredAsync(site)).ShouldBe(["นวัตกรรม"]);
        await first;
    }

    [Fact]
    public async Task Counts_stay_while_nobody_can_write_them_down()
    {
        await using var site = await DigestSite.OpenAsync();
        var asked = site.Get<AskedQueries>();
        Ask(asked, "นวัตกรรม", total: 3);
        await using (await site.Database.BeginAsync(TestContext.Current.CancellationToken))
            await Should.ThrowAsync<BusyDatabaseException>(() => HurriedAsync(site.Database, asked));
        await asked.FlushAsync();
        (await StoredAsync(site)).ShouldBe(["นวัตกรรม"]);
    }

    [Fact]
    public async Task Organizers_see_what_is_not_found_and_others_do_not()
    {
        await using var site = new EditorSite();
        await site.InitializeAsync();
        var reader = site.As(null);
        for (var i = 0; i < 2; i++)
        {
            await reader.GetAsync("/search?q=xyzzyplugh");
            await reader.GetAsync("/search?q=" + Uri.EscapeDataString("ขอนแก่นศึกษา"));
            await reader.GetAsync("/search?q=" + Uri.EscapeDataString("ขอนแก่นศึกษา") + "&fy=2499");
        }
        var page = new HtmlParser().ParseDocument(await site.As(EditorSite.Administrator).GetStringAsync("/manage/searches"));
        var (empty, popular) = (page.QuerySelector("[aria-labelledby=empty]")!, page.QuerySelector("[aria-labelledby=popular]")!);
        Cells(empty).ShouldContain("xyzzyplugh");
        Cells(popular).ShouldContain("ขอนแก่นศึกษา");
        Cells(empty).ShouldNotContain("ขอนแก่นศึกษา");
        (await reader.GetAsync("/manage/searches")).IsSuccessStatusCode.ShouldBeFalse();
    }

    private static async Task HurriedAsync(Database database, AskedQueries asked)
    {
        database.Limit(TimeSpan.FromMilliseconds(1));
        await asked.FlushAsync();
    }

    private static IEnumerable<string> Cells(IElement section) => section.QuerySelectorAll("tbody th").Select(c => c.TextContent.Replace("\u2060", ""));

    private static void Ask(AskedQueries asked, string query, long total, int page = 1) => asked.Note(new SearchPage
    {
        Input = new SearchInput(query, new Dictionary<string, IReadOnlyList<string>>(), page), Total = total,
    });

    private static async Task<IReadOnlyList<string>> StoredAsync(DigestSite site) => await site.Database.QueryAsync<string>("select distinct query from asked_queries");
}
