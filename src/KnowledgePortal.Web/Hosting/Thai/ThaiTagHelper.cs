using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary><c>&lt;p thai&gt;</c>: treats all text inside the element as <see cref="ThaiHtml.ThaiMarkup"/> does.</summary>
[HtmlTargetElement(Attributes = "thai")]
public sealed class ThaiTagHelper(HtmlEncoder encoder) : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("thai");
        var content = await output.GetChildContentAsync(encoder);
        output.Content.SetHtmlContent(ThaiHtml.ThaiMarkup(content.GetContent(encoder)));
    }
}
