using System.Globalization;
using System.Text;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Keeps each mail as a file in <c>PORTAL_DATA/mail</c>, for a site that sends none.</summary>
public sealed class AccountMailFolder(PortalSettings settings, TimeProvider clock) : IAccountMail
{
    public Task SendAsync(string toAddress, string toName, string subject, string text, string html)
    {
        var time = clock.GetUtcNow().UtcDateTime;
        var name = $"{time.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Secrets.New()[..8]}.eml";
        var boundary = $"portal-{Secrets.New()}";
        string[] lines =
        [
            $"Date: {time.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}", $"To: {Encoded(toName)} <{toAddress}>",
            $"Subject: {Encoded(subject)}", "MIME-Version: 1.0", $"Content-Type: multipart/alternative; boundary=\"{boundary}\"",
            .. Part(boundary, "text/plain", text), .. Part(boundary, "text/html", html), $"--{boundary}--", "",
        ];
        return DurableFile.WriteAsync(
            Path.Combine(settings.Data, "mail", name), stream => stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines))).AsTask());
    }

    private static string[] Part(string boundary, string type, string content) =>
    [
        "", $"--{boundary}", $"Content-Type: {type}; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks),
    ];

    // 15 letters at a time: an encoded-word is at most 75 characters, and a Thai letter takes three bytes.
    private static string Encoded(string text) =>
        string.Join("\r\n ", text.Chunk(15).Select(part => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part))}?="));
}
