using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Search.Analysis;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("จ\u0E4D\u0E32เริญ", "จำเริญ")]
    [InlineData("น\u0E4D\u0E49\u0E32", "น้ำ")]
    [InlineData("น\u0E49\u0E4D\u0E32", "น้ำ")]
    [InlineData("นำ\u0E49", "น้ำ")]
    [InlineData("เเพร่", "แพร่")]
    [InlineData("ก\u0E48\u0E35", "กี่")]
    [InlineData("ท\u0E35\u0E48\u0E48", "ที่")]
    [InlineData("ขอน\u200Bแก่น", "ขอนแก่น")]
    [InlineData("ขอน\u00A0แก่น", "ขอน แก่น")]
    [InlineData("ท\u0E35\u200B\u0E48", "ที่")]
    [InlineData("๒๕๖๓", "2563")]
    [InlineData("รองปลัดฯ มหาดไทย", "รองปลัด  มหาดไทย")]
    [InlineData("“New Normal”", "\"new normal\"")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("m\u200B\u0301", "\u1E3F")]
    [InlineData("กุ\u0E4C", "กุ์")]
    public void Every_spelling_of_the_same_text_becomes_one(string original, string expected) => ThaiNormalizer.Normalize(original).Text.ShouldBe(expected);

    [Fact]
    public void Sara_am_is_never_taken_apart() => ThaiNormalizer.Normalize("ความสำเร็จ").Text.ShouldContain('ำ');

    [Fact]
    public void Offsets_lead_back_to_the_letters_that_were_typed()
    {
        const string Original = "นายจ\u0E4D\u0E32เริญ";
        var normalized = ThaiNormalizer.Normalize(Original);
        var am = normalized.Text.IndexOf('ำ');
        Original[normalized.StartOf(am)..normalized.EndOf(am)].ShouldBe("\u0E4D\u0E32");
        normalized.StartOf(normalized.Text.Length - 1).ShouldBe(Original.Length - 1);
    }

    [Fact]
    public void For_any_text_the_offsets_are_total_and_monotone() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var normalized = ThaiNormalizer.Normalize(text);
            var (start, end) = (0, 0);
            for (var i = 0; i < normalized.Text.Length; i++)
            {
                normalized.StartOf(i).ShouldBeGreaterThanOrEqualTo(start);
                normalized.EndOf(i).ShouldBeGreaterThanOrEqualTo(end);
                (start, end) = (normalized.StartOf(i), normalized.EndOf(i));
                end.ShouldBeGreaterThan(start);
                end.ShouldBeLessThanOrEqualTo(text.Length);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tone_stays_behind_vowels_that_have_no_consonant() => ThaiNormalizer.Normalize(" าา\u0E4B").Text.ShouldBe(" าา\u0E4B");

    [Fact]
    public void Normalising_twice_changes_nothing() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var once = ThaiNormalizer.Normalize(text).Text;
            ThaiNormalizer.Normalize(once).Text.ShouldBe(once);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Normalised_text_has_no_lone_surrogates() =>
        Prop.ForAll(Arbitrary.Texts, text => Should.NotThrow(() => new UTF8Encoding(false, true).GetBytes(ThaiNormalizer.Normalize(text).Text))).QuickCheckThrowOnFailure();
}
