using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Web.Digests;

/// <summary>A site of its own for a test, with a clock that stands where it is put. Nothing runs by itself: the test says when a round is.</summary>
public sealed partial class DigestSite : IAsyncDisposable
{
    public const string Url = "http://km.example.go.th";
    public static readonly DateTimeOffset Wednesday = At(2026, 9, 16, 10);
    public static readonly DateTimeOffset Monday = At(2026, 9, 21, 7);

    private static readonly Lazy<Task<ScratchFolder>> Template = new(SetUpAsync);

    private readonly ScratchFolder _folder;
    private readonly PortalHost? _host;
    private readonly ServiceProvider? _services;
    private int _items;

    private DigestSite(ScratchFolder folder, IMailTransport? transport, MailSettings? settings, bool isServed)
    {
        _folder = folder;
        Transport = transport ?? Sent;
        if (isServed)
        {
            _host = new PortalHost(folder.Path, Url, services => Replace(services, settings));
            Address = _host.Start();
        }
        else
        {
            _services = OpenServices(settings);
        }
    }

    public string Data => _folder.Path;

    public StandingClock Clock { get; } = new(Wednesday);

    /// <summary>What was sent, unless the test has a transport of its own.</summary>
    public RecordingTransport Sent { get; } = new();

    public Uri Address { get; } = null!;

    public Database Database => Get<Database>();

    private IMailTransport Transport { get; }

    public static async Task<DigestSite> OpenAsync(IMailTransport? transport = null, MailSettings? settings = null, bool isServed = false)
    {
        var folder = new ScratchFolder();
        TestDatabase.Copy((await Template.Value).Path, folder.Path);
        foreach (var file in Directory.GetFiles((await Template.Value).Path)) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        return new DigestSite(folder, transport, settings, isServed);
    }

    public static DateTimeOffset At(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.FromHours(7));

    public T Get<T>() where T : notnull => (_host?.Services ?? _services!).GetRequiredService<T>();

    /// <summary>Another process on the same data, as far as one process can be two.</summary>
    public ServiceProvider OpenServices(MailSettings? settings = null)
    {
        var services = new ServiceCollection().AddLogging().AddPortal(Offline.Settings(_folder.Path) with { Url = Url });
        Replace(services, settings);
        return services.BuildServiceProvider();
    }

    public Task<DigestSummary> RoundAsync(DateTimeOffset? now = null, CancellationToken stopping = default)
    {
        if (now is { } time) Clock.Now = time;
        return Get<DigestRound>().RunAsync(Clock.Now, stopping);
    }

    /// <summary>Asks and confirms, as the mail says.</summary>
    public async Task<Subscription> SubscribeAsync(string email, DigestFrequency frequency, string[]? topics = null, string[]? provinces = null, string? search = null)
    {
        var choices = await Get<InterestChoices>().LoadAsync();
        await Get<Subscriptions>().RequestAsync(MailAddress.Parse(email)!, frequency, choices.Find(topics ?? [], provinces ?? [], SavedSearch.Parse(search ?? ""))!, Guid.NewGuid().ToString());
        await Get<DeliveryRound>().RunAsync(Clock.Now, CancellationToken.None);
        var secret = ConfirmationSecret(Sent.To(email)[^1].Text!);
        await Get<Subscriptions>().ConfirmAsync(secret);
        return (await Get<Subscriptions>().FindByConfirmationAsync(secret))!;
    }

    /// <summary>Many who are confirmed already.</summary>
    public async Task SubscribeManyAsync(int count)
    {
        await using var transaction = await Database.BeginAsync();
        for (var i = 0; i < count; i++)
            await transaction.ExecuteAsync(
                """
                insert into subscribers (address_key, address, created_utc) values (@address, @address, @now);
                insert into subscriptions (subscriber_id, frequency, term_ids, token, created_utc, confirmed_utc, last_event_id)
                values ((select max(id) from subscribers), 'weekly', '', @token, @now, @now, 0)
                """,
                new { address = $"reader{i}@example.com", token = $"token-{i}-{Guid.NewGuid():N}", now = InvariantTime.Format(Clock.Now.UtcDateTime) });
        await transaction.CommitAsync();
    }

    public Task<string> PublishSessionAsync(string title, string[]? topics = null, string[]? provinces = null, string heldOn = "2026-09-10", string state = "recorded") =>
        PublishAsync("CopSession", title, topics, provinces, new JsonObject
        {
            ["HeldOn"] = new JsonObject { ["Value"] = heldOn }, ["Kind"] = Text("workshop"), ["OneLine"] = Text($"สรุปของ {title}"), ["RecordState"] = Text(state),
        });

    public Task<string> PublishPracticeAsync(string title, string[]? topics = null, string[]? provinces = null) =>
        PublishAsync("BestPractice", title, topics, provinces, new JsonObject { ["OneLine"] = Text($"วิธีของ {title}"), ["Kind"] = Text("บริการ") });

