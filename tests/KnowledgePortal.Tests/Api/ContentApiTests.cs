using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Api.Keys;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>Items from their creation to the trash, as programs do it.</summary>
public sealed class ContentApiTests(ApiSite site)
{
    private const string Content = "/api/v1/content";

    public static JsonObject Session(string title, string number = "1") => JsonNode.Parse($$"""
        {
          "ContentType": "CopSession",
          "TitlePart": { "Title": "{{title}}" },
          "CopSession": {
            "HeldOn": { "Value": "2022-09-15T00:00:00Z" },
            "Community": { "ContentItemIds": ["{{DemoItems.MinistryCommunity}}"] },
            "Kind": { "Text": "cop" },
            "FromElsewhere": { "Number": {{number}} }
          },
          "VotingPart": { "Votes": [1, 2, 3] }
        }
        """)!.AsObject();

    [Fact]
    public async Task An_item_is_made_changed_published_withdrawn_and_removed()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var anybody = site.Anybody();
        var made = await organizer.PostAsync(Content, Session("ผ่านโปรแกรมครั้งแรก"));
        made.Status.ShouldBe(201, made.Text);
        var id = made.Json["ContentItemId"]!.ToString();
        made.Header("Location").ShouldBe($"{Content}/{id}");
        made.Json["Published"]!.GetValue<bool>().ShouldBeFalse();
        made.Json["CopSession"]!["FiscalYear"]!["Value"]!.GetValue<int>().ShouldBe(2565);
        made.Json["VotingPart"]!["Votes"]!.AsArray().Count.ShouldBe(3);
        made.Json["Owner"]!.ToString().ShouldBe(DemoSite.Organizer);
        (await anybody.GetAsync($"{Content}/{id}")).Status.ShouldBe(404);
        (await organizer.GetAsync($"{Content}/{id}")).Status.ShouldBe(404);
        var latest = await organizer.GetAsync($"{Content}/{id}?version=latest");
        latest.Tag.ShouldBe(made.Tag);
        latest.Text.ShouldBe(made.Text);

        var patched = await organizer.PatchAsync($"{Content}/{id}", made.Tag, """{ "TitlePart": { "Title": "ผ่านโปรแกรมครั้งที่สอง" }, "VotingPart": { "Votes": null, "Closed": true } }""");
        patched.Status.ShouldBe(200, patched.Text);
        patched.Json["DisplayText"]!.ToString().ShouldBe("ผ่านโปรแกรมครั้งที่สอง");
        patched.Json["VotingPart"]!.ToJsonString().ShouldBe("""{"Closed":true}""");
        patched.Tag.ShouldNotBe(made.Tag);

        var published = await organizer.PostAsync($"{Content}/{id}/publication");
        published.Status.ShouldBe(200, published.Text);
        var path = published.Json["AutoroutePart"]!["Path"]!.ToString();
        path.ShouldStartWith("cop/moi/2565/");
        (await anybody.GetAsync("/" + path)).Status.ShouldBe(200);
        (await anybody.GetAsync($"{Content}/slug:{Uri.EscapeDataString(path)}")).Json["ContentItemId"]!.ToString().ShouldBe(id);

        var replaced = published.Json;
        replaced["TitlePart"]!["Title"] = "ผ่านโปรแกรมครั้งที่สาม";
        replaced.Remove("VotingPart");
        var put = await organizer.PutAsync($"{Content}/{id}", published.Tag, replaced);
        put.Status.ShouldBe(200, put.Text);
        put.Json["VotingPart"].ShouldBeNull();
        (await anybody.GetAsync($"{Content}/{id}")).Json["DisplayText"]!.ToString().ShouldBe("ผ่านโปรแกรมครั้งที่สอง");
        var live = await organizer.PatchAsync($"{Content}/{id}?publish=true", put.Tag, """{ "CopSession": { "OneLine": { "Text": "สรุปสั้น" } } }""");
        live.Json["Published"]!.GetValue<bool>().ShouldBeTrue(live.Text);
        (await anybody.GetAsync($"{Content}/{id}")).Json["CopSession"]!["OneLine"]!["Text"]!.ToString().ShouldBe("สรุปสั้น");

