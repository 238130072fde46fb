using Microsoft.AspNetCore.Razor.TagHelpers;

namespace KnowledgePortal.Web.Hosting.Themes;

/// <summary><c>&lt;icon name="search" /&gt;</c>: a symbol of the theme's sprite, silent for screen readers because a word stands beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(ThemeAssets assets) : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent($"""<svg class="i" aria-hidden="true"><use href="{assets.Url("icons.svg")}#{Name}"/></svg>""");
    }
}
