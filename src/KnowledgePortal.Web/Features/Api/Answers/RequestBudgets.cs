using System.Collections.Concurrent;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Api.Answers;

/// <summary>What is left of a budget: of how many, and for how many seconds.</summary>
public sealed record BudgetState(bool IsSpent, int Quota, int Remaining, int ResetSeconds);

/// <summary>How often one key, or one address without a key, may ask in a minute; changes have a smaller budget of their own.</summary>
public sealed class RequestBudgets(PortalSettings settings, TimeProvider clock)
{
    public const int Seconds = 60;
    private const int MostSpenders = 50_000;
    private readonly ConcurrentDictionary<(string Who, bool IsWrite), Window> _windows = new();

    public BudgetState Take(string who, bool isWrite)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (_windows.Count > MostSpenders)
            foreach (var (key, old) in _windows)
                if (old.Ends <= now) _windows.TryRemove(key, out _);
        var quota = isWrite ? settings.ApiWritesPerMinute : settings.ApiReadsPerMinute;
        var window = _windows.AddOrUpdate((who, isWrite), _ => new Window(now + Seconds, 1), (_, known) => known.Ends <= now ? new Window(now + Seconds, 1) : known with { Used = known.Used + 1 });
        return new BudgetState(window.Used > quota, quota, Math.Max(0, quota - window.Used), (int)(window.Ends - now));
    }

    private sealed record Window(long Ends, int Used);
}
