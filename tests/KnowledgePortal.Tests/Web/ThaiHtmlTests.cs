using System.Text.Encodings.Web;
using System.Text.Unicode;
using KnowledgePortal.Web.Hosting.Thai;
using Microsoft.AspNetCore.Html;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class ThaiHtmlTests
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    [Theory]
    [InlineData("ของงบประมาณไทย", "ของ<span class=\"nb\">งบประมาณ</span>ไทย")]
    [InlineData("แนวปฏิบัติที่ดี", "<span class=\"nb\">แนวปฏิบัติที่ดี</span>")]
    [InlineData("ข้อมูล", "<span class=\"nb\">ข้อมูล</span>")]
    public void A_known_compound_stays_in_one_line(string text, string html) => Html(ThaiHtml.ThaiText(text)).ShouldBe(html);

    [Theory]
    [InlineData("หน่วยงาน์", "a mark that belongs to the last letter")]
    [InlineData("เบริการ", "a vowel that belongs to the first letter")]
    public void A_cluster_is_never_torn(string text, string because) => Html(ThaiHtml.ThaiText(text)).ShouldNotContain("<span", customMessage: because);

    [Theory]
    [InlineData("ต่าง ๆ", "ต่าง\u00A0ๆ")]
    [InlineData("76 แห่ง", "76\u00A0แห่ง")]
    [InlineData("ครั้งที่ 4", "ครั้งที่\u00A04")]
    [InlineData("9 ก.ค. 2563", "9\u00A0ก.ค.\u00A02563")]
    [InlineData("พ.ศ. 2563", "พ.ศ.\u00A02563")]
    [InlineData("ไป กลับ", "ไป กลับ")]
    [InlineData("ปี ", "ปี ")]
    [InlineData(" 4", " 4")]
    public void A_number_keeps_its_unit(string text, string html) => Html(ThaiHtml.ThaiText(text)).ShouldBe(html);

    [Fact]
    public void Plain_text_is_encoded() =>
        Html(ThaiHtml.ThaiText("<b>บันทึก</b> & \"อื่น\"")).ShouldBe("&lt;b&gt;<span class=\"nb\">บันทึก</span>&lt;/b&gt; &amp; &quot;อื่น&quot;");

    [Fact]
    public void Markup_keeps_its_tags_and_attributes() =>
        Html(ThaiHtml.ThaiMarkup("<a href=\"/บันทึก\" title=\"ครั้งที่ 4\">ดู<mark>บันทึก</mark> ครั้งที่ 4</a> &amp; <"))
            .ShouldBe("<a href=\"/บันทึก\" title=\"ครั้งที่ 4\">ดู<mark><span class=\"nb\">บันทึก</span></mark> ครั้งที่\u00A04</a> &amp; <");

    private static string Html(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, Encoder);
        return writer.ToString();
    }
}
