using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

public sealed class DigestRoundTests
{
    private const string Reader = "somchai@example.com";
    private static readonly string[] Innovation = ["public-innovation"];
    private static readonly SendOutcome.Deferred Busy = new(SmtpStage.Recipient, 451, "4.3.0", "451 4.3.0 later");

    [Fact]
    public async Task A_digest_has_what_is_new_since_the_last_one_once_and_nothing_new_is_no_mail()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.PublishSessionAsync("ก่อนสมัคร", Innovation);
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly, Innovation);
        var session = await site.PublishSessionAsync("บันทึกใหม่", Innovation);
        await site.UpdateAsync(session);
        await site.PublishPracticeAsync("แนวปฏิบัติใหม่", Innovation);
        await site.PublishArticleAsync("บทความใหม่", Innovation);
        await site.PublishArticleAsync("เรื่องอื่น", ["digital-government"]);
        site.Sent.Clear();

        (await site.RoundAsync(DigestSite.Monday)).Mails.Sent.ShouldBe(1);
        var mail = site.Sent.To(Reader).ShouldHaveSingleItem();
        mail.Subject.ShouldBe("นวัตกรรมภาครัฐ: 3 เรื่องใหม่ สัปดาห์นี้");
        mail.From.ShouldContain("คลังความรู้");
        foreach (var part in new[] { mail.Text!, mail.Html! })
        {
            part.ShouldNotContain("ก่อนสมัคร");
            part.ShouldNotContain("เรื่องอื่น");
            part.Split("km.example.go.th/test/2").Length.ShouldBe(2);
            part.IndexOf("test/2", StringComparison.Ordinal).ShouldBeLessThan(part.IndexOf("test/3", StringComparison.Ordinal));
            part.IndexOf("test/3", StringComparison.Ordinal).ShouldBeLessThan(part.IndexOf("test/4", StringComparison.Ordinal));
        }

        site.Sent.Clear();
        (await site.RoundAsync()).Mails.Sent.ShouldBe(0);
        (await site.RoundAsync(DigestSite.Monday.AddDays(7))).NothingNew.ShouldBe(1);
        site.Sent.Mails.ShouldBeEmpty();

        await site.UpdateAsync(session);
        await site.RoundAsync(DigestSite.Monday.AddDays(14));
        site.Sent.To(Reader).ShouldHaveSingleItem().Subject.ShouldBe("นวัตกรรมภาครัฐ: ปรับปรุง 1 เรื่อง สัปดาห์นี้");
    }

    [Fact]
    public async Task What_matches_any_topic_or_province_comes_and_no_choice_means_everything()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync("either@example.com", DigestFrequency.Daily, Innovation, ["songkhla"]);
        await site.SubscribeAsync("all@example.com", DigestFrequency.Daily);
        await site.PublishSessionAsync("หัวข้อ", Innovation);
        await site.PublishPracticeAsync("ที่สงขลา", null, ["songkhla"]);
        await site.PublishPracticeAsync("ที่น่าน", null, ["nan"]);
        site.Sent.Clear();
        await site.RoundAsync(DigestSite.At(2026, 9, 17, 7));
        site.Sent.To("either@example.com").ShouldHaveSingleItem().Subject.ShouldBe("นวัตกรรมภาครัฐ และอีก 1 เรื่อง: 2 เรื่องใหม่ วันนี้");
        site.Sent.To("all@example.com").ShouldHaveSingleItem().Subject.ShouldBe("คลังความรู้: 3 เรื่องใหม่ วันนี้");
    }

    [Fact]
    public async Task What_is_imported_withdrawn_or_not_for_everybody_is_in_no_digest()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        var imported = await site.DraftAsync("Article", "นำเข้า", null, null, []);
        (imported.Latest, imported.Published, imported.ContentItemVersionId) = (true, true, ContentIds.New());
        var withdrawn = await site.PublishSessionAsync("ถอนแล้ว");
        await site.PublishPracticeAsync("เฉพาะสมาชิก");
        await using (var transaction = await site.Database.BeginAsync())
        {
            await site.Get<ContentManager>().ImportAsync(imported, transaction);
            await site.Get<ContentLifecycle>().UnpublishAsync(withdrawn, Actor.System, transaction);
            await transaction.ExecuteAsync("update site_settings set document = '{\"Permissions\":[\"View_CopSession\",\"View_Article\"]}' where name = 'role:Anonymous'");
            await transaction.CommitAsync();
        }
        (await site.RoundAsync(DigestSite.Monday)).NothingNew.ShouldBe(1);
    }

    [Fact]
    public async Task Two_processes_at_once_send_each_mail_once_and_so_does_the_next_one()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeManyAsync(120);
        await site.PublishSessionAsync("ใหม่");
        site.Clock.Now = DigestSite.Monday;
        await using var other = site.OpenServices();
        var summaries = await Task.WhenAll(
            Task.Run(() => site.RoundAsync()), Task.Run(() => other.GetRequiredService<DigestRound>().RunAsync(site.Clock.Now, CancellationToken.None)));
        await site.RoundAsync();
        site.Sent.Mails.Select(m => m.Recipient.ToString()).ShouldBe(Enumerable.Range(0, 120).Select(i => $"reader{i}@example.com"), ignoreOrder: true);
        summaries.Sum(s => s.Written).ShouldBe(120);
        (await site.StatesAsync()).ShouldAllBe(state => state == "sent");
    }

    [Fact]
    public async Task A_temporary_refusal_is_tried_again_after_1_5_15_and_60_minutes_with_the_same_bytes()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        await site.PublishSessionAsync("ใหม่");
        var tried = new List<(DateTimeOffset Time, string Bytes)>();
        site.Sent.Answer = mail =>
        {
            tried.Add((site.Clock.Now, Convert.ToBase64String(mail.Content.Span)));
            return Busy;
        };
        for (var minute = 0; minute <= 82; minute++) await site.RoundAsync(DigestSite.Monday.AddMinutes(minute));
        tried.Select(t => (int)(t.Time - DigestSite.Monday).TotalMinutes).ShouldBe([0, 1, 6, 21, 81]);
        tried.Select(t => t.Bytes).Distinct().ShouldHaveSingleItem();
        await site.RoundAsync(DigestSite.Monday.AddDays(1).AddHours(2));
        (await site.StatesAsync()).ShouldBe(["failed"]);
    }

    [Theory]
    [InlineData(550, "5.1.1", SmtpStage.Recipient, "suppressed", 0)]
    [InlineData(550, "5.7.1", SmtpStage.Recipient, "failed", 1)]
    [InlineData(554, "5.6.0", SmtpStage.Message, "failed", 1)]
    public async Task A_dead_address_is_suppressed_for_digests_and_a_refused_policy_is_not(int code, string enhanced, SmtpStage stage, string state, int nextTime)
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        await site.SubscribeAsync(Reader, DigestFrequency.Daily);
        await site.PublishSessionAsync("หนึ่ง");
        site.Sent.Answer = _ => new SendOutcome.Refused(stage, code, enhanced, $"{code} {enhanced} no");
        await site.RoundAsync(DigestSite.At(2026, 9, 17, 7));
        (await site.StatesAsync()).ShouldBe([state]);
        site.Sent.Answer = null;
        site.Sent.Clear();
        await site.RoundAsync(DigestSite.Monday);
        site.Sent.To(Reader).Count.ShouldBe(nextTime);

        // Asking again proves that the address works.
        await site.SubscribeAsync(Reader, DigestFrequency.Monthly);
        await site.PublishSessionAsync("สอง");
        site.Sent.Clear();
        await site.RoundAsync(DigestSite.Monday.AddDays(7));
        site.Sent.To(Reader).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_unsubscribes_between_writing_and_sending_gets_nothing_more()
    {
        await using var site = await DigestSite.OpenAsync();
        var early = await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        var late = await site.SubscribeAsync("late@example.com", DigestFrequency.Weekly);
        await site.PublishSessionAsync("ใหม่");
        site.Sent.Clear();
        site.Sent.Answer = _ => Busy;
        await site.RoundAsync(DigestSite.Monday);
        await site.Get<Subscriptions>().StopAsync(early.Token);
        site.Sent.Answer = null;
        // The last moment: the server has already agreed to take the mail.
        site.Sent.BeforeHandOver = async () => await site.Get<Subscriptions>().StopAsync(late.Token);
        await site.RoundAsync(DigestSite.Monday.AddMinutes(2));
        site.Sent.Mails.ShouldBeEmpty();
        (await site.StatesAsync()).ShouldBe(["skipped", "skipped"]);
    }

    [Fact]
    public async Task After_days_without_a_scheduler_only_the_newest_run_is_sent_with_all_that_is_new()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Daily);
        await site.PublishSessionAsync("หนึ่ง");
        await site.RoundAsync(DigestSite.At(2026, 9, 17, 7));
        site.Sent.Clear();
        await site.PublishSessionAsync("สอง");
        await site.PublishSessionAsync("สาม");
        var summary = await site.RoundAsync(DigestSite.At(2026, 9, 20, 12));
        summary.Runs.Where(r => r.Frequency == "daily").Select(r => r.RunDate).ShouldBe([new DateOnly(2026, 9, 20)]);
        site.Sent.To(Reader).ShouldHaveSingleItem().Subject.ShouldBe("คลังความรู้: 2 เรื่องใหม่ วันนี้");
        (await site.Database.QueryAsync<string>("select state from digest_runs where frequency = 'daily' and run_date between '2026-09-18' and '2026-09-20' order by run_date"))
            .ShouldBe(["skipped", "skipped", "built"]);
    }

    [Fact]
    public async Task A_digest_that_could_not_be_delivered_goes_into_the_next_one()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Daily);
        await site.PublishSessionAsync("หนึ่ง");
        site.Sent.Clear();
        site.Sent.Answer = _ => Busy;
        await site.RoundAsync(DigestSite.At(2026, 9, 17, 7));
        await site.PublishSessionAsync("สอง");
        site.Sent.Answer = null;
        await site.RoundAsync(DigestSite.At(2026, 9, 18, 7));
        site.Sent.To(Reader).ShouldHaveSingleItem().Subject.ShouldBe("คลังความรู้: 2 เรื่องใหม่ วันนี้");
    }

    [Fact]
    public async Task A_server_that_is_gone_ends_the_round_and_the_other_mails_keep_their_tries()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeManyAsync(100);
        await site.PublishSessionAsync("ใหม่");
        var tries = 0;
        site.Sent.Answer = _ =>
        {
            Interlocked.Increment(ref tries);
            return new SendOutcome.Deferred(SmtpStage.Connection, null, null, "no connection");
        };
        var summary = await site.RoundAsync(DigestSite.Monday);
        summary.Mails.Obstacle.ShouldBe("no connection");
        tries.ShouldBeLessThanOrEqualTo(8);
        (await site.Database.FirstAsync<int>("select count(*) from digest_deliveries where state = 'queued' and attempts = 0")).ShouldBe(100 - tries);
        site.Sent.Answer = null;
        await site.RoundAsync(DigestSite.Monday.AddMinutes(1));
        site.Sent.Mails.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_process_that_is_told_to_stop_ends_what_it_has_begun_and_leaves_the_rest_for_the_next()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeManyAsync(100);
        await site.PublishSessionAsync("ใหม่");
        using var stopping = new CancellationTokenSource();
        site.Sent.Answer = _ =>
        {
            if (site.Sent.Mails.Count >= 10) stopping.Cancel();
            return null;
        };
        var summary = await site.RoundAsync(DigestSite.Monday, stopping.Token);
        summary.Mails.Sent.ShouldBe(site.Sent.Mails.Count);
        (await site.StatesAsync()).Distinct().ShouldBe(["sent", "queued"], ignoreOrder: true);
        site.Sent.Answer = null;
        await site.RoundAsync();
        site.Sent.Mails.Select(m => m.Recipient.ToString()).Distinct().Count().ShouldBe(100);
        site.Sent.Mails.Count.ShouldBe(100);
    }

    [Fact]
    public async Task An_uncertain_mail_is_sent_once_more_as_the_same_mail_and_then_left()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        await site.PublishSessionAsync("ใหม่");
        site.Sent.Clear();
        site.Sent.Answer = _ => new SendOutcome.Uncertain("lost");
        for (var minute = 0; minute < 5; minute++) await site.RoundAsync(DigestSite.Monday.AddMinutes(minute));
        site.Sent.Mails.Count.ShouldBe(2);
        site.Sent.Mails[0].Content.ToArray().ShouldBe(site.Sent.Mails[1].Content.ToArray());
        (await site.StatesAsync()).ShouldBe(["uncertain"]);
    }

    [Fact]
    public async Task A_monthly_digest_comes_on_the_first_of_the_month_and_a_late_subscriber_waits_for_it()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Monthly);
        await site.PublishSessionAsync("ใหม่");
        site.Sent.Clear();
        await site.RoundAsync(DigestSite.At(2026, 9, 30, 23, 59));
        await site.RoundAsync(DigestSite.At(2026, 10, 1, 6, 59));
        site.Sent.Mails.ShouldBeEmpty();
        await site.RoundAsync(DigestSite.At(2026, 10, 1, 7));
        site.Sent.To(Reader).ShouldHaveSingleItem().Subject.ShouldEndWith("เดือนนี้");
    }

    [Theory]
    [InlineData("2026-09-21T07:00", true)]
    [InlineData("2026-09-21 07:00:00", true)]
    [InlineData("2026-09-21T00:00:00Z", true)]
    [InlineData("2026-09-21T07:00:00+07:00", true)]
    [InlineData("2569-09-21T07:00", true)]
    [InlineData("21/9/2569", false)]
    [InlineData("", false)]
    [InlineData("now", false)]
    public void A_time_is_read_as_operators_write_it(string text, bool isTime) => PointInTime.Parse(text).ShouldBe(isTime ? DigestSite.Monday : null);
}
