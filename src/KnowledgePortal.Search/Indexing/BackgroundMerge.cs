namespace KnowledgePortal.Search.Indexing;

/// <summary>Merges segments on a thread of its own, one merge at a time, while the writer goes on. What was deleted meanwhile is deleted in the result as well.</summary>
internal sealed class BackgroundMerge(Lock gate, IndexSchema schema, string folder)
{
    private readonly CancellationTokenSource _stop = new();
    private Task _task = Task.CompletedTask;

    /// <summary>Segments that are being merged.</summary>
    public IReadOnlyList<SegmentView> Sources { get; private set; } = [];

    /// <summary>Name of the file that is being written; null when none is.</summary>
    public string? Target { get; private set; }

    /// <summary>Why the last merge failed; null after a merge that did not.</summary>
    public IOException? Failure { get; private set; }

    public bool IsRunning => Target is not null;

    /// <summary>Begins a merge; call under the writer's lock. <paramref name="install"/> is called when the file is written, on the thread of the merge.</summary>
    public void Start(IReadOnlyList<SegmentView> sources, string target, Action<SegmentMerger, long> install)
    {
        (Sources, Target, Failure) = (sources, target, null);
        _task = Task.Factory.StartNew(() => Run(sources, target, install), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends a merge; call under the writer's lock.</summary>
    public void End() => (Sources, Target) = ([], null);

    /// <summary>Waits for a running merge; call without the writer's lock.</summary>
    public void Wait() => _task.Wait();

    public void Stop()
    {
        _stop.Cancel();
        Wait();
        _stop.Dispose();
    }

    /// <summary>What somebody has written over must not be read: behind a file that became shorter there is no memory, and that ends the process.</summary>
    /// <exception cref="DamagedIndexException">A file was changed.</exception>
    public static void RequireUntouched(IReadOnlyList<SegmentView> segments)
    {
        if (segments.FirstOrDefault(segment => !segment.Reader.File.IsUntouched) is { } changed)
            throw new DamagedIndexException($"{changed.Reader.Name} was changed by somebody else.");
    }

    private void Run(IReadOnlyList<SegmentView> sources, string target, Action<SegmentMerger, long> install)
    {
        var merger = new SegmentMerger(sources, schema);
        try
        {
            RequireUntouched(sources);
            install(merger, merger.Write(Path.Combine(folder, target), _stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The writer was disposed: the segments stay as they are.
            lock (gate)
                End();
        }
        catch (IOException failure)
        {
            // Merging only saves time and space: the segments stay as they are, and the next commit tries again.
            lock (gate)
            {
                End();
                Failure = failure;
            }
        }
        catch (Exception failure) when (failure is IndexOutOfRangeException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // A source that was changed on the disk reads as nonsense.
            lock (gate)
            {
                End();
                Failure = new DamagedIndexException("A segment could not be read while it was merged.", failure);
            }
        }
    }
}