        (await organizer.DeleteAsync($"{Content}/{id}/publication")).Status.ShouldBe(204);
        (await anybody.GetAsync($"{Content}/{id}")).Status.ShouldBe(404);
        var draft = await organizer.GetAsync($"{Content}/{id}?version=latest");
        (await organizer.DeleteAsync($"{Content}/{id}", draft.Tag)).Status.ShouldBe(204);
        (await organizer.GetAsync($"{Content}/{id}?version=latest")).Status.ShouldBe(404);
        var trail = await site.Services.GetRequiredService<AuditTrail>().LatestAsync(20, subjectId: id);
        trail.Select(e => e.Action).Reverse().ShouldBe(["content.create", "content.save", "content.publish", "content.save", "content.save", "content.publish", "content.unpublish", "content.remove"]);
        trail.ShouldAllBe(e => e.Actor == DemoSite.Organizer);
    }

    [Fact]
    public async Task Nobody_writes_over_what_he_has_not_seen()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var made = await organizer.PostAsync(Content, Session("สองโปรแกรมพร้อมกัน"));
        var address = made.Header("Location");
        (await organizer.PatchAsync(address, null, "{}")).Kind.ShouldBe("/problems/no-precondition");
        (await organizer.DeleteAsync(address)).Status.ShouldBe(428);
        (await organizer.PutAsync(address, null, made.Json)).Status.ShouldBe(428);
        (await organizer.PatchAsync(address, made.Tag, """{ "CopSession": { "OneLine": { "Text": "ก" } } }""")).Status.ShouldBe(200);
        (await organizer.PatchAsync(address, made.Tag, """{ "CopSession": { "OneLine": { "Text": "ข" } } }""")).Kind.ShouldBe("/problems/stale");
        (await organizer.PutAsync(address, made.Tag, made.Json)).Status.ShouldBe(412);
        (await organizer.DeleteAsync(address, made.Tag)).Status.ShouldBe(412);
        (await organizer.PatchAsync(address, "W/" + made.Tag, "{}")).Status.ShouldBe(412);

        var latest = await organizer.GetAsync(address + "?version=latest");
        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => organizer.PatchAsync(address, latest.Tag, $$"""{ "CopSession": { "OneLine": { "Text": "ผู้เขียน {{n}}" } } }""")));
        same.Count(a => a.Status == 200).ShouldBe(1);
        same.Count(a => a.Status == 412).ShouldBe(7);
    }

    [Fact]
    public async Task Who_has_the_version_gets_304()
    {
        var anybody = site.Anybody();
        var first = await anybody.GetAsync($"{Content}/{DemoItems.Session4Of2563}");
        first.Status.ShouldBe(200);
        first.Header("Cache-Control").ShouldBe("public, no-cache");
        var again = await anybody.GetAsync($"{Content}/{DemoItems.Session4Of2563}", ("If-None-Match", first.Tag!));
        again.Status.ShouldBe(304);
        again.Text.ShouldBeEmpty();
        again.Tag.ShouldBe(first.Tag);
        (await anybody.SendAsync("HEAD", $"{Content}/{DemoItems.Session4Of2563}", null)).Tag.ShouldBe(first.Tag);
    }

    [Fact]
    public async Task What_the_site_sets_is_refused_and_changes_nothing()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var made = await organizer.PostAsync(Content, Session("ห้ามกำหนดเอง"));
        var address = made.Header("Location");
        foreach (var (name, value) in new (string, JsonNode)[]
        {
            ("ContentItemId", DemoItems.Session4Of2563), ("ContentItemVersionId", "x"), ("Latest", false), ("Published", true), ("ModifiedUtc", "2001-01-01T00:00:00Z"),
            ("PublishedUtc", "2001-01-01T00:00:00Z"), ("CreatedUtc", "2001-01-01T00:00:00Z"), ("Owner", DemoSite.Administrator), ("Author", "nobody"), ("isAdmin", true), ("roles", "Administrator"),
        })
        {
            var sent = Session("ห้ามกำหนดเอง");
            sent[name] = value.DeepClone();
            var create = await organizer.PostAsync(Content, sent);
            create.Status.ShouldBe(422, $"{name} {create.Text}");
            create.Json["errors"]![0]!["field"]!.ToString().ShouldBe(name);
            (await organizer.PatchAsync(address, made.Tag, new JsonObject { [name] = value.DeepClone() }.ToJsonString())).Status.ShouldBe(422, name);
            var put = made.Json;
            put[name] = value.DeepClone();
            (await organizer.PutAsync(address, made.Tag, put)).Status.ShouldBe(422, name);
        }
        (await organizer.GetAsync(address + "?version=latest")).Text.ShouldBe(made.Text);
    }

    [Theory]
    [InlineData("""{ "CopSession": { "HeldOn": { "Value": "9 July" } } }""", "CopSession.HeldOn.Value")]
    [InlineData("""{ "CopSession": { "SeriesNo": { "Value": "four" } } }""", "CopSession.SeriesNo.Value")]
    [InlineData("""{ "CopSession": { "SeriesNo": { "Value": 1.5 } } }""", "CopSession.SeriesNo")]
    [InlineData("""{ "CopSession": { "Kind": { "Text": "no such kind" } } }""", "CopSession.Kind")]
    [InlineData("""{ "CopSession": { "Topics": { "TermContentItemIds": ["4aaaaaaaaaaaaaaaaaaaaaaaaa"] } } }""", "CopSession.Topics")]
    [InlineData("""{ "CopSession": { "Community": { "ContentItemIds": ["4aaaaaaaaaaaaaaaaaaaaaaaaa"] } } }""", "CopSession.Community")]
    [InlineData("""{ "CopSession": [] }""", "CopSession")]
    [InlineData("""{ "TitlePart": { "Title": "" } }""", "TitlePart.Title")]
    [InlineData("""{ "Speakers": { "ContentItems": [ { "ContentType": "AgendaItem" } ] } }""", "Speakers[0].ContentType")]
    [InlineData("""{ "Speakers": { "ContentItems": [ { "ContentItemId": "417awpbgbefgr7ke6af28r2cj7", "ContentType": "Speaker" } ] } }""", "Speakers[0].ContentItemId")]
    [InlineData("""{ "AutoroutePart": { "SetHomepage": true } }""", "AutoroutePart")]
    [InlineData("""{ "AutoroutePart": { "Path": "a path?" } }""", "AutoroutePart.Path")]
    [InlineData("""{ "ContainedPart": { "ListContentItemId": "417awpbgbefgr7ke6af28r2cj7" } }""", "ContainedPart")]
    [InlineData("""{ "Elsewhere": { "Paths": ["recordings/kledlap.mp4"] } }""", "")]
    [InlineData("""{ "CopSession": { "HeldOn": { "Value": "1200-01-01T00:00:00Z" } } }""", "CopSession.HeldOn")]
    [InlineData("""{ "CopSession": { "FiscalYear": { "Value": 2020 } } }""", "CopSession.FiscalYear")]
    [InlineData("""{ "CopSession": { "Source": { "Url": "javascript:alert(1)", "Text": "แหล่งข่าว" } } }""", "CopSession.Source")]
    [InlineData("""{ "ViewGroupsPart": { "Groups": ["nobody"] } }""", "ViewGroupsPart.Groups")]
    public async Task What_the_form_would_refuse_is_refused_at_its_field(string patch, string field)
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var made = await organizer.PostAsync(Content, Session("ตรวจทีละช่อง"));
        foreach (var language in new[] { "th", "en" })
        {
            var refused = await organizer.SendAsync("PATCH", made.Header("Location"), patch, [("If-Match", made.Tag!), ("Accept-Language", language)], "application/merge-patch+json");
            refused.Status.ShouldBe(422, refused.Text);
            refused.Header("Content-Language").ShouldBe(language);
            refused.Json["errors"]!.AsArray().Select(e => e!["field"]!.ToString()).ShouldContain(field, refused.Text);
        }
    }

    [Fact]
    public async Task Rows_get_their_ids_from_the_site_and_keep_them()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var sent = Session("มีวิทยากร");
        sent["Speakers"] = JsonNode.Parse("""{ "ContentItems": [ { "ContentType": "Speaker", "Owner": "root", "Published": true, "TitlePart": { "Title": "สมชาย‮ ใจดี" }, "Extra": { "a": 1 } } ] }""");
        var made = await organizer.PostAsync(Content, sent);
        made.Status.ShouldBe(201, made.Text);
        var row = made.Json["Speakers"]!["ContentItems"]![0]!;
        row["ContentItemId"]!.ToString().Length.ShouldBe(26);
        row["DisplayText"]!.ToString().ShouldContain("ใจดี");
        row["TitlePart"]!["Title"]!.ToString().ShouldBe("สมชาย ใจดี");
        row["Owner"].ShouldBeNull();
        row["Extra"]!["a"]!.GetValue<int>().ShouldBe(1);
        var again = made.Json;
        again["Speakers"]!["ContentItems"]!.AsArray().Add(JsonNode.Parse("""{ "ContentType": "Speaker", "TitlePart": { "Title": "สมหญิง" } }"""));
        var put = await organizer.PutAsync(made.Header("Location"), made.Tag, again);
        put.Status.ShouldBe(200, put.Text);
        put.Json["Speakers"]!["ContentItems"]![0]!["ContentItemId"]!.ToString().ShouldBe(row["ContentItemId"]!.ToString());
        put.Json["Speakers"]!["ContentItems"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_stands_against_publishing_is_said_by_field_in_both_languages()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var sent = Session("ยังไม่ครบ");
        sent["CopSession"]!.AsObject().Remove("Community");
        var made = await organizer.PostAsync(Content, sent);
        made.Status.ShouldBe(201, made.Text);
        var thai = await organizer.PostAsync(made.Header("Location") + "/publication");
        thai.Status.ShouldBe(422);
        thai.Header("Content-Type").ShouldBe("application/problem+json; charset=utf-8");
        thai.Header("Content-Language").ShouldBe("th");
        thai.Json["errors"]!.AsArray().First(e => e!["field"]!.ToString() == "CopSession.Community")!["detail"]!.ToString().ShouldBe("เลือกชุมชน");
        var english = await organizer.PostAsync(made.Header("Location") + "/publication", null, ("Accept-Language", "en-GB, th;q=0.3"));
        english.Json["errors"]!.AsArray().First(e => e!["field"]!.ToString() == "CopSession.Community")!["detail"]!.ToString().ShouldBe("a community is required");
        english.Json["type"]!.ToString().ShouldBe(thai.Kind);
        (await organizer.PostAsync(Content + "?publish=true", sent)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Members_propose_drafts_of_their_own_and_publish_nothing()
    {
        var member = await site.AsAsync(DemoSite.Member);
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var made = await member.PostAsync(Content, Session("สมาชิกเสนอ"));
        made.Status.ShouldBe(201, made.Text);
        var address = made.Header("Location");
        (await member.PostAsync(address + "/publication")).Kind.ShouldBe("/problems/forbidden");
        (await member.PostAsync(Content + "?publish=true", Session("สมาชิกเผยแพร่"))).Status.ShouldBe(403);
        (await member.DeleteAsync(address, made.Tag)).Status.ShouldBe(403);
        (await member.PatchAsync(address, made.Tag, """{ "PublishLaterPart": { "ScheduledPublishUtc": "2099-01-01T00:00:00Z" } }""")).Status.ShouldBe(422);
        (await member.PostAsync(Content, new JsonObject { ["ContentType"] = "Article", ["TitlePart"] = new JsonObject { ["Title"] = "ข่าว" } })).Status.ShouldBe(403);
        (await member.PostAsync(Content, new JsonObject { ["ContentType"] = "NoSuchType" })).Status.ShouldBe(422);
        var others = await organizer.PostAsync(Content, Session("ของผู้จัด"));
        (await member.GetAsync(others.Header("Location") + "?version=latest")).Status.ShouldBe(404);
        (await member.PatchAsync(others.Header("Location"), others.Tag, "{}")).Status.ShouldBe(404);
        (await member.PatchAsync($"{Content}/{DemoItems.Session4Of2563}", "*", "{}")).Status.ShouldBe(403);
        (await member.GetAsync($"{Content}/{DemoItems.Session4Of2563}?version=latest")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_may_not_be_seen_answers_like_what_does_not_exist()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var draft = (await organizer.PostAsync(Content, Session("ร่างที่ไม่มีใครเห็น"))).Json["ContentItemId"]!.ToString();
        foreach (var reader in new[] { site.Anybody(), await site.AsAsync(DemoSite.Member) })
            foreach (var query in new[] { "", "?version=latest" })
            {
                var (hidden, missing) = (await reader.GetAsync($"{Content}/{draft}{query}"), await reader.GetAsync($"{Content}/4aaaaaaaaaaaaaaaaaaaaaaaaa{query}"));
                hidden.Status.ShouldBe(404);
                hidden.Text.ShouldBe(missing.Text);
                Names(hidden).ShouldBe(Names(missing));
            }

        static string[] Names(ApiAnswer answer) => [.. answer.Response.Headers.Select(h => h.Key).Where(k => k != "RateLimit").Order()];
    }

    [Fact]
    public async Task Readers_are_not_told_who_works_on_an_item()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var made = await organizer.PostAsync(Content + "?publish=true", Session("ไม่บอกอีเมล"));
        made.Status.ShouldBe(201, made.Text);
        foreach (var reader in new[] { site.Anybody(), await site.AsAsync(DemoSite.Member) })
        {
            var item = await reader.GetAsync(made.Header("Location"));
            item.Text.ShouldNotContain("@");
            item.Json["Owner"].ShouldBeNull();
            item.Json.Select(m => m.Key).Take(11).ShouldBe(["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author"]);
            (await reader.GetAsync(Content + "?limit=100")).Text.ShouldNotContain("@demo.example");
        }
    }

    [Fact]
    public async Task A_key_does_no_more_than_its_scopes_and_types()
    {
        var reader = await site.AsAsync(DemoSite.Organizer, ApiScopes.Read);
        (await reader.PostAsync(Content, Session("ไม่ครอบคลุม"))).Kind.ShouldBe("/problems/scope");
        (await reader.PostAsync($"{Content}/{DemoItems.Session4Of2563}/publication")).Kind.ShouldBe("/problems/scope");
        var writer = await site.AsAsync(DemoSite.Organizer, ApiScopes.Write);
        (await writer.GetAsync(Content)).Kind.ShouldBe("/problems/scope");
        (await writer.GetAsync("/api/v1/search?q=x")).Kind.ShouldBe("/problems/scope");
        var made = await writer.PostAsync(Content, Session("เขียนอย่างเดียว"));
        made.Status.ShouldBe(201, made.Text);
        (await writer.PostAsync(made.Header("Location") + "/publication")).Kind.ShouldBe("/problems/scope");
        (await writer.PostAsync(Content + "?publish=true", Session("เขียนอย่างเดียว"))).Kind.ShouldBe("/problems/scope");
        (await writer.DeleteAsync(made.Header("Location"), made.Tag)).Kind.ShouldBe("/problems/scope");
        var narrow = site.With(await site.KeyAsync(DemoSite.Organizer, new NewApiKey("แคบ", ApiSite.AllScopes, ["Article"], null)));
        (await narrow.GetAsync($"{Content}/{DemoItems.Session4Of2563}")).Status.ShouldBe(404);
        (await narrow.GetAsync($"{Content}?limit=100")).Json["items"]!.AsArray().ShouldAllBe(i => i!["ContentType"]!.ToString() == "Article");
        (await narrow.PostAsync(Content, Session("ชนิดอื่น"))).Kind.ShouldBe("/problems/scope");
        (await narrow.GetAsync("/api/v1/search?q=x")).Kind.ShouldBe("/problems/scope");
    }

    [Fact]
    public async Task What_is_for_some_is_seen_by_those_and_nobody_else()
    {
        var (organizer, member) = (await site.AsAsync(DemoSite.Organizer), await site.AsAsync(DemoSite.Member));
        var sent = Session("เฉพาะผู้ที่เข้าสู่ระบบ");
        sent["ViewGroupsPart"] = JsonNode.Parse("""{ "Groups": ["signed-in"] }""");
        var made = await organizer.PostAsync(Content + "?publish=true", sent);
        made.Status.ShouldBe(201, made.Text);
        var (address, id) = (made.Header("Location"), made.Json["ContentItemId"]!.ToString());
        var list = $"{Content}?type=CopSession&title[contains]={Uri.EscapeDataString("เฉพาะผู้ที่เข้าสู่ระบบ")}";
        (await member.GetAsync(address)).Status.ShouldBe(200);
        (await member.GetAsync(address)).Json["ViewGroupsPart"].ShouldBeNull();
        (await member.GetAsync(list)).Text.ShouldContain(id);
        (await site.Anybody().GetAsync(address)).Status.ShouldBe(404);
        (await site.Anybody().GetAsync(list)).Json["items"]!.AsArray().ShouldBeEmpty();
        sent["ViewGroupsPart"] = JsonNode.Parse("""{ "Groups": ["everybody"] }""");
        (await organizer.PostAsync(Content, sent)).Status.ShouldBe(422);
        sent["ViewGroupsPart"] = JsonNode.Parse("""{ "Groups": ["public"] }""");
        (await member.PostAsync(Content, sent)).Status.ShouldBe(422);
    }
}
