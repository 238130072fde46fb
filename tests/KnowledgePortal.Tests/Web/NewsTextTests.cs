using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Tests.Search;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>News is made readable: the page around it goes, and what it says of its date, source and agency is kept apart.</summary>
public sealed partial class NewsTextTests
{
    private const string Title = "ศูนย์เรียนรู้ทดลองเปิดห้องอ่านแห่งใหม่";

    private static readonly NewsText Reader = new(new NewsAgencies(
    [
        new KnownAgency("สำนักงาน ก.พ.ร.", ["ก.พ.ร.", "OPDC"]),
        new KnownAgency("สำนักงานปลัดกระทรวงมหาดไทย", ["สป.มท."]),
        new KnownAgency("กระทรวงมหาดไทย", ["มท.", "MOI"]),
        new KnownAgency("จังหวัดสงขลา", ["จ.สงขลา"]),
        new KnownAgency("มหาวิทยาลัยธรรมศาสตร์", ["TU"]),
    ]));

    [Fact]
    public void A_page_of_a_government_site_becomes_title_date_source_and_paragraphs()
    {
        var news = Read($"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{Title}",
            $"""
            รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{Title}

            วันศุกร์ที่ 10 กรกฎาคม 2563
            10/07/2563
            พิมพ์
            {Title}
            {Title}
            เมื่อวันที่ 9 ก.ค. 2563 เวลา 13.15 น. ห้องอ่านเปิดแล้ว
            //////////////
            ผู้ดูแลห้องกล่าวว่ายินดี
            #ห้องอ่าน #เรียนรู้
            **************** 10 กรกฎาคม 2563

            ที่มา : https://www.example.go.th/news/33
            """);
        news.Title.ShouldBe(Title);
        news.Date.ShouldBe(new DateOnly(2020, 7, 10));
        news.SourceUrl.ShouldBe("https://www.example.go.th/news/33");
        news.HasSourcePage.ShouldBeTrue();
        news.Markdown.ShouldBe("เมื่อวันที่ 9 ก.ค. 2563 เวลา 13.15 น. ห้องอ่านเปิดแล้ว\n\nผู้ดูแลห้องกล่าวว่ายินดี");
    }

    [Fact]
    public void A_page_of_a_blog_loses_its_buttons_and_the_titles_of_its_pictures()
    {
        var news = Read(Title,
            $"""
            {Title}
            Spread the love

            วันที่ (21 กุมภาพันธ์ 2566) 9.30 น. เริ่มงาน

            {Title} {Title}

            นายทดสอบ  นามสมมุติ กล่าวเปิด

            Facebook Comments Box


            Spread the love

            Written by{"\u00A0"}
            Related posts
            ข่าวอื่นเรื่องหนึ่ง
            %d bloggers like this:
            Verified by ExactMetrics
            """);
        news.Markdown.ShouldBe("วันที่ (21 กุมภาพันธ์ 2566) 9.30 น. เริ่มงาน\n\nนายทดสอบ นามสมมุติ กล่าวเปิด");
        news.Date.ShouldBe(new DateOnly(2023, 2, 21));
        news.SourceUrl.ShouldBeNull();
    }

    [Fact]
    public void A_date_in_the_place_of_the_title_is_the_date()
    {
        var news = Read("วันพุธที่ 8 ธันวาคม พ.ศ. 2564", $"วันพุธที่ 8 ธันวาคม พ.ศ. 2564\n\n{Title}\n\nเมื่อวันที่ 7 ธันวาคม 2564 มีงาน\n\nขอขอบคุณข้อมูลจาก : www.example.go.th");
        (news.Title, news.Date).ShouldBe((Title, new DateOnly(2021, 12, 8)));
        (news.SourceUrl, news.HasSourcePage).ShouldBe(("https://www.example.go.th/", false));
        news.Markdown.ShouldBe("เมื่อวันที่ 7 ธันวาคม 2564 มีงาน");
    }

