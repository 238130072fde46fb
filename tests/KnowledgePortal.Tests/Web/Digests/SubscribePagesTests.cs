using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Digests;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

public sealed class SubscribePagesTests(SubscribePagesTests.Served served) : IClassFixture<SubscribePagesTests.Served>
{
    private static int _people;

    private DigestSite Site => served.Site;

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("somchai@")]
    [InlineData("somchai@example.com\r\nBcc: victim@example.com")]
    [InlineData("\"a b\"@example.com")]
    public async Task What_was_typed_comes_back_with_words_at_the_field(string email)
    {
        var response = await AskAsync(email, ("frequency", "never"), ("topic", "public-innovation"), ("province", "songkhla"));
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await MemberBrowser.ReadAsync(response);
        page.QuerySelector("#email-error").ShouldNotBeNull().TextContent.ShouldNotBeEmpty();
        page.QuerySelector("#frequency-error").ShouldNotBeNull();
        page.QuerySelector<IHtmlInputElement>("#email")!.Value.ReplaceLineEndings("").ShouldBe(email.ReplaceLineEndings(""));
        page.QuerySelector("#email")!.GetAttribute("aria-describedby").ShouldBe("email-hint email-error");
        page.QuerySelectorAll<IHtmlInputElement>("input[checked]").Select(i => i.Value).ShouldBe(["public-innovation", "songkhla"]);
        page.QuerySelector("details[open] summary")!.TextContent.ShouldContain("ภาคใต้");
        page.QuerySelectorAll(".problems a").Select(a => a.GetAttribute("href")).ShouldBe(["#email-error", "#frequency-error"]);
    }

    [Fact]
    public async Task Seventy_seven_provinces_can_be_chosen_and_a_link_may_choose_beforehand()
    {
        var page = await Browse().PageAsync("/subscribe?topic=pmqa&province=nan");
        page.QuerySelectorAll("input[name=province]").Length.ShouldBe(77);
        page.QuerySelectorAll<IHtmlInputElement>("input[type=checkbox][checked]").Select(i => i.Value).ShouldBe(["pmqa", "nan"]);
        (await Browse().PageAsync("/")).QuerySelectorAll("a[href='/subscribe']").Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_known_and_an_unknown_address()
    {
        var (email, _) = await ConfirmedAsync();
        var known = await AskAsync(email, ("frequency", "weekly"));
        var unknown = await AskAsync(Someone(), ("frequency", "weekly"));
        foreach (var response in new[] { known, unknown })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            response.Headers.Location!.ToString().ShouldBe("/subscribe/requested");
        }
        (await Browse().PageAsync("/subscribe/requested")).Body!.TextContent.ShouldNotContain(email);
    }

    [Fact]
    public async Task Opening_the_confirmation_changes_nothing_posting_it_starts_and_posting_again_is_harmless()
    {
        var email = Someone();
        await AskAsync(email, ("frequency", "monthly"), ("province", "songkhla"));
        var path = await ConfirmationOfAsync(email);
        var browser = Browse();
        var page = await browser.PageAsync(path);
        page.Body!.TextContent.ShouldContain("จังหวัดสงขลา");
        page.Body.TextContent.ShouldContain("รายเดือน");
        (await ActiveAsync(email)).ShouldBe(0);
        (await browser.PostAsync(path)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ActiveAsync(email)).ShouldBe(0);
        for (var i = 0; i < 2; i++)
        {
            (await PostFormAsync(browser, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await ActiveAsync(email)).ShouldBe(1);
        }
        (await browser.PageAsync(path)).QuerySelector("h1")!.TextContent.ShouldBe("ยืนยันแล้ว");
    }

    [Fact]
    public async Task A_confirmation_ends_after_seven_days_and_its_address_is_forgotten()
    {
        await using var site = await DigestSite.OpenAsync(isServed: true);
        var browser = new MemberBrowser(site.Address, "203.0.113.9");
        await browser.SubmitAsync("/subscribe", "/subscribe", ("email", "late@example.com"), ("frequency", "daily"));
        await site.RoundAsync();
        var path = "/subscribe/confirm/" + DigestSite.ConfirmationSecret(site.Sent.To("late@example.com").ShouldHaveSingleItem().Text!);
        var form = await browser.PageAsync(path);
        site.Clock.Now = DigestSite.Wednesday.AddDays(7).AddMinutes(1);
        (await browser.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var token = form.QuerySelector<IHtmlInputElement>("main form input[type=hidden]")!;
        (await browser.PostAsync(path, (token.Name!, token.Value))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await site.RoundAsync();
        (await site.Database.FirstAsync<int>("select count(*) from subscribers")).ShouldBe(0);
    }

    [Theory]
    [InlineData("/subscribe/confirm/forged")]
    [InlineData("/unsubscribe/forged")]
    [InlineData("/unsubscribe/%00")]
    [InlineData("/subscription/forged")]
    public async Task A_forged_token_leads_nowhere(string path)
    {
        (await Browse().GetAsync(path)).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        var post = await Browse().PostAsync(path, ("List-Unsubscribe", "One-Click"));
        post.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_click_stops_one_subscription_without_cookie_or_form_token_and_may_come_twice()
    {
        var (email, first) = await ConfirmedAsync();
        var second = await ConfirmAsync(email, "daily");
        var path = $"/unsubscribe/{first.Token}";
        // A scanner opens what it finds.
        (await Browse().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var client = new HttpClient();
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(Site.Address, path)));
        (await ActiveAsync(email)).ShouldBe(2);
        for (var i = 0; i < 2; i++)
        {
            var response = await client.PostAsync(new Uri(Site.Address, path), new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse();
            (await ActiveAsync(email)).ShouldBe(1);
        }
        (await Site.Get<Subscriptions>().FindAsync(second.Token))!.IsActive.ShouldBeTrue();
        (await Browse().GetAsync($"/subscription/{first.Token}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_old_confirmation_does_not_start_what_was_stopped()
    {
        var email = Someone();
        await AskAsync(email, ("frequency", "weekly"));
        var path = await ConfirmationOfAsync(email);
        await PostFormAsync(Browse(), path);
        var token = await Site.Database.FirstAsync<string>("select token from subscriptions s join subscribers u on u.id = s.subscriber_id where u.address = @email", new { email });
        await Site.Get<Subscriptions>().StopAsync(token!);
        (await Browse().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_subscription_is_changed_from_its_mail_but_not_into_one_that_is_there_already()
    {
        var (email, weekly) = await ConfirmedAsync();
        await ConfirmAsync(email, "daily");
        var path = $"/subscription/{weekly.Token}";
        var response = await Browse().SubmitAsync(path, path, ("frequency", "monthly"), ("topic", "pmqa"), ("province", "nan"));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await Browse().PageAsync(response.Headers.Location!.ToString());
        page.QuerySelector("[role=status]").ShouldNotBeNull();
        page.QuerySelectorAll<IHtmlInputElement>("input[checked]").Select(i => i.Value).ShouldBe(["pmqa", "nan", "monthly"]);

        var refused = await Browse().SubmitAsync(path, path, ("frequency", "daily"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await MemberBrowser.ReadAsync(refused)).QuerySelector("#frequency-error")!.TextContent.ShouldContain("อยู่แล้ว");
    }

    [Fact]
    public async Task Nobodys_letter_box_is_flooded_and_one_network_cannot_ask_without_end()
    {
        var email = Someone();
        for (var i = 0; i < 8; i++) (await AskAsync(email, ("frequency", "weekly"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await Site.Get<DeliveryRound>().RunAsync(Site.Clock.Now, CancellationToken.None);
        Site.Sent.To(email).Count.ShouldBe(5);

        HttpResponseMessage? last = null;
        for (var i = 0; i < 31; i++) last = await new MemberBrowser(Site.Address, "198.51.100.7").SubmitAsync("/subscribe", "/subscribe", ("email", Someone()), ("frequency", "weekly"));
        last!.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await MemberBrowser.ReadAsync(last)).QuerySelector("#email-error").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_preview_is_a_mail_and_runs_nothing()
    {
        await Site.PublishSessionAsync("ตัวอย่างในจดหมาย", ["public-innovation"]);
        var response = await Browse().SubmitAsync("/subscribe", "/subscribe", ("frequency", "weekly"), ("topic", "public-innovation"), ("email", ""));
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var browser = Browse();
        var token = (await browser.PageAsync("/subscribe")).QuerySelector<IHtmlInputElement>("main form input[type=hidden]")!;
        var preview = await browser.PostAsync("/subscribe/preview", (token.Name!, token.Value), ("frequency", "weekly"), ("topic", "public-innovation"));
        preview.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await preview.Content.ReadAsStringAsync()).ShouldContain("ตัวอย่างในจดหมาย");
        preview.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task No_input_is_too_bad_to_be_answered(string value)
    {
        foreach (var field in new[] { "email", "topic", "province", "frequency", "search" })
            ((int)(await AskAsync(field == "email" ? value : Someone(), (field == "email" ? "x" : field, value), ("frequency", "weekly"))).StatusCode).ShouldBeLessThan(500);
        foreach (var path in new[] { "/subscribe?topic=", "/subscribe?search=", "/subscribe?search=q%3D", "/subscribe/confirm/", "/unsubscribe/", "/subscription/" })
            ((int)(await Browse().GetAsync(path + Uri.EscapeDataString(value))).StatusCode).ShouldBeLessThan(500);
    }

    public static TheoryData<string> Hostile => new(
        "สมชาย@กระทรวง.ไทย", "somchai@\u0E01\u0E23\u0E21.go.th", "a@b.co\r\nBcc: x@y.co", "\0", "\uD83D\uDE00@example.com", new string('ก', 10_000), new string('a', 10_000) + "@example.com",
        "x@" + new string('a', 10_000), "' or 1=1 --", "<script>alert(1)</script>@example.com", "=?utf-8?B?4LiB?=@example.com", "../../etc/passwd");

    [Fact]
    public async Task Ten_thousand_fields_are_refused_not_failed()
    {
        var fields = Enumerable.Range(0, 10_000).Select(i => ("topic", $"t{i}")).ToArray();
        ((int)(await Browse().PostAsync("/subscribe", fields)).StatusCode).ShouldBe(400);
        ((int)(await Browse().PostAsync("/unsubscribe/forged", fields)).StatusCode).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_thai_domain_gets_its_mail()
    {
        const string Email = "somchai@กระทรวง.ไทย";
        await AskAsync(Email, ("frequency", "weekly"));
        await Site.Get<DeliveryRound>().RunAsync(Site.Clock.Now, CancellationToken.None);
        Site.Sent.Mails.ShouldContain(m => m.Recipient.Domain.StartsWith("xn--", StringComparison.Ordinal) && m.Recipient.Local == "somchai");
    }

    private static string Someone() => $"person{Interlocked.Increment(ref _people)}@example.com";

    private MemberBrowser Browse() => new(Site.Address, $"203.0.113.{Interlocked.Increment(ref _people) % 250}");

    private Task<HttpResponseMessage> AskAsync(string email, params (string, string)[] fields) =>
        Browse().SubmitAsync("/subscribe", "/subscribe", [("email", email), .. fields]);

    private async Task<string> ConfirmationOfAsync(string email)
    {
        await Site.Get<DeliveryRound>().RunAsync(Site.Clock.Now, CancellationToken.None);
        return "/subscribe/confirm/" + DigestSite.ConfirmationSecret(Site.Sent.To(email)[^1].Text!);
    }

    private static async Task<HttpResponseMessage> PostFormAsync(MemberBrowser browser, string path)
    {
        var hidden = (await browser.PageAsync(path)).QuerySelectorAll<IHtmlInputElement>("main form input[type=hidden]").Select(i => (i.Name!, i.Value));
        return await browser.PostAsync(path, [.. hidden.DefaultIfEmpty(("__form", await AnyTokenAsync(browser)))]);
    }

    private static async Task<string> AnyTokenAsync(MemberBrowser browser) =>
        (await browser.PageAsync("/subscribe")).QuerySelector<IHtmlInputElement>("main form input[type=hidden]")!.Value;

    private async Task<(string Email, Subscription Subscription)> ConfirmedAsync()
    {
        var email = Someone();
        return (email, await ConfirmAsync(email, "weekly"));
    }

    private Task<Subscription> ConfirmAsync(string email, string frequency) => Site.SubscribeAsync(email, DigestFrequencies.Parse(frequency)!.Value);

    private Task<int> ActiveAsync(string email) => Site.Database.FirstAsync<int>(
        "select count(*) from subscriptions s join subscribers u on u.id = s.subscriber_id where u.address = @email and s.confirmed_utc is not null and s.unsubscribed_utc is null",
        new { email });

    public sealed class Served : IAsyncLifetime
    {
        public DigestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await DigestSite.OpenAsync(isServed: true);

        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}
