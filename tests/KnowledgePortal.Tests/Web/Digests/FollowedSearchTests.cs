using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Features.Search;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

/// <summary>A search that somebody follows: from the search page to the mail that names it, and its end.</summary>
public sealed class FollowedSearchTests
{
    private const string Reader = "somchai@example.com";
    private static readonly string[] Innovation = ["public-innovation"];

    [Theory]
    [InlineData("q=นวัตกรรม&fy=2564&fy=2563", "fy=2563&fy=2564&q=%20นวัตกรรม%20&page=7&sort=new&unknown=1")]
    [InlineData("q=ก ข", "q=ก  ข")]
    public void Equal_searches_have_equal_keys(string one, string other)
    {
        SavedSearch.Parse(one)!.Key.ShouldBe(SavedSearch.Parse(other)!.Key);
        SavedSearch.Parse(SavedSearch.Parse(one)!.Key)!.Key.ShouldBe(SavedSearch.Parse(one)!.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q=")]
    [InlineData("q=%20&sort=new")]
    [InlineData("unknown=1")]
    public void A_search_for_everything_cannot_be_followed(string key) => SavedSearch.Parse(key).ShouldBeNull();

    [Fact]
    public void A_search_that_is_too_long_cannot_be_followed()
    {
        SavedSearch.Parse("q=" + new string('ก', 500)).ShouldBeNull();
        SavedSearch.Parse("q=ก&" + string.Join('&', Enumerable.Range(2500, 21).Select(y => $"fy={y}"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_digest_has_the_new_items_with_all_words_of_the_search_that_pass_its_filters()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.PublishSessionAsync("ก่อนสมัคร น้ำท่วมสงขลา", Innovation);
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=น้ำท่วม สงขลา&fy=2569");
        await site.PublishSessionAsync("ถอดบทเรียนน้ำท่วมเมืองสงขลา");
        await site.PublishSessionAsync("น้ำท่วมเชียงราย");
        await site.PublishSessionAsync("เที่ยวสงขลา");
        await site.PublishSessionAsync("น้ำท่วมสงขลา ปีก่อน", heldOn: "2025-01-10");
        await site.PublishArticleAsync("ไม่มีวัน น้ำท่วม สงขลา");
        site.Sent.Clear();

        (await site.RoundAsync(DigestSite.Monday)).Mails.Sent.ShouldBe(1);
        var mail = site.Sent.To(Reader).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("ค้นหา “น้ำท่วม สงขลา” · ปีงบประมาณ\u00A02569: 1 เรื่องใหม่ สัปดาห์นี้");
        foreach (var part in new[] { mail.Text!, mail.Html! })
        {
            part.ShouldContain("test/2");
            foreach (var other in new[] { "ก่อนสมัคร", "เชียงราย", "เที่ยว", "ปีก่อน", "ไม่มีวัน" }) part.ShouldNotContain(other);
        }
        mail.Text!.ShouldContain("เพราะเลือก ค้นหา “น้ำท่วม สงขลา”");
        mail.Html!.ShouldContain("/search?q=");

        (await site.RoundAsync(DigestSite.Monday.AddDays(7))).Mails.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task A_search_and_a_topic_in_one_subscription_are_alternatives_and_changed_items_come_as_changed()
    {
        await using var site = await DigestSite.OpenAsync();
        var known = await site.PublishSessionAsync("เสวนาพลังงานชุมชน");
        await site.SubscribeAsync(Reader, DigestFrequency.Daily, Innovation, search: "q=พลังงาน");
        await site.UpdateAsync(known);
        await site.PublishPracticeAsync("เครื่องคัดแยก", Innovation);
        await site.PublishPracticeAsync("เรื่องอื่น");
        site.Sent.Clear();
        await site.RoundAsync(DigestSite.Wednesday.AddDays(1));
        var mail = site.Sent.To(Reader).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("ค้นหา “พลังงาน” และอีก 1 เรื่อง: 1 เรื่องใหม่ ปรับปรุง 1 เรื่อง วันนี้");
        mail.Text!.ShouldContain("เสวนาพลังงานชุมชน");
        mail.Text!.ShouldNotContain("เรื่องอื่น");
    }

    [Fact]
    public async Task Each_of_many_searches_gets_its_own()
    {
        await using var site = await DigestSite.OpenAsync();
        string[] subjects = ["แรงงาน", "เกษตรกร", "พลังงาน", "การศึกษา"];
        foreach (var (subject, i) in subjects.Select((s, i) => (s, i)))
        {
            await site.SubscribeAsync($"reader{i}@example.com", DigestFrequency.Weekly, search: "q=" + subject);
            await site.SubscribeAsync($"second{i}@example.com", DigestFrequency.Weekly, search: "q=" + subject);
        }
        foreach (var subject in subjects) await site.PublishArticleAsync("ข่าว" + subject);
        site.Sent.Clear();
        (await site.RoundAsync(DigestSite.Monday)).Mails.Sent.ShouldBe(8);
        foreach (var (subject, i) in subjects.Select((s, i) => (s, i)))
            foreach (var who in new[] { "reader", "second" })
            {
                var text = site.Sent.To($"{who}{i}@example.com").ShouldHaveSingleItem().Text!;
                subjects.Where(s => text.Contains("* ข่าว" + s)).ShouldBe([subject]);
            }
    }

    [Fact]
    public async Task Another_process_that_does_not_own_the_index_finds_the_same()
    {
        await using var site = await DigestSite.OpenAsync(isServed: true);
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=พลังงาน");
        await site.PublishArticleAsync("ข่าวพลังงาน");
        await site.PublishArticleAsync("ข่าวแรงงาน");
        await site.Get<SearchIndex>().CatchUpAsync();
        site.Sent.Clear();
        await using var other = site.OpenServices();
        site.Clock.Now = DigestSite.Monday;
        (await other.GetRequiredService<DigestRound>().RunAsync(site.Clock.Now, CancellationToken.None)).Mails.Sent.ShouldBe(1);
        site.Sent.To(Reader).ShouldHaveSingleItem().Text!.ShouldNotContain("แรงงาน");
    }

    [Fact]
    public async Task A_search_that_can_no_longer_be_read_finds_nothing_and_not_everything()
    {
        await using var site = await DigestSite.OpenAsync();
        var subscription = await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=พลังงาน");
        await using (var transaction = await site.Database.BeginAsync())
        {
            await transaction.ExecuteAsync("update subscriptions set search = 'gone=1' where id = @Id", new { subscription.Id });
            await transaction.CommitAsync();
        }
        await site.PublishArticleAsync("ข่าวพลังงาน");
        (await site.RoundAsync(DigestSite.Monday)).NothingNew.ShouldBe(1);
    }

    [Fact]
    public async Task From_the_search_page_it_is_asked_for_confirmed_shown_changed_and_stopped()
    {
        await using var site = await DigestSite.OpenAsync(isServed: true);
        await site.PublishArticleAsync("ข่าวพลังงานสะอาด", Innovation);
        await site.Get<SearchIndex>().CatchUpAsync();
        var browser = new MemberBrowser(site.Address, "203.0.113.77");
        var results = await browser.PageAsync("/search?q=" + Uri.EscapeDataString("พลังงาน") + "&topic=public-innovation&sort=new&page=1");
        var follow = results.QuerySelectorAll<IHtmlAnchorElement>("main a").Single(a => a.TextContent.Contains("ติดตามทางอีเมล")).GetAttribute("href")!;

        var form = await browser.PageAsync(follow);
        var chosen = form.QuerySelector<IHtmlInputElement>("input[name=search]")!;
        (chosen.IsChecked, chosen.ParentElement!.TextContent.Replace("\u2060", "")).ShouldBe((true, "ค้นหา “พลังงาน” · นวัตกรรมภาครัฐ"));
        var hidden = form.QuerySelector<IHtmlInputElement>("main form input[type=hidden]")!;
        var preview = await browser.PostAsync("/subscribe/preview", (hidden.Name!, hidden.Value), ("frequency", "weekly"), ("search", chosen.Value));
        (await preview.Content.ReadAsStringAsync()).ShouldContain("ข่าวพลังงานสะอาด");
        (await browser.SubmitAsync(follow, "/subscribe", ("email", Reader), ("frequency", "weekly"), ("search", chosen.Value))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await site.Get<DeliveryRound>().RunAsync(site.Clock.Now, CancellationToken.None);
        var confirmation = site.Sent.To(Reader).ShouldHaveSingleItem();
        confirmation.Text!.ShouldContain("ค้นหา “พลังงาน” · นวัตกรรมภาครัฐ");
        await site.Get<Subscriptions>().ConfirmAsync(DigestSite.ConfirmationSecret(confirmation.Text!));

        var token = await site.Database.FirstAsync<string>("select token from subscriptions where search = @Value", new { chosen.Value });
        (await browser.PageAsync($"/unsubscribe/{token}")).Body!.TextContent.ShouldContain("ค้นหา “พลังงาน”");
        var manage = $"/subscription/{token}";
        (await browser.PageAsync(manage)).QuerySelector<IHtmlInputElement>("input[name=search]")!.IsChecked.ShouldBeTrue();
        (await browser.SubmitAsync(manage, manage, ("frequency", "daily"), ("topic", "pmqa"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.Get<Subscriptions>().FindAsync(token!))!.Search.ShouldBeEmpty();
        (await browser.PageAsync(manage)).QuerySelector("input[name=search]").ShouldBeNull();
    }

    [Fact]
    public async Task The_same_search_is_one_subscription_and_another_search_is_another()
    {
        await using var site = await DigestSite.OpenAsync();
        var first = await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=พลังงาน");
        (await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=พลังงาน&page=2")).Id.ShouldBe(first.Id);
        (await site.SubscribeAsync(Reader, DigestFrequency.Weekly, search: "q=แรงงาน")).Id.ShouldNotBe(first.Id);
        (await site.SubscribeAsync(Reader, DigestFrequency.Weekly)).Id.ShouldNotBe(first.Id);
    }
}