    [Theory]
    [InlineData("วันพฤหัสบดีที่ 1 มกราคม 2513\nข้อความ", null)]
    [InlineData("ข้อความไม่มีวัน", null)]
    [InlineData("วันพฤหัสบดีที่ 1 มกราคม 2513\nเมื่อ 5 มี.ค. 65 มีงาน", "2022-03-05")]
    [InlineData("กฎหมายเมื่อ 1 ม.ค. 2500 แก้ไขเมื่อ 5 มี.ค. 65", "2022-03-05")]
    [InlineData("ข้อความของ 1 มี.ค. 65\n***** 5 มีนาคม 2565", "2022-03-05")]
    [InlineData("15 มีนาคม 2565 | 10:30 น.\nข้อความ", "2022-03-15")]
    public void The_date_is_the_dates_line_or_else_the_first_that_is_said(string text, string? expected) =>
        Read(Title, text).Date.ShouldBe(expected is null ? null : DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("ที่มา : https://www.example.go.th/a?b=1#c", "https://www.example.go.th/a?b=1")]
    [InlineData("ที่มา: HTTP://WWW.Example.GO.TH/a", "http://www.example.go.th/a")]
    [InlineData("แหล่งข้อมูล : example.go.th/a", "https://example.go.th/a")]
    [InlineData("ที่มา : สำนักทดสอบ", null)]
    [InlineData("ที่มา : javascript:alert(1)", null)]
    [InlineData("ที่มา : https://user:pw@example.go.th/", null)]
    [InlineData("ที่มา : https://127.0.0.1/", null)]
    [InlineData("ที่มาของเรื่องคือ https://example.go.th/", null)]
    public void A_source_is_a_line_of_its_own_with_an_address(string line, string? expected) => Read(Title, $"ข้อความ\n{line}").SourceUrl.ShouldBe(expected);

    [Theory]
    [InlineData("สป.มท. จัดงาน", "สำนักงานปลัดกระทรวงมหาดไทย")]
    [InlineData("รมว.มท. เปิดงาน", "กระทรวงมหาดไทย")]
    [InlineData("มท. เปิดงาน", "กระทรวงมหาดไทย")]
    [InlineData("สำนักงาน ก.พ.ร. จัดงาน", "สำนักงาน ก.พ.ร.")]
    [InlineData("กพร.สป. จัดงาน", null)]
    [InlineData("อธิบดีกรมทดสอบระบบ เปิดงาน", "กรมทดสอบระบบ")]
    [InlineData("กรมทดสอบระบบเป็นประธานเปิดงาน", "กรมทดสอบระบบ")]
    [InlineData("โปรแกรมใหม่ ของทีมงาน", null)]
    [InlineData("กรมสมเด็จพระเทพ เสด็จ", null)]
    [InlineData("ปลัดกระทรวงแรงงานกล่าวว่า", "กระทรวงแรงงาน")]
    [InlineData("ก.แรงงาน เปิดงาน", "กระทรวงแรงงาน")]
    [InlineData("ที่โรงแรมทดสอบ จังหวัดสงขลา", null)]
    [InlineData("ผู้ว่าราชการจังหวัดสงขลา เปิดงาน", "จังหวัดสงขลา")]
    [InlineData("จังหวัดสงขลา จัดงาน", "จังหวัดสงขลา")]
    [InlineData("STUDENTS at TU", "มหาวิทยาลัยธรรมศาสตร์")]
    [InlineData("STUDENTS", null)]
    [InlineData("ไม่มีหน่วยงาน", null)]
    public void The_agency_is_the_first_that_is_named(string title, string? expected) => Read(title, "ข้อความ").Agency.ShouldBe(expected);

    [Fact]
    public void The_agency_is_sought_in_the_opening_when_the_title_names_none() => Read(Title, "วันนี้\n\nอธิบดีกรมทดสอบระบบ เปิดงาน").Agency.ShouldBe("กรมทดสอบระบบ");

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[ข้อความ](javascript:alert(1))")]
    [InlineData("![ภาพ](https://example.org/x.png)")]
    [InlineData("ดู https://example.org และ www.example.org หรือ mailto:a@example.org")]
    [InlineData("<https://example.org>")]
    [InlineData("# ไม่ใช่หัวเรื่อง")]
    [InlineData("1. ข้อแรก")]
    [InlineData("2) ข้อสอง")]
    [InlineData("- ข้อ")]
    [InlineData("+ ข้อ")]
    [InlineData("> ไม่ใช่คำพูด")]
    [InlineData("*เน้น* และ _เน้น_ กับ `รหัส` และ ```")]
    [InlineData("~~~ รั้ว")]
    [InlineData("| ก | ข |")]
    [InlineData("a \\* b")]
    [InlineData("[x]: https://example.org")]
    [InlineData("*[HTML]: x")]
    [InlineData("AT&amp;T และ &amp;lt;b&amp;gt; และ &amp;amp;")]
    public void Markdown_shows_the_text_and_makes_nothing_of_it(string line)
    {
        var plain = System.Net.WebUtility.HtmlDecode(line);
        var markdown = Read(Title, $"ก่อน\n{line}\nหลัง").Markdown;
        MarkdownHtml.PlainText(markdown).Split('\n').ShouldBe(["ก่อน", plain, "หลัง"]);
        Tags(MarkdownHtml.Render(markdown)).ShouldBe(["p", "/p", "p", "/p", "p", "/p"]);
    }

