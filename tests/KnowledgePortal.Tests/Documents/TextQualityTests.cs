using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Documents.Quality;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Documents;

/// <summary>The gate before the index: what is mended, what is marked, what passes untouched.</summary>
public sealed class TextQualityTests
{
    private const string Good =
        "ที่ประชุมรับทราบผลการดำเนินงานของคณะทำงานด้านการจัดการความรู้ และเห็นชอบให้ทุกสำนักจัดเวทีแลกเปลี่ยนเรียนรู้อย่างน้อยปีละหนึ่งครั้ง "
        + "โดยเก็บบันทึกไว้ในคลังความรู้ของหน่วยงาน เพื่อให้ผู้ที่มารับตำแหน่งใหม่ศึกษาได้ด้วยตนเอง เจ้าหน้าที่ทำหน้าที่รวบรวมคำถามที่พบบ่อยและตอบให้ครบทุกข้อ "
        + "จังหวัดที่มีประสบการณ์เล่าถึงวิธีทำให้ประชาชนเข้าถึงบริการได้สะดวกขึ้น สิ่งสำคัญคือการฟังเสียงของผู้รับบริการและนำไปปรับปรุงงานจริง";

    [Theory]
    [InlineData("ถ ึง", "ถึง")]
    [InlineData("ที่น ั่น", "ที่นั่น")]
    [InlineData("ค ำน ำ", "คำนำ")]
    [InlineData("ความส\u0E4D\u0E32เร็จ", "ความสำเร็จ")]
    [InlineData("น\u0E4D\u0E49\u0E32", "น้ำ")]
    [InlineData("น\u0E33\u0E49", "น้ำ")]
    [InlineData("ท\u0E48\u0E35", "ที่")]
    [InlineData("ท\u0E35\u0E35\u0E48\u0E48", "ที่")]
    [InlineData("เเละ", "และ")]
    [InlineData("ป\uF701\uF705น \uF70E", "ปิ่น์")]
    [InlineData("\uF700าน \uF70Fาติ", "ฐาน ญาติ")]
    [InlineData("ปี\u0E48\uF873", "ปี่")]
    [InlineData("จังหวัด\u00A0ขอน\u200Bแก่น", "จังหวัด ขอนแก่น")]
    [InlineData("¡ÒÃ¨Ñ´¡ÒÃ¤ÇÒÁÃÙé", "การจัดการความรู้")]
    [InlineData("ขอนแก่น 2563 (KM)", "ขอนแก่น 2563 (KM)")]
    [InlineData("Résumé à la carte", "Résumé à la carte")]
    public void What_can_surely_be_mended_is(string broken, string mended) => TextRepair.Mend([broken])[0].ShouldBe(mended);

    [Fact]
    public void Where_a_file_writes_every_sara_am_as_a_blank_and_sara_aa_it_is_put_back()
    {
        var pages = TextRepair.Mend(["ส านักงานจัดท าค าสั่ง จ านวน 3 ฉบับ", "การด าเนินการเรื่องน ้า และน ้ าประปา"]);
        pages.ShouldBe(["สำนักงานจัดทำคำสั่ง จำนวน 3 ฉบับ", "การดำเนินการเรื่องน้ำ และน้ำประปา"]);
        // With sara am of its own, the file means something else by the blank: that is left to the judge.
        TextRepair.Mend(["ทำคำสั่ง นำไปทำ ค า"])[0].ShouldBe("ทำคำสั่ง นำไปทำ ค า");
    }

    [Fact]
    public void Lines_that_the_width_of_the_page_has_parted_are_one_again_and_headings_stay_apart() =>
        WrappedLines.Join("ระเบียบวาระที่ ๓\nที่ประชุมมีมติให้ทุกสำนักส่งผลงานนวัตกรรมและจัดทำทะเบียน\nนวัตกรรมของหน่วยงาน\n\nเลิกประชุม 16.30 น.\n")
            .ShouldBe("ระเบียบวาระที่ ๓\nที่ประชุมมีมติให้ทุกสำนักส่งผลงานนวัตกรรมและจัดทำทะเบียนนวัตกรรมของหน่วยงาน\n\nเลิกประชุม 16.30 น.\n");

