using System.Globalization;

namespace KnowledgePortal.Web.Mail;

/// <summary>Where mail goes and whom it is from: the settings <c>PORTAL_SMTP</c> and <c>PORTAL_MAIL_FROM</c>. Without a server mail is kept in the folder.</summary>
public sealed record MailSettings(SmtpServer? Server, Mailbox From, string Folder)
{
    /// <summary>How many mails are on their way at once.</summary>
    public int Connections { get; init; } = 4;

    // .invalid can never be a real sender (RFC 2606).
    private static readonly Mailbox Unset = new(MailAddress.Parse("portal@portal.invalid")!, "KnowledgePortal");

    /// <param name="smtp"><c>smtp://</c> or <c>smtps://user:password@host:port</c>; empty for the folder.</param>
    /// <param name="from"><c>Name &lt;address&gt;</c> or an address.</param>
    /// <param name="data">The site's data folder.</param>
    /// <exception cref="FormatException">A setting cannot be read; the message names it and holds no password.</exception>
    public static MailSettings Read(string? smtp, string? from, string data)
    {
        var server = string.IsNullOrWhiteSpace(smtp) ? null : SmtpServer.Parse(smtp.Trim());
        return new MailSettings(server, ReadFrom(from, isNeeded: server is not null), Path.Combine(data, "mail"));
    }

    private static Mailbox ReadFrom(string? from, bool isNeeded)
    {
        if (string.IsNullOrWhiteSpace(from))
            return isNeeded ? throw new FormatException("PORTAL_MAIL_FROM: needed beside PORTAL_SMTP, such as \"คลังความรู้ <no-reply@example.go.th>\"") : Unset;
        return Mailbox.Parse(from) ?? throw new FormatException($"PORTAL_MAIL_FROM: \"{from}\" is not an address, nor a name with <address>");
    }
}

public enum SmtpTls
{
    /// <summary><c>smtps://</c>: encrypted from the first octet.</summary>
    Implicit,

    /// <summary><c>?tls=required</c>: no mail without STARTTLS.</summary>
    Required,

    /// <summary><c>smtp://</c>: STARTTLS with a checked certificate wherever the server offers it.</summary>
    Offered,

    /// <summary><c>?tls=none</c>: for a relay on this machine whose certificate names nobody.</summary>
    None,
}

/// <summary>Deliberately no record: nothing prints the password by itself.</summary>
public sealed class SmtpCredentials(string user, string password)
{
    public string User => user;

    public string Password => password;

    public override string ToString() => user;
}

/// <summary>The server that takes the portal's mail. <paramref name="CaFile"/>: the only authority (PEM) that may vouch for it, in place of the system's.</summary>
public sealed record SmtpServer(string Host, int Port, SmtpTls Tls, SmtpCredentials? Credentials = null, string? CaFile = null)
{
    private const string Form = "PORTAL_SMTP: written smtp://user:password@host:port or smtps://…, optionally with ?tls=required, ?tls=none, ?ca=FILE";
    private const int SubmissionPort = 587, SubmissionsPort = 465;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Tls == SmtpTls.Implicit ? "smtps" : "smtp")}://{Host}:{Port}");

    // By hand: Uri refuses passwords that people paste as they are. No message repeats the setting, for it holds a password.
    internal static SmtpServer Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var isImplicit = scheme > 0 && text[..scheme].Equals("smtps", StringComparison.OrdinalIgnoreCase);
        if (!isImplicit && (scheme < 0 || !text[..scheme].Equals("smtp", StringComparison.OrdinalIgnoreCase))) throw new FormatException(Form);
        var rest = text[(scheme + 3)..];
        var at = rest.LastIndexOf('@');
        var place = rest[(at + 1)..].Split('?', 2);
        var (host, port) = ReadPlace(place[0].TrimEnd('/'), isImplicit ? SubmissionsPort : SubmissionPort);
        var (tls, ca) = ReadOptions(place.Length > 1 ? place[1] : "", isImplicit);
        return new SmtpServer(host, port, tls, at < 0 ? null : ReadCredentials(rest[..at]), ca);
    }

    private static SmtpCredentials ReadCredentials(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1) throw new FormatException("PORTAL_SMTP: a user name needs a password after a colon");
        var (user, password) = (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
        if (password.Length == 0) throw new FormatException("PORTAL_SMTP: the password is empty");
        if (user.Any(char.IsControl) || password.Any(char.IsControl)) throw new FormatException("PORTAL_SMTP: control characters in user name or password");
        return new SmtpCredentials(user, password);
    }

    private static (string Host, int Port) ReadPlace(string place, int port)
    {
        var colon = place.LastIndexOf(':');
        if (colon > place.LastIndexOf(']'))
        {
            if (!int.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
                throw new FormatException("PORTAL_SMTP: after the host's colon stands a port number");
            place = place[..colon];
        }
        var host = place.StartsWith('[') && place.EndsWith(']') ? place[1..^1] : place;
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? throw new FormatException(Form) : (host, port);
    }

    private static (SmtpTls Tls, string? Ca) ReadOptions(string query, bool isImplicit)
    {
        var (tls, ca) = (isImplicit ? SmtpTls.Implicit : SmtpTls.Offered, (string?)null);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            switch (pair)
            {
                case ["tls", "required"] when !isImplicit: tls = SmtpTls.Required; break;
                case ["tls", "none"] when !isImplicit: tls = SmtpTls.None; break;
                case ["ca", var file]: ca = ReadFile(Uri.UnescapeDataString(file)); break;
                default: throw new FormatException($"PORTAL_SMTP: unknown option \"{pair[0]}\", or a value that it does not take");
            }
        }
        return (tls, ca);
    }

    private static string ReadFile(string file) => File.Exists(file) ? file : throw new FormatException($"PORTAL_SMTP: no file {file}");
}
