using Microsoft.AspNetCore.Mvc.Razor;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Views lie in the theme, in a folder per controller; a theme that lacks a view gets the default theme's.</summary>
public static class ThemeViewLocations
{
    public static void Configure(RazorViewEngineOptions options)
    {
        options.ViewLocationFormats.Clear();
        options.ViewLocationFormats.Add("/Themes/Default/Views/{1}/{0}.cshtml");
        options.ViewLocationFormats.Add("/Themes/Default/Views/Shared/{0}.cshtml");
    }
}
