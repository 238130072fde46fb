using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Admin;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Mail;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Digests;

public sealed class MailHoldTests
{
    private const string Reader = "somchai@example.com";

    [Fact]
    public async Task While_mail_is_held_digests_wait_and_what_readers_ask_for_goes_out()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        await site.PublishSessionAsync("บันทึกใหม่");
        await HoldAsync(site);
        site.Sent.Clear();
        (await site.RoundAsync(DigestSite.Monday)).Mails.Sent.ShouldBe(0);
        site.Sent.Mails.ShouldBeEmpty();
        await site.SubscribeAsync("new@example.com", DigestFrequency.Weekly); // its confirmation must arrive

        (await site.Get<HeldSendings>().ReleaseAsync(isDiscarding: false, Actor.System)).ShouldBe(new WaitingSendings(0, 0));
        site.Sent.Clear();
        (await site.RoundAsync()).Mails.Sent.ShouldBe(1);
        site.Sent.To(Reader).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_waited_may_be_discarded_because_it_was_sent_before_the_restore()
    {
        await using var site = await DigestSite.OpenAsync();
        await site.SubscribeAsync(Reader, DigestFrequency.Weekly);
        await site.PublishSessionAsync("บันทึกใหม่");
        await HoldAsync(site);
        await site.RoundAsync(DigestSite.Monday);
        site.Sent.Clear();
        (await site.Get<HeldSendings>().ReleaseAsync(isDiscarding: true, Actor.System)).ShouldBe(new WaitingSendings(1, 0));
        (await site.RoundAsync()).Mails.Sent.ShouldBe(0);
        await site.PublishSessionAsync("บันทึกหลังปล่อย");
        (await site.RoundAsync(DigestSite.Monday.AddDays(7))).Mails.Sent.ShouldBe(1);
        (await site.Get<HeldSendings>().ReleaseAsync(isDiscarding: true, Actor.System)).ShouldBeNull();
    }

    private static async Task HoldAsync(DigestSite site)
    {
        await using var transaction = await site.Database.BeginAsync();
        await MailHold.BeginAsync("restored", site.Clock.Now, transaction);
        await transaction.CommitAsync();
    }
}
