namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>Something that many pages need and that changes with published content and settings alone: read once after each change, for all who ask meanwhile.</summary>
public sealed class PerGeneration<T>(ContentGeneration generation, Func<Task<T>> read)
{
    private volatile Known? _known;

    public Task<T> GetAsync()
    {
        if (generation.IsPreviewed) return read();
        // Asked before reading: what is published meanwhile makes the next one read again.
        var current = generation.Current;
        if (_known is not { } known || known.Generation != current || known.Value is { IsCompleted: true, IsCompletedSuccessfully: false })
            _known = known = new Known(current, read());
        return known.Value;
    }

    private sealed record Known(long Generation, Task<T> Value);
}
