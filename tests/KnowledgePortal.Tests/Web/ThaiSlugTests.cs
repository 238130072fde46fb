using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Tests.Search;
using KnowledgePortal.Web.Hosting.Thai;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class ThaiSlugTests
{
    [Theory]
    [InlineData("เคล็ดที่ไม่ลับ", "เคล็ดที่ไม่ลับ")]
    [InlineData("ระบบราชการ 4.0!", "ระบบราชการ-4-0")]
    [InlineData("“คู่เสี่ยว เกี่ยวก้อย” — ขอนแก่น", "คู่เสี่ยว-เกี่ยวก้อย-ขอนแก่น")]
    [InlineData("Andaman Hub Medical Network", "andaman-hub-medical-network")]
    [InlineData("ความส\u0E4D\u0E32เร็จ", "ความสำเร็จ")]
    [InlineData("เเพร่\u200B ๒๕๖๔", "แพร่-2564")]
    [InlineData("Café", "cafe")]
    [InlineData("\u0E48ก", "ก")]
    [InlineData("a/b\\c?d#e%f", "a-b-c-d-e-f")]
    [InlineData("ต่าง ๆ", "ต่าง")]
    [InlineData("a\u0000b", "a-b")]
    [InlineData("ก\u0E4A\u0301\u0E34", "กิ\u0E4A")]
    public void A_title_becomes_an_address(string title, string slug) => ThaiSlug.Of(title).ShouldBe(slug);

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("\u0E48\u0E49")]
    [InlineData("\uD800")]
    [InlineData("😀")]
    public void Without_letters_there_is_none(string title) => ThaiSlug.Of(title).ShouldBeNull();

    [Fact]
    public void Any_text_makes_an_address_that_needs_no_mending() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            if (ThaiSlug.Of(string.Concat(Enumerable.Repeat(text, 5))) is not { } slug) return;
            slug.IndexOfAny(":?#[]@!$&'()*+,.;=<>\\|% /\"".ToCharArray()).ShouldBe(-1);
            slug.ShouldNotContain("--");
            slug.ShouldNotStartWith("-");
            slug.ShouldNotEndWith("-");
            new StringInfo(slug).LengthInTextElements.ShouldBeInRange(1, ThaiSlug.LongestInClusters);
            ThaiSlug.Of(slug).ShouldBe(slug);
            Uri.UnescapeDataString(Uri.EscapeDataString(slug)).ShouldBe(slug);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_title_is_cut_between_clusters()
    {
        var slug = ThaiSlug.Of(string.Concat(Enumerable.Repeat("กี่", 200))).ShouldNotBeNull();
        slug.ShouldBe(string.Concat(Enumerable.Repeat("กี่", ThaiSlug.LongestInClusters)));
    }
}
