using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Nodes;

/// <summary>This process no longer does what only one may do: another one has taken over.</summary>
public sealed class LostLeaseException(string name) : Exception($"another node has taken over: {name}");

/// <summary>
/// Which node runs the recurring jobs: a row with an end by the database's clock. Who holds it renews it in time; whoever finds it ended takes it and
/// raises its epoch, and what the former holder writes then is refused, however long it was frozen.
/// </summary>
public sealed class Leadership(Database database, NodeIdentity node, PortalSettings settings)
{
    private const string Name = "jobs";

    // A lease renewed later is worth nothing, and a process that stops is not kept waiting: the lease ends by itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long? _epoch;

    /// <summary>Takes or renews the lease where it may.</summary>
    /// <returns>Whether this process holds it, and whether it took it from another node just now.</returns>
    public async Task<(bool IsHeld, bool IsTakenOver)> HoldAsync()
    {
        database.Limit(LongestWait);
        await _gate.WaitAsync();
        try
        {
            // Most of the time nothing has to change: that is seen without keeping writers waiting.
            if (await database.FirstAsync<Lease>(Read, new { Name }) is { } seen)
            {
                if (IsMine(seen) && seen.EndsAt - seen.Now > settings.LeaseSeconds * 3 / 4) return (true, false);
                if (!IsOpen(seen)) return NotHeld();
            }
            await using var transaction = await database.BeginAsync(isDurable: false);
            var lease = await transaction.FirstAsync<Lease>(Read, new { Name });
            if (lease is not null && !IsOpen(lease)) return NotHeld();
            var isMine = lease is not null && IsMine(lease);
            var epoch = isMine ? lease!.Epoch : (lease?.Epoch ?? 0) + 1;
            await transaction.ExecuteAsync(
                """
                insert into leases (name, holder, epoch, ends_at) values (@Name, @Process, @epoch, unixepoch() + @LeaseSeconds)
                on conflict (name) do update set holder = excluded.holder, epoch = excluded.epoch, ends_at = excluded.ends_at
                """,
                new { Name, node.Process, epoch, settings.LeaseSeconds });
            await transaction.CommitAsync();
            _epoch = epoch;
            return (true, !isMine && lease is not null && NodeOf(lease) != node.Id);
        }
        finally { _gate.Release(); }
    }

    /// <summary>Lets every transaction of the calling flow begin only while the lease is held as it is now.</summary>
    /// <remarks>Must be called by the method that stays on the stack, see <see cref="Database.Fence"/>.</remarks>
    public void FenceFlow()
    {
        var epoch = _epoch;
        database.Fence(async transaction =>
        {
            // Writers of all nodes queue for one lock, which this one has: as long as it lasts, nobody takes over.
            if (await transaction.FirstAsync<long?>("select epoch from leases where name = @Name and holder = @Process", new { Name, node.Process }) != epoch) throw new LostLeaseException(Name);
        });
    }

    /// <summary>Gives the lease back, so that another node need not wait for its end. Whoever calls meanwhile waits until that is done.</summary>
    public async Task ReleaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_epoch is null) return;
            database.Limit(LongestWait);
            await using var transaction = await database.BeginAsync(isDurable: false);
            await transaction.ExecuteAsync("update leases set ends_at = 0 where name = @Name and holder = @Process", new { Name, node.Process });
            await transaction.CommitAsync();
            _epoch = null;
        }
        finally { _gate.Release(); }
    }

    /// <summary>The node that runs the jobs; null when none does.</summary>
    public async Task<string?> NodeAsync() => await database.FirstAsync<Lease>(Read, new { Name }) is { } lease && lease.EndsAt > lease.Now ? NodeOf(lease) : null;

    private (bool IsHeld, bool IsTakenOver) NotHeld()
    {
        _epoch = null;
        return (false, false);
    }

    private const string Read = "select holder, epoch, ends_at, unixepoch() as now from leases where name = @Name";

    private bool IsMine(Lease lease) => lease.Holder == node.Process && lease.Epoch == _epoch && lease.EndsAt > lease.Now;

    private bool IsOpen(Lease lease) => lease.EndsAt <= lease.Now || lease.Holder == node.Process || NodeOf(lease) == node.Id && node.IsOnly;

    private static string NodeOf(Lease lease) => lease.Holder.Split('/')[0];

    private sealed record Lease
    {
        public string Holder { get; init; } = "";
        public long Epoch { get; init; }
        public long EndsAt { get; init; }
        public long Now { get; init; }
    }
}
