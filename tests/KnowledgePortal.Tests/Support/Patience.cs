using System.Diagnostics;

namespace KnowledgePortal.Tests.Support;

/// <summary>How long a test waits before it says that something never happens: longer than a busy machine needs, shorter than work that grows with the square of a megabyte.</summary>
public static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        for (var watch = Stopwatch.StartNew(); !await isSo(); await Task.Delay(50))
            if (watch.Elapsed > (patience ?? Long)) throw new TimeoutException($"it never came: {what}");
    }
}
