using System.Globalization;
using KnowledgePortal.Web.Cli;

namespace KnowledgePortal.Web.Hosting;

/// <summary>What an operator sets: <c>Portal:Name</c> in configuration, <c>PORTAL_NAME</c> in the environment.</summary>
public sealed record PortalSettings(string Root, string Data, int Port, string? Url)
{
    private const int DefaultPort = 5080;
    private const int DefaultMailConnections = 4;
    private const int DefaultLease = 20;
    private const int DefaultPageWait = 5;
    private const int DefaultSearchRate = 20;
    private const int DefaultApiRate = 600;
    private const int DefaultApiWriteRate = 120;
    private const int DefaultChangeRate = 10;
    private const long Megabyte = 1024 * 1024;

    /// <summary>The largest picture or document that is taken, in bytes; <c>PORTAL_UPLOAD_LIMIT</c> gives it in megabytes.</summary>
    public long UploadLimit { get; init; } = 20 * Megabyte;

    /// <summary>The largest video, in bytes; <c>PORTAL_VIDEO_LIMIT</c> gives it in megabytes.</summary>
    public long VideoLimit { get; init; } = 1024 * Megabyte;

    /// <summary>The address that links in feeds and citations begin with; no trailing slash.</summary>
    public string BaseUrl => Url ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>True when readers come by https: to the proxy in front, whatever this server listens to.</summary>
    public bool IsHttps => BaseUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The absolute address of a path without a leading slash; Thai segments are encoded.</summary>
    public string Absolute(string path) => $"{BaseUrl}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    public string ThemeAssets => Path.Combine(Root, "themes", "Default", "wwwroot");

    /// <summary>The mail server, <c>smtp://user:password@host:port</c>; without one mails stay in the data folder.</summary>
    public string? Smtp { get; init; }

    /// <summary>Whom mails are from: <c>Name &lt;address&gt;</c>.</summary>
    public string? MailFrom { get; init; }

    /// <summary>How many mails are on their way at once.</summary>
    public int MailConnections { get; init; } = DefaultMailConnections;

    /// <summary>The password of a demo's accounts, for scripts; when it is not set, each account gets one of its own.</summary>
    public string? DemoPassword { get; init; }

    /// <summary>How often one address may search, for a while; <c>PORTAL_SEARCH_RATE</c>, in searches a second.</summary>
    public int SearchesPerSecond { get; init; } = DefaultSearchRate;

    /// <summary>PostgreSQL's connection string; null for SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>How long a node that is gone keeps the recurring jobs, in seconds; <c>PORTAL_LEASE</c>.</summary>
    public int LeaseSeconds { get; init; } = DefaultLease;

    /// <summary>How long a page waits for the database before it says that the site is busy; <c>PORTAL_PAGE_WAIT</c>, in seconds. What runs by itself has more time.</summary>
    public TimeSpan PageWait { get; init; } = TimeSpan.FromSeconds(DefaultPageWait);

    /// <summary>Where media lie; several nodes may share the folder.</summary>
    public string Media => SharedMedia ?? Path.Combine(Data, "media");

    /// <summary>The folder of <see cref="Media"/> when it does not lie in the data folder.</summary>
    public string? SharedMedia { get; init; }

    /// <summary>How often one key, or one address without a key, may ask the API in a minute; <c>PORTAL_API_RATE</c>.</summary>
    public int ApiReadsPerMinute { get; init; } = DefaultApiRate;

    /// <summary>How often it may change something in a minute; <c>PORTAL_API_WRITE_RATE</c>.</summary>
    public int ApiWritesPerMinute { get; init; } = DefaultApiWriteRate;

    /// <summary>How often one person, or one address that is not signed in, may send a form or a file, for a while; <c>PORTAL_CHANGE_RATE</c>, in requests a second.</summary>
    public int ChangesPerSecond { get; init; } = DefaultChangeRate;

    /// <summary>Hosts of the own network that webhooks may go to; <c>PORTAL_WEBHOOK_HOSTS</c>, with commas between them.</summary>
    public IReadOnlyList<string> WebhookHosts { get; init; } = [];

    public string IndexFolder => Path.Combine(Data, "index");

    /// <summary>Where the last damaged index is kept, so that it can be examined.</summary>
    public string DamagedIndexFolder => Path.Combine(Data, "index.damaged");

