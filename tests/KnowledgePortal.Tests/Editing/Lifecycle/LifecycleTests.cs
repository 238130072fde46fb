using System.Data.Common;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>What the kernel does with items, without pages.</summary>
public sealed class LifecycleTests(SetupSite site) : IClassFixture<SetupSite>
{
    private static readonly Actor Editor = new("somchai");

    [Fact]
    public async Task An_update_of_a_published_item_is_seen_by_readers_and_of_a_draft_is_not()
    {
        var item = await site.DraftAsync("ก่อนปรับปรุง");
        item.Parts["MarkdownBodyPart"]!["Markdown"] = "ปรับปรุงแล้ว";
        await site.DoAsync(t => site.Lifecycle.UpdateAsync(item, Editor, t));
        (await site.ShownAsync(item)).ShouldBeNull();
        await site.PublishAsync(item);

        var shown = (await site.ShownAsync(item))!;
        shown.Parts["MarkdownBodyPart"]!["Markdown"] = "ปรับปรุงอีก";
        await site.DoAsync(t => site.Lifecycle.UpdateAsync(shown, Editor, t));
        (await site.ShownAsync(item))!.As<MarkdownBodyPart>().Markdown.ShouldBe("ปรับปรุงอีก");
        (await site.VersionsAsync(item)).ShouldBe(3);
    }

    [Fact]
    public async Task Saving_what_is_there_already_stores_no_version_and_a_stale_save_is_refused()
    {
        var item = await site.DraftAsync("ฉบับเดียว");
        await site.DoAsync(t => site.Lifecycle.SaveDraftAsync(item, ContentVersion.Of(item), Editor, t));
        (await site.VersionsAsync(item)).ShouldBe(1);
        var stale = ContentVersion.Of(item);
        await site.SaveAsync(item, "ฉบับที่สอง");
        await Should.ThrowAsync<StaleContentException>(() => site.DoAsync(t => site.Lifecycle.SaveDraftAsync(item, stale, Editor, t)));
        await Should.ThrowAsync<StaleContentException>(() => site.DoAsync(t => site.Lifecycle.CreateAsync(item, Editor, t)));
    }

    [Fact]
    public async Task A_copy_has_ids_of_its_own_at_every_depth_and_no_address_alias_or_time()
    {
        var item = await site.DraftAsync("ต้นฉบับ");
        item.Parts["Unknown"] = new JsonObject { ["Kept"] = "as it is" };
        item.Parts["AliasPart"] = new JsonObject { ["Alias"] = "only-one" };
        item.Parts["PublishLaterPart"] = new JsonObject { ["ScheduledPublishUtc"] = "2030-01-01T00:00:00Z" };
        item.Parts["Bag"] = JsonNode.Parse("""{"ContentItems":[{"ContentItemId":"row1","ContentType":"X","Inner":{"ContentItems":[{"ContentItemId":"row2","ContentType":"Y"}]}}]}""");
        await site.DoAsync(t => site.Lifecycle.SaveDraftAsync(item, ContentVersion.Of(item), Editor, t));

        ContentItem copy = null!;
        await site.DoAsync(async t => copy = await site.Lifecycle.CloneAsync(item.ContentItemId, null, new Actor("prapha"), t));
        var stored = (await site.LatestAsync(copy))!;
        stored.ContentItemId.ShouldNotBe(item.ContentItemId);
        (stored.Owner, stored.Published, stored.Latest).ShouldBe(("prapha", false, true));
        stored.As<AutoroutePart>().Path.ShouldBe("");
        stored.As<AliasPart>().Alias.ShouldBe("");
        ScheduledTimes.PublishAt(stored).ShouldBeNull();
        stored.Parts["Unknown"]!["Kept"]!.ToString().ShouldBe("as it is");
        stored.Parts.ToJsonString().ShouldNotContain("row1");
        stored.Parts.ToJsonString().ShouldNotContain("row2");
        (await site.LatestAsync(item))!.Parts.ToJsonString().ShouldContain("row2");
    }

