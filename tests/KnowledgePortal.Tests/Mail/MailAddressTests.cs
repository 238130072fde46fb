using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Web.Mail;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData("somchai@example.com", "somchai@example.com")]
    [InlineData("  somchai@example.com\n", "somchai@example.com")]
    [InlineData("\uFEFFsomchai@example.com\u200B", "somchai@example.com")]
    [InlineData("Somchai.J+cop@Example.GO.TH", "Somchai.J+cop@example.go.th")]
    [InlineData("o'neil_x@mail-1.example.co", "o'neil_x@mail-1.example.co")]
    [InlineData("somchai@ตัวอย่าง.ไทย", "somchai@xn--72c1a1bt4awk9o.xn--o3cw4h")]
    [InlineData("somchai@xn--72c1a1bt4awk9o.xn--o3cw4h", "somchai@xn--72c1a1bt4awk9o.xn--o3cw4h")]
    [InlineData("somchai@exampleＣom。th", "somchai@examplecom.th")]
    [InlineData("สมชาย@ตัวอย่าง.ไทย", "สมชาย@xn--72c1a1bt4awk9o.xn--o3cw4h")]
    public void What_people_type_is_understood(string typed, string address) => MailAddress.Parse(typed)!.ToString().ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("somchai")]
    [InlineData("somchai@")]
    [InlineData("@example.com")]
    [InlineData("somchai@localhost")]
    [InlineData("somchai@127.0.0.1")]
    [InlineData("somchai@[127.0.0.1]")]
    [InlineData("somchai@example.com.")]
    [InlineData("somchai@.example.com")]
    [InlineData("somchai@example..com")]
    [InlineData("somchai@-example.com")]
    [InlineData("somchai@exa_mple.com")]
    [InlineData("somchai@exam ple.com")]
    [InlineData("som chai@example.com")]
    [InlineData("somchai@example.com, other@example.com")]
    [InlineData("somchai@example.com;other@example.com")]
    [InlineData("somchai@other@example.com")]
    [InlineData("Somchai <somchai@example.com>")]
    [InlineData("<somchai@example.com>")]
    [InlineData("mailto:somchai@example.com")]
    [InlineData("\"somchai\"@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("somchai(comment)@example.com")]
    [InlineData(".somchai@example.com")]
    [InlineData("somchai.@example.com")]
    [InlineData("som..chai@example.com")]
    [InlineData("somchai@example.com\r\nBcc: victim@example.com")]
    [InlineData("somchai\r\nRCPT TO:<victim@example.com>@example.com")]
    [InlineData("som\0chai@example.com")]
    [InlineData("som\u202Echai@example.com")]
    [InlineData("somchai@xn--.com")]
    [InlineData("\uD800@example.com")]
    [InlineData("somchai@\uD800.com")]
    public void What_is_no_address_is_refused(string? typed) => MailAddress.Parse(typed).ShouldBeNull();

    [Fact]
    public void The_limits_are_those_of_rfc_5321_in_octets()
    {
        MailAddress.Parse(new string('a', 64) + "@example.com").ShouldNotBeNull();
        MailAddress.Parse(new string('a', 65) + "@example.com").ShouldBeNull();
        MailAddress.Parse(new string('ก', 21) + "@example.com").ShouldNotBeNull();
        MailAddress.Parse(new string('ก', 22) + "@example.com").ShouldBeNull();
        var longest = string.Concat(Enumerable.Repeat(new string('d', 59) + ".", 4)) + "com";
        MailAddress.Parse(new string('a', 254 - 1 - longest.Length) + "@" + longest).ShouldNotBeNull();
        MailAddress.Parse(new string('a', 255 - 1 - longest.Length) + "@" + longest).ShouldBeNull();
        MailAddress.Parse("a@" + new string('d', 64) + ".com").ShouldBeNull();
        MailAddress.Parse("a@" + new string('ก', 2000)).ShouldBeNull();
    }

    [Fact]
    public void Two_spellings_of_one_mailbox_have_one_key()
    {
        MailAddress.Parse("Somchai@EXAMPLE.com")!.Key.ShouldBe(MailAddress.Parse("somchai@example.com")!.Key);
        MailAddress.Parse("somchai@ตัวอย่าง.ไทย").ShouldBe(MailAddress.Parse("somchai@xn--72c1a1bt4awk9o.xn--o3cw4h"));
        MailAddress.Parse("somchai@xn--72c1a1bt4awk9o.xn--o3cw4h")!.Display.ShouldBe("somchai@ตัวอย่าง.ไทย");
    }

    [Fact]
    public void Whatever_is_typed_an_address_can_stand_in_a_command_and_reads_back_as_itself() =>
        Prop.ForAll(Arb.From(from local in Mails.Text from domain in Mails.Text from at in Gen.Elements("@", "@", "@example.com", "") select local + at + domain), typed =>
        {
            if (MailAddress.Parse(typed) is not { } address) return;
            var text = address.ToString();
            text.ShouldNotContain(c => char.IsControl(c) || char.IsWhiteSpace(c) || "<>()\",;:\\[]".Contains(c));
            text.Count(c => c == '@').ShouldBe(1);
            address.Domain.ShouldAllBe(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '.' || c == '-');
            System.Text.Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(254);
            MailAddress.Parse(text).ShouldBe(address);
            MailAddress.Parse(address.Display).ShouldBe(address);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("คลังความรู้ <no-reply@portal.go.th>", "คลังความรู้", "no-reply@portal.go.th")]
    [InlineData("\"Portal, \\\"the\\\"\" <no-reply@portal.go.th>", "Portal, \"the\"", "no-reply@portal.go.th")]
    [InlineData("<no-reply@portal.go.th>", null, "no-reply@portal.go.th")]
    [InlineData("no-reply@portal.go.th", null, "no-reply@portal.go.th")]
    public void A_mailbox_is_an_address_with_or_without_a_name(string typed, string? name, string address)
    {
        var mailbox = Mailbox.Parse(typed)!;
        mailbox.Name.ShouldBe(name);
        mailbox.Address.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("คลังความรู้")]
    [InlineData("คลังความรู้ <no-reply>")]
    [InlineData("คลังความรู้ <no-reply@portal.go.th")]
    [InlineData("a <no-reply@portal.go.th> b")]
    public void A_mailbox_without_an_address_is_none(string? typed) => Mailbox.Parse(typed).ShouldBeNull();
}