    /// <exception cref="FormatException">A setting cannot be read; the message names it.</exception>
    public static PortalSettings Read(IConfiguration configuration)
    {
        var root = FindRoot();
        return new PortalSettings(
            root,
            Path.GetFullPath(Setting("Data") is { Length: > 0 } data ? data : Path.Combine(root, "App_Data")),
            ReadNumber(Setting("Port") ?? configuration["PORT"], "PORT", DefaultPort, least: 0, most: 65_535),
            ReadUrl(Setting("Url")))
        {
            Database = Setting("Database") is { Length: > 0 } database ? database : null,
            LeaseSeconds = ReadNumber(Setting("Lease"), "PORTAL_LEASE", DefaultLease, least: 2, most: 60),
            PageWait = TimeSpan.FromSeconds(ReadNumber(configuration["Portal:PageWait"] ?? configuration["PORTAL_PAGE_WAIT"], "PORTAL_PAGE_WAIT", DefaultPageWait, least: 1, most: 600)),
            SharedMedia = Setting("Media") is { Length: > 0 } media ? Path.GetFullPath(media) : null,
            UploadLimit = ReadNumber(Setting("Upload:Limit") ?? configuration["PORTAL_UPLOAD_LIMIT"], "PORTAL_UPLOAD_LIMIT", 20, least: 1, most: 100_000) * Megabyte,
            VideoLimit = ReadNumber(Setting("Video:Limit") ?? configuration["PORTAL_VIDEO_LIMIT"], "PORTAL_VIDEO_LIMIT", 1024, least: 1, most: 100_000) * Megabyte,
            SearchesPerSecond = ReadNumber(configuration["Portal:SearchRate"] ?? configuration["PORTAL_SEARCH_RATE"], "PORTAL_SEARCH_RATE", DefaultSearchRate, least: 1, most: 100_000),
            ApiReadsPerMinute = ReadNumber(configuration["Portal:ApiRate"] ?? configuration["PORTAL_API_RATE"], "PORTAL_API_RATE", DefaultApiRate, least: 1, most: 100_000),
            WebhookHosts = (configuration["Portal:WebhookHosts"] ?? configuration["PORTAL_WEBHOOK_HOSTS"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            ApiWritesPerMinute = ReadNumber(configuration["Portal:ApiWriteRate"] ?? configuration["PORTAL_API_WRITE_RATE"], "PORTAL_API_WRITE_RATE", DefaultApiWriteRate, least: 1, most: 100_000),
            ChangesPerSecond = ReadNumber(configuration["Portal:ChangeRate"] ?? configuration["PORTAL_CHANGE_RATE"], "PORTAL_CHANGE_RATE", DefaultChangeRate, least: 1, most: 100_000),
            Smtp = Setting("Smtp"),
            MailFrom = configuration["Portal:MailFrom"] ?? configuration["PORTAL_MAIL_FROM"],
            MailConnections = ReadNumber(configuration["Portal:MailConnections"] ?? configuration["PORTAL_MAIL_CONNECTIONS"], "PORTAL_MAIL_CONNECTIONS", DefaultMailConnections, least: 1, most: 32),
            DemoPassword = (configuration["Portal:DemoPassword"] ?? configuration["PORTAL_DEMO_PASSWORD"]) is { Length: > 0 } chosen ? chosen : null,
        };

        string? Setting(string name) => configuration[$"Portal:{name}"] ?? configuration[$"PORTAL_{name.ToUpperInvariant()}"];
    }

    private static int ReadNumber(string? text, string name, int otherwise, int least, int most)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(Words.Pick(
                $"{name}: “{text}” ไม่ใช่จำนวนเต็มตั้งแต่ {least:N0} ถึง {most:N0}", $"{name}: \"{text}\" is not a whole number from {least:N0} to {most:N0}"));
    }

    private static string? ReadUrl(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? text.TrimEnd('/')
            : throw new FormatException(Words.Pick($"PORTAL_URL: “{text}” ไม่ใช่ที่อยู่ http หรือ https", $"PORTAL_URL: \"{text}\" is not an http or https address"));
    }

    // In a checkout the program runs from src/…/bin; published, themes and recipes lie beside it.
    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "KnowledgePortal.sln"))) return folder.FullName;
        return AppContext.BaseDirectory;
    }
}
