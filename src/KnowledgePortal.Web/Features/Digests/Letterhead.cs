using System.Security.Cryptography;
using System.Text;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What all mails of a site have in common.</summary>
public sealed record Letterhead(string SiteName, Mailbox From, PortalSettings Settings, InterestNames Names)
{
    public string Host => new(new Uri(Settings.BaseUrl).IdnHost.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-').ToArray());

    /// <summary>A path that may carry a query.</summary>
    public string Url(string path) => path.IndexOf('?', StringComparison.Ordinal) is > 0 and var at ? Settings.Absolute(path[..at]) + path[at..] : Settings.Absolute(path);

    /// <summary>The same words, the same Message-ID: a mail that is sent again is recognised as the one that may have come before.</summary>
    public string MessageId(params string[] identity) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', identity))).AsSpan(0, 16))}@{Host}";
}

public sealed class Letterheads(SiteSettings site, PortalSettings settings, MailSettings mail, TermQueries terms)
{
    public async Task<Letterhead> LoadAsync()
    {
        var name = (await site.GetAsync("SiteName"))?.ToString() ?? "คลังความรู้";
        return new Letterhead(name, SenderOf(name), settings, await InterestNames.LoadAsync(terms));
    }

    // Without a mail server the settings name nobody.
    private Mailbox SenderOf(string siteName) => mail.Server is null || mail.From.Name is null ? mail.From with { Name = siteName } : mail.From;
}
