using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>An empty site with a clock that a test moves, a mailbox that it reads, and a log that it searches. Each test adds people of its own.</summary>
public sealed class MembersSite : IAsyncLifetime
{
    public const string Password = "กาแฟ เขา ทะเล 21";
    public const string Administrator = "Administrator";

    private readonly ScratchFolder _folder = new();
    private PortalHost _host = null!;
    private int _people;

    public MovedClock Clock { get; } = new();

    public Mailbox Mail { get; } = new();

    public LogLines Log { get; } = new();

    public Uri Address { get; private set; } = null!;

    public Database Database => _host.Services.GetRequiredService<Database>();

    public IServiceProvider Services => _host.Services;

    public async ValueTask InitializeAsync()
    {
        await using (var site = Offline.Site(_folder.Path))
            if (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), site) != Verbs.Done) throw new InvalidOperationException("the recipe was refused");
        _host = Open(null);
        Address = _host.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Another server on the same data, which believes to have this address.</summary>
    public PortalHost Open(string? url) => new(_folder.Path, url, services => services
        .AddSingleton<TimeProvider>(Clock).AddSingleton<IAccountMail>(Mail).AddSingleton<ILoggerProvider>(Log));

    public MemberBrowser Browse(string from = "203.0.113.1") => new(Address, from);

    /// <summary>Somebody new with the password of all.</summary>
    public async Task<Account> AddAsync(params string[] roles)
    {
        var number = Interlocked.Increment(ref _people);
        await using var transaction = await Database.BeginAsync();
        var person = new NewAccount($"person{number}@agency.example", $"คนที่ {number}", roles, Services.GetRequiredService<Passwords>().Hash(Password));
        var account = await Services.GetRequiredService<Accounts>().AddAsync(person, "account.create", Actor.System, transaction);
        await transaction.CommitAsync();
        return account!;
    }

    public async Task<MemberBrowser> SignedInAsync(Account account)
    {
        var browser = Browse();
        await browser.SignInAsync(account.UserName);
        return browser;
    }

    public Task<Account?> ReadAsync(Account account) => Services.GetRequiredService<Accounts>().FindAsync(account.AccountId);

    public async Task<IReadOnlyList<string>> ActionsAsync(Account account) =>
        [.. (await Services.GetRequiredService<AuditTrail>().LatestAsync(100, subjectId: account.AccountId)).Select(e => e.Action).Reverse()];
}

/// <summary>The system's clock, moved forward by hand.</summary>
public sealed class MovedClock : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan time) => _ahead += time;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}

public sealed record SentMail(string ToAddress, string ToName, string Subject, string Text, string Html)
{
    /// <summary>The path and query of the link in it.</summary>
    public string Link => Regex.Match(Text, @"https?://[^/\s]+(/\S+)").Groups[1].Value;

    public string Host => Regex.Match(Text, @"https?://([^/\s]+)/\S+").Groups[1].Value;
}

public sealed class Mailbox : IAccountMail
{
    private readonly ConcurrentDictionary<string, Channel<SentMail>> _boxes = new();

    public Task SendAsync(string toAddress, string toName, string subject, string text, string html) =>
        Box(toAddress).Writer.WriteAsync(new SentMail(toAddress, toName, subject, text, html)).AsTask();

    /// <summary>The next mail to somebody, when it comes.</summary>
    public async Task<SentMail> NextAsync(string address)
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        return await Box(address).Reader.ReadAsync(patience.Token);
    }

    public int Waiting(string address) => Box(address).Reader.Count;

    private Channel<SentMail> Box(string address) => _boxes.GetOrAdd(address, _ => Channel.CreateUnbounded<SentMail>());
}

public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Lines(_lines);

    public void Dispose() { }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