    [Fact]
    public void UTF8_that_was_read_as_Western_text_is_read_again()
    {
        var mojibake = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Good));
        TextRepair.Mend([mojibake])[0].ShouldBe(Good);
    }

    [Fact]
    public void Good_text_passes_untouched()
    {
        TextRepair.Mend([Good])[0].ShouldBe(Good);
        TextQuality.Judge([Good]).ShouldBe([PageVerdict.Readable]);
        TextQuality.Of(Good).Impossible.ShouldBe(0);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "every า became ำ", Good.Replace('า', 'ำ') },
        { "the marks are lost", string.Concat(Good.Where(c => c is not ('\u0E31' or >= '\u0E34' and <= '\u0E3A' or >= '\u0E47' and <= '\u0E4E'))) },
        { "marks before their consonants", string.Concat(Good.Select((c, i) => c == 'ร' ? "\u0E49ร\u0E34\u0E35" : $"{c}")) },
        { "private glyphs that nobody knows", string.Concat(Good.Select(c => c == 'ก' ? '\uE123' : c)) },
        { "replacement characters", Good.Replace('น', '\uFFFD') },
        { "codes of the font instead of letters", string.Concat(Enumerable.Repeat("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ", 20)) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_text_is_never_let_through(string how, string text) =>
        TextQuality.Judge(TextRepair.Mend([text, text, text])).ShouldAllBe(v => v == PageVerdict.Broken, how);

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("1")]
    public void A_page_without_text_is_empty(string text) => TextQuality.Judge(TextRepair.Mend([text])).ShouldBe([PageVerdict.Empty]);

    [Theory]
    [InlineData("Minutes of the meeting, 9 July 2020: twelve provinces reported.")]
    [InlineData("1,250 3,400 12.5% 9/2563 4,000 บาท")]
    [InlineData("ๆ ฯลฯ ฤๅษี เกาะ เจ๊าะแจ๊ะ ศุกร์ สิทธิ์ ญี่ปุ่น ก็ เสร็จ ณ ธ. ห้าๆ หนึ่ง")]
    public void Short_good_text_passes(string text)
    {
        TextRepair.Mend([text])[0].ShouldBe(text);
        TextQuality.Judge([text]).ShouldBe([PageVerdict.Readable]);
    }

    [Fact]
    public void A_broken_page_does_not_take_the_others_with_it() =>
        TextQuality.Judge([Good, Good, Good, Good, "\u0E49\u0E34\u0E35 \u0E32\u0E32\u0E32 \u0E31\u0E31\u0E48 กข\u0E32\u0E34\u0E34\u0E34"])
            .ShouldBe([PageVerdict.Readable, PageVerdict.Readable, PageVerdict.Readable, PageVerdict.Readable, PageVerdict.Broken]);

    [Fact]
    public void Mending_is_total_and_mending_twice_changes_nothing_more() =>
        Prop.ForAll(Search.Arbitrary.Texts, text =>
        {
            var once = TextRepair.Mend([text])[0];
            return TextRepair.Mend([once])[0] == once && TextQuality.Judge([once]).Count == 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Letters_are_never_lost_or_made_but_by_the_rules() =>
        Prop.ForAll(Search.Arbitrary.Sentence.ToArbitrary(), sentence => TextRepair.Mend([sentence])[0].Replace(" ", "") == sentence.Replace(" ", "").Trim()).QuickCheckThrowOnFailure();

    [Fact]
    public void Damage_in_one_letter_of_five_is_always_seen() =>
        Prop.ForAll(Gen.Choose(0, 4).ToArbitrary(), phase =>
        {
            var damaged = string.Concat(Good.Select((c, i) => i % 5 == phase && ThaiLetters.IsConsonant(c) ? '\u0E34' : c));
            return TextQuality.Judge(TextRepair.Mend([damaged]))[0] == PageVerdict.Broken;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Real_news_passes()
    {
        var folder = Environment.GetEnvironmentVariable("PORTAL_TEST_DATA");
        if (folder is null || !File.Exists(Path.Combine(folder, "data", "thaigov-21k.jsonl.gz"))) Assert.Skip("PORTAL_TEST_DATA names no folder with larger data");
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(Path.Combine(folder, "data", "thaigov-21k.jsonl.gz")), System.IO.Compression.CompressionMode.Decompress));
        var (read, broken) = (0, new List<string>());
        for (; read < 5000 && reader.ReadLine() is { } line; read++)
        {
            var text = System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!;
            if (TextQuality.Judge(TextRepair.Mend([text]))[0] == PageVerdict.Broken) broken.Add(text[..Math.Min(200, text.Length)]);
        }
        broken.Count.ShouldBeLessThan(read / 1000, string.Join("\n---\n", broken.Take(20)));
    }
}
