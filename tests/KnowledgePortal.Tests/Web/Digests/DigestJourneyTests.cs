using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using KnowledgePortal.Tests.Mail;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using MailServer = KnowledgePortal.Tests.Mail.MailServer;

namespace KnowledgePortal.Tests.Web.Digests;

/// <summary>From the form to the end of a subscription, through pages and a mail server that are both real.</summary>
public sealed partial class DigestJourneyTests(MailServer server) : IClassFixture<MailServer>
{
    private const string Reader = "follower@example.com";

    [Fact]
    public async Task A_reader_follows_a_topic_by_the_week_and_a_province_by_the_month_and_stops_one_of_them()
    {
        MailPeer.NeedServer();
        var from = new KnowledgePortal.Web.Mail.Mailbox(MailAddress.Parse("digest@km.example.go.th")!, "คลังความรู้");
        var settings = new MailSettings(server.Face("starttls"), from, "/nowhere");
        await using var transport = new SmtpTransport(settings.Server!, SmtpTimeouts.Default, TimeProvider.System, NullLogger<SmtpTransport>.Instance);
        await using var site = await DigestSite.OpenAsync(transport, settings, isServed: true);
        var browser = new MemberBrowser(site.Address, "203.0.113.5");
        await site.PublishSessionAsync("มีอยู่ก่อนสมัคร", ["public-innovation"]);

        await SubscribeAsync(site, browser, "weekly", ("topic", "public-innovation"));
        await SubscribeAsync(site, browser, "monthly", ("province", "songkhla"));

        var session = await site.PublishSessionAsync("องค์กรนวัตกรรมภาครัฐรุ่นใหม่", ["public-innovation"], ["songkhla"]);
        await site.PublishPracticeAsync("ขนส่งทางราง", ["public-innovation"]);
        await site.UpdateAsync(session);
        await site.PublishArticleAsync("ไม่เกี่ยวกัน", ["health"]);
        (await site.RoundAsync(DigestSite.Monday)).Mails.Sent.ShouldBe(1);
        (await site.RoundAsync()).Mails.Sent.ShouldBe(0);

        var digest = await ArrivedAsync("นวัตกรรมภาครัฐ: 2 เรื่องใหม่ สัปดาห์นี้");
        digest.Raw!.Length.ShouldBeLessThan(100_000);
        digest.Tls.ShouldBeTrue();
        var mail = digest.Parsed!;
        mail.Defects.ShouldBeEmpty();
        mail.From.ShouldBe(["คลังความรู้", "digest@km.example.go.th"]);
        mail.Types.ShouldBe(["multipart/alternative", "text/plain", "text/html"]);
        foreach (var part in new[] { mail.Text!, mail.Html! })
        {
            part.ShouldNotContain("มีอยู่ก่อนสมัคร");
            part.ShouldNotContain("ไม่เกี่ยวกัน");
            Regex.Count(part, "km.example.go.th/test/2\\b").ShouldBe(1);
            Regex.Count(part, "km.example.go.th/test/3\\b").ShouldBe(1);
        }
        mail.Values("List-Unsubscribe-Post").ShouldBe(["List-Unsubscribe=One-Click"]);
        mail.Values("List-Id").ShouldHaveSingleItem().ShouldContain("<digest.km.example.go.th>");
        mail.Values("Auto-Submitted").ShouldBe(["auto-generated"]);
        mail.MessageId.ShouldEndWith("@km.example.go.th>");

        var stop = Link().Match(mail.Values("List-Unsubscribe").Single()).Groups[1].Value;
        using var scanner = new HttpClient();
        (await scanner.GetAsync(new Uri(site.Address, stop))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ActiveAsync(site)).ShouldBe(["monthly", "weekly"]);
        using var mailProgram = new HttpClient();
        var oneClick = await mailProgram.PostAsync(new Uri(site.Address, stop), new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        oneClick.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ActiveAsync(site)).ShouldBe(["monthly"]);

        await site.PublishSessionAsync("หลังยกเลิก", ["public-innovation"]);
        await site.RoundAsync(DigestSite.Monday.AddDays(7));
        (await site.RoundAsync(DigestSite.At(2026, 10, 1, 7))).Mails.Sent.ShouldBe(1);
        (await ArrivedAsync("จังหวัดสงขลา: 1 เรื่องใหม่ เดือนนี้")).Parsed!.Text!.ShouldNotContain("หลังยกเลิก");
    }

    private async Task SubscribeAsync(DigestSite site, MemberBrowser browser, string frequency, (string, string) choice)
    {
        var asked = await browser.SubmitAsync("/subscribe", "/subscribe", ("email", Reader), ("frequency", frequency), choice);
        asked.Headers.Location!.ToString().ShouldBe("/subscribe/requested");
        await site.RoundAsync();
        var thai = DigestFrequencies.Parse(frequency)!.Value.Thai();
        var mail = await server.EventAsync(e => e.Parsed is { } parsed && parsed.Subject.StartsWith("ยืนยัน", StringComparison.Ordinal) && parsed.Subject.EndsWith(thai, StringComparison.Ordinal));
        var path = "/subscribe/confirm/" + DigestSite.ConfirmationSecret(mail.Parsed!.Text!);
        var token = (await browser.PageAsync(path)).QuerySelector<IHtmlInputElement>("main form input[type=hidden]")!;
        (await browser.PostAsync(path, (token.Name!, token.Value))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<ServerEvent> ArrivedAsync(string subject) => server.EventAsync(e => e.Parsed?.Subject == subject);

    private static Task<IReadOnlyList<string>> ActiveAsync(DigestSite site) =>
        site.Database.QueryAsync<string>("select frequency from subscriptions where confirmed_utc is not null and unsubscribed_utc is null order by frequency");

    [GeneratedRegex("<http://km.example.go.th(/unsubscribe/[^>]+)>")]
    private static partial Regex Link();
}
