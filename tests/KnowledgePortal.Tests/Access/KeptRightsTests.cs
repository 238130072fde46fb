using System.Diagnostics;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>What roles may do is read once and kept, but never past a change.</summary>
public sealed class KeptRightsTests : IAsyncLifetime
{
    private readonly Watch _watch = new();
    private KernelSite _site = null!;
    private RolePermissions _permissions = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await KernelSite.CreateAsync();
        _permissions = new RolePermissions(_site.Get<SiteSettings>(), _site.Get<ContentDefinitions>(), _site.Database, _watch);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_was_being_read_when_a_role_changed_is_not_kept()
    {
        using var reading = new Activity("reading").SetIdFormat(ActivityIdFormat.W3C).Start();
        var isChanged = false;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DatabaseTrace.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = statement =>
            {
                if (isChanged || statement.TraceId != reading.TraceId) return;
                isChanged = true;
                Task.Run(ForbidAsync).GetAwaiter().GetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);
        (await MayViewAsync()).ShouldBeTrue("it was so when he asked");
        isChanged.ShouldBeTrue();
        (await MayViewAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_told_of_changes_reads_after_them_only_and_others_after_a_while()
    {
        (await MayViewAsync()).ShouldBeTrue();
        await ForbidAsync(_ => { });
        _permissions.Watch();
        _watch.Seconds += 3600;
        (await MayViewAsync()).ShouldBeTrue("nobody has told");
        _permissions.Reload();
        (await MayViewAsync()).ShouldBeFalse();

        var untold = new RolePermissions(_site.Get<SiteSettings>(), _site.Get<ContentDefinitions>(), _site.Database, _watch);
        (await untold.MayAsync(Visitor.Anonymous, ContentAction.View, "Page")).ShouldBeFalse();
        await WriteAsync("""{ "Permissions": ["ViewContent"] }""", _ => { });
        (await untold.MayAsync(Visitor.Anonymous, ContentAction.View, "Page")).ShouldBeFalse();
        _watch.Seconds += 11;
        (await untold.MayAsync(Visitor.Anonymous, ContentAction.View, "Page")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_transaction_sees_that_is_never_committed_is_kept_for_nobody()
    {
        await using (var transaction = await _site.Database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await SiteSettings.WriteAsync("role:Anonymous", JsonNode.Parse("""{ "Permissions": [] }"""), transaction);
            _site.Database.ReadThrough(transaction);
            (await MayViewAsync()).ShouldBeFalse();
            _site.Database.ReadThrough(null);
        }
        (await MayViewAsync()).ShouldBeTrue();
    }

    private Task<bool> MayViewAsync() => _permissions.MayAsync(Visitor.Anonymous, ContentAction.View, "Page");

    private Task ForbidAsync() => ForbidAsync(transaction => transaction.AfterCommit(_permissions.Reload));

    private Task ForbidAsync(Action<DatabaseTransaction> tell) => WriteAsync("""{ "Permissions": [] }""", tell);

    private async Task WriteAsync(string role, Action<DatabaseTransaction> tell)
    {
        await using var transaction = await _site.Database.BeginAsync(TestContext.Current.CancellationToken);
        await SiteSettings.WriteAsync("role:Anonymous", JsonNode.Parse(role), transaction);
        tell(transaction);
        await transaction.CommitAsync();
    }

    private sealed class Watch : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
