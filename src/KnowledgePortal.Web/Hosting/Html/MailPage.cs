using System.Security.Cryptography;
using System.Text;
using AngleSharp;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>
/// A mail shown as a page of its own. A mail carries its styles in its elements, which the site's policy forbids; here they move into one sheet that the
/// policy of this answer names by a nonce. Nothing in it runs, loads or is sent.
/// </summary>
public static class MailPage
{
    private const int NonceBytes = 16;

    /// <param name="response">The answer; its policy is set.</param>
    /// <param name="html">The mail's HTML part.</param>
    public static ContentResult Show(HttpResponse response, string html)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
        return new ContentResult { Content = WithOneSheet(html, nonce), ContentType = "text/html; charset=utf-8" };
    }

    private static string WithOneSheet(string html, string nonce)
    {
        var document = new HtmlParser().ParseDocument(html);
        var (rules, sheets, names) = (new StringBuilder(), new StringBuilder(), new Dictionary<string, string>());
        foreach (var sheet in document.QuerySelectorAll("style"))
        {
            sheets.AppendLine(sheet.TextContent);
            sheet.Remove();
        }
        foreach (var element in document.QuerySelectorAll("[style]"))
        {
            var style = element.GetAttribute("style")!;
            element.RemoveAttribute("style");
            if (!names.TryGetValue(style, out var name))
            {
                names[style] = name = $"s{names.Count}";
                // Twice, so that it weighs more than the mail's own sheet, as a style in the element does.
                rules.AppendLine(null, $".{name}.{name} {{ {style} }}");
            }
            element.ClassList.Add(name);
        }
        var all = document.CreateElement("style");
        all.SetAttribute("nonce", nonce);
        all.TextContent = sheets.Append(rules).Replace("<", "\\3c ").ToString();
        document.Head!.Append(all);
        return document.ToHtml();
    }
}
