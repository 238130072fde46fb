using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>
/// <c>&lt;form-field for="Model"&gt;</c>: label, hint, message and boxes of a field in this order; with <c>group</c> a fieldset with a legend for fields of several
/// boxes.
/// </summary>
public sealed class FormFieldTagHelper(HtmlEncoder encoder) : TagHelper
{
    public required ItemField For { get; set; }

    public bool Group { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Group ? "fieldset" : "div";
        output.Attributes.SetAttribute("class", For.IsBad ? "field bad" : "field");
        if (Group && For.DescribedBy is { } described) output.Attributes.SetAttribute("aria-describedby", described);
        var label = Encode(For.Plan.Label) + (For.Plan.IsRequired ? " <small class=\"req\">จำเป็น</small>" : "");
        output.PreContent.AppendHtml(Group ? $"<legend>{label}</legend>" : $"<label for=\"{For.Id}\">{label}</label>");
        if (For.Plan.Hint.Length > 0) output.PreContent.AppendHtml($"<span class=\"hint\" id=\"{For.Id}-hint\">{Encode(For.Plan.Hint)}</span>");
        if (For.IsBad) output.PreContent.AppendHtml($"<span class=\"err\" id=\"{For.Id}-error\">{Encode(string.Join(" ", For.Errors))}</span>");
        foreach (var warning in For.Warnings) output.PostContent.AppendHtml($"<span class=\"caution\">{Encode(warning)}</span>");
    }

    private string Encode(string text) => encoder.Encode(text);
}
