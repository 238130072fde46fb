using System.Net;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>What is published and withdrawn at a time, by any number of processes, once.</summary>
public sealed class ScheduleTests(SetupSite site) : IClassFixture<SetupSite>
{
    private static readonly DateTimeOffset Morning = new(2030, 10, 1, 8, 30, 0, TimeSpan.FromHours(7));

    [Fact]
    public async Task A_draft_is_published_and_withdrawn_at_its_times()
    {
        var organizer = site.Site.As(EditorSite.Administrator);
        var form = Timed(await NewAsync(organizer, "เผยแพร่ตามเวลา"), "PublishLaterPart.ScheduledPublishUtc", 1, 10, 2573, "08.30");
        form = await Timed(form, "ArchiveLaterPart.ScheduledArchiveUtc", 2, 10, 2573, "๑๗.๐๐ น.").PressAsync();
        form.Text.ShouldContain("1 ต.ค. 2573 08.30 น.");
        form.Value("PublishLaterPart.ScheduledPublishUtc.Time").ShouldBe("08.30");
        (await FilledForm.OpenAsync(organizer, "/manage?q=เผยแพร่ตามเวลา")).Page.QuerySelector("tbody tr")!.TextContent.Replace('\u00A0', ' ').ShouldContain("จะเผยแพร่ 1 ต.ค. 2573 08.30 น.");
        var stored = (await site.Contents.GetAsync(form.Id, VersionOptions.Latest))!;
        stored.Parts["PublishLaterPart"]!["ScheduledPublishUtc"]!.ToString().ShouldBe("2030-10-01T01:30:00Z");

        (await RoundAsync(Morning.AddSeconds(-1))).ShouldBe(new ScheduledOutcome(0, 0, 0));
        (await site.ShownAsync(stored)).ShouldBeNull();
        // A second process: a site of its own on the same data.
        await using var other = Offline.Site(site.Site.Data);
        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? site.Get<ScheduledRound>() : other.GetRequiredService<ScheduledRound>()).RunAsync(Morning))));
        rounds.Sum(r => r.Published).ShouldBe(1, "eight at once publish it once");
        var shown = (await site.ShownAsync(stored))!;
        ScheduledTimes.PublishAt(shown).ShouldBeNull();
        (await site.Get<AuditTrail>().LatestAsync(10, subjectId: form.Id)).Count(e => e is { Action: "content.publish", Actor: "system" }).ShouldBe(1);
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}")).Text.ShouldContain("จะถอนการเผยแพร่");

        (await RoundAsync(Morning.AddDays(2))).ShouldBe(new ScheduledOutcome(0, 1, 0));
        (await site.ShownAsync(stored)).ShouldBeNull();
        ScheduledTimes.ArchiveAt((await site.LatestAsync(stored))!).ShouldBeNull();
        (await RoundAsync(Morning.AddDays(3))).ShouldBe(new ScheduledOutcome(0, 0, 0));
    }

    [Fact]
    public async Task Saving_without_a_time_cancels_it()
    {
        var form = await Timed(await NewAsync(site.Site.As(EditorSite.Administrator), "ยกเลิกเวลา"), "PublishLaterPart.ScheduledPublishUtc", 1, 1, 2574, "9.00").PressAsync();
        foreach (var box in new[] { "Day", "Month", "Year", "Time" }) form.Set($"PublishLaterPart.ScheduledPublishUtc.{box}", "");
        form = await form.PressAsync();
        form.Page.QuerySelectorAll("aside dt").Select(d => d.TextContent).ShouldNotContain("จะเผยแพร่");
        await RoundAsync(new DateTimeOffset(2031, 1, 2, 0, 0, 0, TimeSpan.Zero));
        (await site.Contents.GetAsync(form.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task A_draft_that_is_not_complete_waits_says_so_and_is_published_once_it_is_mended()
    {
        var organizer = site.Site.As(EditorSite.Administrator);
        var taken = await (await NewAsync(organizer, "ที่อยู่ซ้ำ")).Set("AutoroutePart.Path", "the-same").PressAsync("publish");
        taken.Text.ShouldContain("เผยแพร่แล้ว");
        var draft = await site.DraftAsync("ยังเผยแพร่ไม่ได้");
        draft.Parts["AutoroutePart"]!["Path"] = "the-same";
        ScheduledTimes.Set(draft, ScheduledTimes.PublishLater, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await site.SaveAsync(draft, "ยังเผยแพร่ไม่ได้เพราะที่อยู่");
        var now = DateTimeOffset.UtcNow;
        (await RoundAsync(now)).Waiting.ShouldBe(1);
        (await site.ShownAsync(draft)).ShouldBeNull();
        var form = await FilledForm.OpenAsync(organizer, $"/manage/items/{draft.ContentItemId}");
        form.Text.ShouldContain("ถึงเวลาแล้วแต่ยังเผยแพร่ไม่ได้");
        // The time that has passed is not typed anew and may stay.
        form = await form.Set("AutoroutePart.Path", "another").PressAsync();
        form.Text.ShouldContain("บันทึกร่างแล้ว");
        (await RoundAsync(now)).Published.ShouldBe(1);
        (await site.ShownAsync(draft)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_time_that_is_past_half_or_nonsense_is_refused_and_what_is_typed_stays()
    {
        var organizer = site.Site.As(EditorSite.Administrator);
        foreach (var (day, month, year, time) in new[] { (1, 1, 2560, "9.00"), (31, 2, 2575, "9.00"), (1, 1, 2575, "99.99"), (1, 1, 2575, "") })
        {
            var form = await Timed(await NewAsync(organizer, "เวลาผิด"), "PublishLaterPart.ScheduledPublishUtc", day, month, year, time).PressAsync();
            form.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            form.Value("PublishLaterPart.ScheduledPublishUtc.Year").ShouldBe($"{year}");
            form.Value("PublishLaterPart.ScheduledPublishUtc.Time").ShouldBe(time);
        }
    }

    [Fact]
    public async Task Who_may_not_publish_sets_no_time_and_his_change_takes_one_away()
    {
        var member = site.Site.As(EditorSite.Member);
        var own = await (await FilledForm.OpenAsync(member, "/manage/new/CopSession")).Set("TitlePart.Title", "ร่างของสมาชิก").PressAsync();
        own.Page.QuerySelector("[name='PublishLaterPart.ScheduledPublishUtc.Day']").ShouldBeNull();
        own = await Timed(own, "PublishLaterPart.ScheduledPublishUtc", 1, 1, 2575, "9.00").Set("TitlePart.Title", "ร่างของสมาชิก แอบตั้งเวลา").PressAsync();
        ScheduledTimes.PublishAt((await site.Contents.GetAsync(own.Id, VersionOptions.Latest))!).ShouldBeNull();

        var organizers = await FilledForm.OpenAsync(site.Site.As(EditorSite.Administrator), $"/manage/items/{own.Id}");
        await Timed(organizers, "PublishLaterPart.ScheduledPublishUtc", 1, 1, 2575, "9.00").PressAsync();
        var unchanged = await (await FilledForm.OpenAsync(member, $"/manage/items/{own.Id}")).PressAsync();
        ScheduledTimes.PublishAt((await site.Contents.GetAsync(own.Id, VersionOptions.Latest))!).ShouldNotBeNull();
        var changed = await unchanged.Set("TitlePart.Title", "แก้หลังตรวจแล้ว").PressAsync();
        changed.Text.ShouldContain("ยกเลิกเวลาเผยแพร่");
        ScheduledTimes.PublishAt((await site.Contents.GetAsync(own.Id, VersionOptions.Latest))!).ShouldBeNull();
    }

    [Fact]
    public async Task A_time_written_with_an_offset_by_another_site_is_read()
    {
        var draft = await site.DraftAsync("เวลาแบบมีเขต");
        draft.Parts["PublishLaterPart"] = new System.Text.Json.Nodes.JsonObject { ["ScheduledPublishUtc"] = "2030-10-01T08:30:00+07:00" };
        await site.SaveAsync(draft, "เวลาแบบมีเขตเวลา");
        (await RoundAsync(Morning.AddMinutes(-1))).Published.ShouldBe(0);
        (await RoundAsync(Morning)).Published.ShouldBe(1);
    }

    private Task<ScheduledOutcome> RoundAsync(DateTimeOffset now) => site.Get<ScheduledRound>().RunAsync(now);

    private static async Task<FilledForm> NewAsync(HttpClient client, string title) =>
        (await FilledForm.OpenAsync(client, "/manage/new/Page")).Set("TitlePart.Title", title).Set("MarkdownBodyPart.Markdown", "เนื้อหา");

    private static FilledForm Timed(FilledForm form, string path, int day, int month, int year, string time) =>
        form.Set($"{path}.Day", $"{day}").Set($"{path}.Month", $"{month}").Set($"{path}.Year", $"{year}").Set($"{path}.Time", time);
}