    public Task<string> PublishArticleAsync(string title, string[]? topics = null, string[]? provinces = null) =>
        PublishAsync("Article", title, topics, provinces, new JsonObject { ["Summary"] = Text($"ข่าว {title}") });

    /// <summary>Publishes an item again, changed.</summary>
    public async Task UpdateAsync(string id)
    {
        var item = (await Get<ContentManager>().GetAsync(id, VersionOptions.Latest))!;
        var basedOn = ContentVersion.Of(item);
        item.Parts["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = $"{item.As<MarkdownBodyPart>().Markdown} แก้คำผิด" };
        await using var transaction = await Database.BeginAsync();
        await Get<ContentLifecycle>().SaveDraftAsync(item, basedOn, Actor.System, transaction);
        await Get<ContentLifecycle>().PublishAsync(id, Actor.System, transaction);
        await transaction.CommitAsync();
    }

    public async Task<ContentItem> DraftAsync(string type, string title, string[]? topics, string[]? provinces, JsonObject fields)
    {
        var terms = Get<TermQueries>();
        fields["Topics"] = await TermsAsync(terms, "topics", topics);
        fields["Provinces"] = await TermsAsync(terms, "provinces", provinces);
        if (type == "BestPractice" && provinces is not null) fields["Province"] = await TermsAsync(terms, "provinces", provinces);
        var item = Get<ContentLifecycle>().New(type, Actor.System);
        item.DisplayText = title;
        item.Parts["TitlePart"] = new JsonObject { ["Title"] = title };
        item.Parts["AutoroutePart"] = new JsonObject { ["Path"] = $"test/{++_items}" };
        item.Parts[type] = fields;
        return item;
    }

    public async Task<string> PublishAsync(string type, string title, string[]? topics, string[]? provinces, JsonObject fields)
    {
        var item = await DraftAsync(type, title, topics, provinces, fields);
        await using var transaction = await Database.BeginAsync();
        await Get<ContentLifecycle>().SaveDraftAsync(item, null, Actor.System, transaction);
        await Get<ContentLifecycle>().PublishAsync(item.ContentItemId, Actor.System, transaction);
        await transaction.CommitAsync();
        return item.ContentItemId;
    }

    public static string ConfirmationSecret(string mail) => ConfirmationLink().Match(mail).Groups[1].Value;

    public async Task<IReadOnlyList<string>> StatesAsync() =>
        await Database.QueryAsync<string>("select state from digest_deliveries where run_id is not null order by id");

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_services is not null) await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ScratchFolder> SetUpAsync()
    {
        var folder = new ScratchFolder();
        await using var site = Offline.Site(folder.Path);
        if (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), site) != Verbs.Done) throw new InvalidOperationException("the recipe was refused");
        return folder;
    }

    private static JsonObject Text(string text) => new() { ["Text"] = text };

    private static async Task<JsonObject> TermsAsync(TermQueries terms, string taxonomy, string[]? slugs)
    {
        var ids = new JsonArray();
        foreach (var slug in slugs ?? []) ids.Add((await terms.FindAsync(taxonomy, slug))!.TermId);
        return new JsonObject { ["TermContentItemIds"] = ids };
    }

    private void Replace(IServiceCollection services, MailSettings? settings)
    {
        services.AddSingleton<TimeProvider>(Clock).AddSingleton(Transport);
        if (settings is not null) services.AddSingleton(settings);
    }

    [GeneratedRegex(@"/subscribe/confirm/([A-Za-z0-9_-]+)")]
    private static partial Regex ConfirmationLink();
}

/// <summary>A clock that a test puts forward.</summary>
public sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>Takes every mail, or answers as the test says.</summary>
public sealed class RecordingTransport : IMailTransport
{
    private readonly List<Envelope> _mails = [];

    /// <summary>The answer to a mail; null takes it. Runs before the mail is handed over.</summary>
    public Func<Envelope, SendOutcome?>? Answer { get; set; }

    /// <summary>Runs between the last command and the mail itself.</summary>
    public Func<Task>? BeforeHandOver { get; set; }

    public IReadOnlyList<Envelope> Mails
    {
        get
        {
            lock (_mails) return [.. _mails];
        }
    }

    public IReadOnlyList<ReadableMail> To(string address) => [.. Mails.Where(m => m.Recipient.ToString() == address).Select(m => MimeReader.Read(m.Content.Span))];

    public void Clear()
    {
        lock (_mails) _mails.Clear();
    }

    public async Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Answer?.Invoke(envelope) is { } outcome and not SendOutcome.Uncertain) return outcome;
        if (BeforeHandOver is not null) await BeforeHandOver();
        if (beforeHandOver is not null) await beforeHandOver();
        lock (_mails) _mails.Add(envelope);
        return Answer?.Invoke(envelope) ?? new SendOutcome.Accepted("250 ok");
    }

    public Task<string?> CheckAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(null);
}
