using AngleSharp.Html.Parser;
using KnowledgePortal.Web.Hosting.Html;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Html;

public sealed class MailPageTests
{
    private const string Mail = """
        <html><head><style>a { color: teal !important }</style></head>
        <body style="margin:0"><p style="color:red">หนึ่ง</p><p style="color:red">สอง</p><p style="x:'</style><script>alert(1)</script>'">สาม</p></body></html>
        """;

    [Fact]
    public void The_styles_of_a_mail_move_into_one_sheet_that_the_policy_names()
    {
        var response = new DefaultHttpContext().Response;
        var page = new HtmlParser().ParseDocument(MailPage.Show(response, Mail).Content!);
        var policy = response.Headers.ContentSecurityPolicy.ToString();
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain($"style-src 'nonce-{page.QuerySelector("style")!.GetAttribute("nonce")}'");
        page.QuerySelectorAll("[style]").ShouldBeEmpty();
        var paragraphs = page.QuerySelectorAll("p");
        paragraphs[0].ClassName.ShouldBe(paragraphs[1].ClassName);
        page.QuerySelector("style")!.TextContent.ShouldContain($".{paragraphs[0].ClassName}.{paragraphs[0].ClassName} {{ color:red }}");
        page.QuerySelector("style")!.TextContent.ShouldContain("a { color: teal !important }");
        page.QuerySelectorAll("script, style").Length.ShouldBe(1);
    }

    [Fact]
    public void Every_answer_has_a_nonce_of_its_own()
    {
        string Policy()
        {
            var response = new DefaultHttpContext().Response;
            MailPage.Show(response, Mail);
            return response.Headers.ContentSecurityPolicy.ToString();
        }
        Policy().ShouldNotBe(Policy());
    }
}