    [Fact]
    public void No_text_whatever_makes_more_than_paragraphs() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var news = Read(text, $"{text}\n{text} http://x.org\n<b>{text}\n\n- {text}");
            news.Title.ShouldNotBeNullOrWhiteSpace();
            Tags(MarkdownHtml.Render(news.Markdown)).ShouldAllBe(tag => tag == "p" || tag == "/p");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Dirt_of_word_processors_is_tidied() =>
        Read(Title, "ก\u00A0 ข\u200Bค\u00ADง\tจ\u202Eฉ\uFEFF\n\uF0A7 ข้อ\n\u009F ข้อ\nกู\uF70Bเงิน\nอีโมจิ 👩\u200D🌾\n\uD83Dครึ่ง").Markdown
            .ShouldBe("ก ขคง จฉ\n\n• ข้อ\n\n• ข้อ\n\nกู้เงิน\n\nอีโมจิ 👩\u200D🌾\n\nครึ่ง");

    [Fact]
    public void Cells_of_a_table_may_repeat_and_teasers_may_not()
    {
        const string Teaser = "ประโยคนำที่ยาวพอจะรู้ว่าเป็นประโยคนำของข่าว";
        Read(Title, $"{Teaser}\n{Teaser} ต่อด้วยเรื่องเต็ม\n10\n10").Markdown.ShouldBe($"{Teaser} ต่อด้วยเรื่องเต็ม\n\n10\n\n10");
    }

    [Fact]
    public void The_same_words_have_the_same_hash_whatever_stands_around_them()
    {
        const string Body = "ความสำเร็จของงานนี้มาจากความร่วมมือของทุกฝ่าย";
        var hash = Read(Title, $"วันศุกร์ที่ 10 กรกฎาคม 2563\n{Body}\nที่มา : https://example.go.th/1").ContentHash;
        Read("รัฐบาลไทย-" + Title, $"พิมพ์\n{Title}\n {Body.Replace("ำ", "\u0E4D\u0E32")} ", "อื่น").ContentHash.ShouldBe(hash);
        Read(Title, Body + " จริง").ContentHash.ShouldNotBe(hash);
        Read(Title + "อีกครั้ง", Body).ContentHash.ShouldNotBe(hash);
        var longer = string.Concat(Enumerable.Repeat(Body, 10));
        Read(Title + "อีกครั้ง", longer).ContentHash.ShouldBe(Read(Title, longer).ContentHash);
    }

    [Fact]
    public void Items_that_say_nothing_are_not_the_same()
    {
        var (one, two) = (Read("รัฐบาลไทย-", "วันพฤหัสบดีที่ 1 มกราคม 2513", "1"), Read("รัฐบาลไทย-", "วันพฤหัสบดีที่ 1 มกราคม 2513", "2"));
        one.ContentHash.ShouldNotBe(two.ContentHash);
        one.Title.ShouldContain("1");
        one.Markdown.ShouldBeEmpty();
    }

    [Fact]
    public void A_long_title_is_cut_and_the_text_loses_nothing()
    {
        var line = string.Concat(Enumerable.Repeat("ข้อความยาว ", 100)).Trim();
        var news = Read("", line);
        news.Title.Length.ShouldBeLessThanOrEqualTo(250);
        news.Title.ShouldEndWith("…");
        news.Markdown.ShouldBe(line);
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("#a ")]
    [InlineData("https://")]
    [InlineData("กรม")]
    [InlineData("\n")]
    [InlineData("9 ก.ค. 2400 ")]
    [InlineData("*")]
    [InlineData("1\n")]
    [InlineData("&amp;")]
    public void A_megabyte_of_anything_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Should.CompleteIn(() => Read(text, text), Patience.Long).Title.ShouldNotBeNullOrWhiteSpace();
    }

    private static ImportedNews Read(string title, string text, string id = "x") => Reader.Read(new NewsItem(id, title, text));

    private static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(m => m.Groups[1].Value);

    [GeneratedRegex("<([^ >]*)[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
