namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>Something that many pages need and that changes with published content alone: read once after each publish.</summary>
public sealed class PerGeneration<T>(ContentGeneration generation, Func<Task<T>> read)
{
    private volatile Known? _known;

    public async Task<T> GetAsync()
    {
        // Asked before reading: what is published meanwhile makes the next one read again.
        var current = generation.Current;
        if (_known is not { } known || known.Generation != current) _known = known = new Known(current, await read());
        return known.Value;
    }

    private sealed record Known(long Generation, T Value);
}