    [Fact]
    public async Task Old_drafts_go_by_rule_and_the_latest_the_published_and_what_readers_saw_stay()
    {
        var item = await site.DraftAsync("0");
        await site.PublishAsync(item);
        for (var n = 1; n <= 30; n++) await site.SaveAsync((await site.LatestAsync(item))!, $"{n}");
        var seen = (await site.LatestAsync(item))!;
        await site.PublishAsync(seen);
        for (var n = 31; n <= 60; n++) await site.SaveAsync((await site.LatestAsync(item))!, $"{n}");
        (await site.VersionsAsync(item)).ShouldBe(61);

        var retention = site.Get<VersionRetention>();
        await retention.RunAsync(DateTimeOffset.UtcNow.AddDays(89));
        (await site.VersionsAsync(item)).ShouldBe(61);
        var now = DateTimeOffset.UtcNow.AddDays(91);
        await retention.RunAsync(now);
        // The newest 20, and the two that readers saw.
        (await TitlesAsync(item)).ShouldBe(["0", "30", .. Enumerable.Range(41, 20).Select(n => $"{n}")]);
        (await retention.RunAsync(now)).ShouldBe(0);
        (await site.LatestAsync(item))!.DisplayText.ShouldBe("60");
        (await site.ShownAsync(item))!.DisplayText.ShouldBe("30");

        await site.DoAsync(t => SiteSettings.WriteAsync("VersionRetention", new JsonObject { ["KeepAllDays"] = 10, ["KeepAtLeast"] = 5 }, t));
        await retention.RunAsync(DateTimeOffset.UtcNow.AddDays(11));
        (await TitlesAsync(item)).ShouldBe(["0", "30", .. Enumerable.Range(56, 5).Select(n => $"{n}")]);
        await site.DoAsync(t => site.Lifecycle.RemoveAsync(item.ContentItemId, Editor, t));
        await site.DoAsync(t => SiteSettings.WriteAsync("VersionRetention", new JsonObject { ["KeepAllDays"] = 1, ["KeepAtLeast"] = 1 }, t));
        await retention.RunAsync(DateTimeOffset.UtcNow.AddDays(20));
        (await site.VersionsAsync(item)).ShouldBe(7, "what can still be restored is left alone");
        await site.DoAsync(t => SiteSettings.WriteAsync("VersionRetention", null, t));
    }

    [Fact]
    public async Task The_trail_keeps_before_and_after_within_its_bounds_and_no_secret()
    {
        var item = await site.DraftAsync("ก่อน");
        item.Parts["Page"] = new JsonObject { ["Password"] = "ปลาทู", ["Widget"] = new JsonObject { ["ApiKey"] = "ปลาทู" }, ["Secretary"] = new JsonObject { ["Text"] = "สมศรี" } };
        item.Parts["Many"] = new JsonObject([.. Enumerable.Range(0, 60).Select(n => KeyValuePair.Create<string, JsonNode?>($"F{n}", new string('ก', 2_000)))]);
        await site.SaveAsync(item, "หลัง");
        var line = (await site.Get<AuditTrail>().LatestAsync(1, subjectId: item.ContentItemId))[0];
        line.Changes.ShouldNotContain("ปลาทู");
        var changes = AuditChanges.Read(line.Changes);
        changes.ShouldContain(new AuditChange("TitlePart.Title", "ก่อน", "หลัง"));
        changes.ShouldContain(new AuditChange("Page.Secretary", null, "สมศรี"));
        changes.Count.ShouldBe(AuditChanges.MostFields + 1);
        changes[^1].Field.ShouldBe(AuditChanges.More);
        changes.First(c => c.Field == "Many.F0").After.ShouldBe(new string('ก', AuditChanges.LongestValue) + "… (2,000)");
    }

    [Theory]
    [InlineData("update audit_events set actor = 'nobody'")]
    [InlineData("delete from audit_events")]
    [InlineData("{replace} into audit_events (id, at_utc, actor, action, subject_kind, subject_id, subject_title, detail) select id, at_utc, 'nobody', action, subject_kind, subject_id, subject_title, detail from audit_events limit 1")]
    public async Task The_database_itself_refuses_to_change_the_trail(string sql)
    {
        await site.DraftAsync("มีบรรทัดในบันทึก");
        var before = await site.Get<AuditTrail>().LatestAsync(1000);
        await Should.ThrowAsync<DbException>(() => site.DoAsync(t => t.ExecuteAsync(sql.Replace("{replace}", TestDatabase.IsPostgres ? "insert" : "insert or replace", StringComparison.Ordinal))));
        (await site.Get<AuditTrail>().LatestAsync(1000)).Select(e => e.Actor).ShouldBe(before.Select(e => e.Actor));
    }

    private Task<IReadOnlyList<string>> TitlesAsync(ContentItem item) =>
        site.Database.QueryAsync<string>("select display_text from content_items where content_item_id = @ContentItemId order by id", new { item.ContentItemId });
}
