using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

public sealed class AdminPagesTests(MembersSite site) : IClassFixture<MembersSite>
{
    private static readonly string[] Pages = ["/admin", "/admin/audit", "/admin/mail", "/admin/people"];

    [Fact]
    public async Task An_administrator_sees_health_the_trail_and_kept_mail()
    {
        var browser = await site.SignedInAsync(await site.AddAsync(RolePermissions.Administrator));
        foreach (var page in Pages) (await browser.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
        (await (await browser.GetAsync("/admin")).Content.ReadAsStringAsync()).ShouldContain(TestDatabase.IsPostgres ? "PostgreSQL 1" : "SQLite 3");
        (await (await browser.GetAsync("/admin/audit")).Content.ReadAsStringAsync()).ShouldContain("เข้าสู่ระบบ");
        (await browser.GetAsync("/admin/mail/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Mail_that_is_held_since_a_restore_is_shown_and_let_go_by_a_button()
    {
        await using (var transaction = await site.Services.GetRequiredService<Database>().BeginAsync())
        {
            await MailHold.BeginAsync("restored", DateTimeOffset.UtcNow, transaction);
            await transaction.CommitAsync();
        }
        var browser = await site.SignedInAsync(await site.AddAsync(RolePermissions.Administrator));
        (await browser.PageAsync("/admin")).QuerySelectorAll("section[aria-labelledby='hold'] form").ShouldHaveSingleItem("where nothing waits, nothing is discarded");
        (await browser.SubmitAsync("/admin", "/admin/mail-releases")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.PageAsync("/admin")).QuerySelector("section[aria-labelledby='hold']").ShouldBeNull();
        (await site.Services.GetRequiredService<MailHold>().CurrentAsync()).ShouldBeNull();
        (await browser.PageAsync("/admin/audit")).Body!.TextContent.Replace("\u2060", "").ShouldContain("ปล่อยอีเมลที่พักไว้");
    }

    [Fact]
    public async Task An_administrator_sees_how_the_index_is_and_has_it_built_again()
    {
        var browser = await site.SignedInAsync(await site.AddAsync(RolePermissions.Administrator));
        var queue = site.Services.GetRequiredService<IndexingQueue>();
        var before = await queue.GenerationAsync();
        (await browser.SubmitAsync("/admin", "/admin/index-rebuilds")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await queue.GenerationAsync()).ShouldBe(before + 1);
        await site.Services.GetRequiredService<SearchIndex>().CatchUpAsync();
        (await queue.LastRebuildAsync())!.Reason.ShouldBe("asked for");
        var page = (await browser.PageAsync("/admin")).QuerySelector("section[aria-labelledby='index']")!.TextContent.Replace("\u2060", "");
        page.ShouldContain("มีผู้สั่ง");
        page.ShouldContain("MB");
        (await browser.PageAsync("/admin/audit")).Body!.TextContent.Replace("\u2060", "").ShouldContain("สั่งสร้างดัชนีค้นหาใหม่");
        var organizer = await site.SignedInAsync(await site.AddAsync("Organizer"));
        (await organizer.PostAsync("/admin/index-rebuilds")).IsSuccessStatusCode.ShouldBeFalse();
        (await queue.GenerationAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task For_others_there_are_no_such_pages()
    {
        var organizer = await site.SignedInAsync(await site.AddAsync("Organizer"));
        foreach (var page in Pages) (await organizer.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        foreach (var page in Pages) (await site.Browse().GetAsync(page)).StatusCode.ShouldNotBe(HttpStatusCode.OK, page);
    }
}
