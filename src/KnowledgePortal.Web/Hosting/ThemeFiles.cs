using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Serves the theme's built files. Names carry a hash of the content, so a browser keeps them for ever; text is stored compressed.</summary>
public static class ThemeFiles
{
    private static readonly (string Encoding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    public static IApplicationBuilder UseThemeAssets(this IApplicationBuilder app)
    {
        var folder = app.ApplicationServices.GetRequiredService<PortalSettings>().ThemeAssets;
        var files = new PhysicalFileProvider(folder);
        var types = new FileExtensionContentTypeProvider();
        app.Use((context, next) => UseCompressed(context, next, files, types));
        return app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            RequestPath = ThemeAssets.RequestPath,
            ServeUnknownFileTypes = false,
            ContentTypeProvider = new CompressedTypes(types),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
    }

    private static Task UseCompressed(HttpContext context, RequestDelegate next, PhysicalFileProvider files, FileExtensionContentTypeProvider types)
    {
        if (!context.Request.Path.StartsWithSegments(ThemeAssets.RequestPath, out var rest) || !types.TryGetContentType(rest, out _)) return next(context);
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach (var (encoding, extension) in Compressed)
        {
            if (!accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) || !files.GetFileInfo(rest + extension).Exists) continue;
            context.Request.Path += extension;
            context.Response.Headers.ContentEncoding = encoding;
            context.Response.Headers.Append("Vary", "Accept-Encoding");
            break;
        }
        return next(context);
    }

    /// <summary>site.css.br is a style sheet.</summary>
    private sealed class CompressedTypes(FileExtensionContentTypeProvider types) : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, out string contentType)
        {
            var plain = Compressed.Any(c => subpath.EndsWith(c.Extension, StringComparison.Ordinal)) ? subpath[..subpath.LastIndexOf('.')] : subpath;
            return types.TryGetContentType(plain, out contentType!);
        }
    }
}
