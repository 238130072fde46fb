using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Places at which an operator's test may have the process die, fail or wait, to see that nothing acknowledged is lost:
/// <c>PORTAL_FAILPOINT=name:kill|throw|delay=ms[|once][|nth=N]</c>, several separated by <c>;</c>. Without the setting a place costs one comparison.
/// </summary>
public static class FailPoint
{
    /// <summary>The setting's name in the environment.</summary>
    public const string Variable = "PORTAL_FAILPOINT";

    private static readonly ConcurrentDictionary<string, Fault>? Armed = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>True when any place is armed; for places whose name has to be put together.</summary>
    public static bool IsArmed => Armed is not null;

    /// <summary>The process has come to this place.</summary>
    /// <exception cref="IOException">The place is armed with <c>throw</c>.</exception>
    public static void Reach(string name)
    {
        if (Armed is not null && Armed.TryGetValue(name, out var fault)) fault.Strike(name);
    }

    /// <exception cref="FormatException">The setting cannot be read.</exception>
    private static ConcurrentDictionary<string, Fault>? Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        var faults = new ConcurrentDictionary<string, Fault>();
        foreach (var entry in setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            faults[entry.Split(':')[0]] = entry.Split(':') is [_, var action] ? Fault.Read(action) : throw new FormatException($"{Variable}: \"{entry}\" is not name:action");
        return faults;
    }

    private sealed class Fault
    {
        private string _action = "";
        private int _delay;
        private long _nth = 1;
        private bool _isOnce;
        private long _reached;

        public static Fault Read(string text)
        {
            var fault = new Fault();
            foreach (var word in text.Split('|'))
            {
                if (word is "kill" or "throw") fault._action = word;
                else if (word == "once") fault._isOnce = true;
                else if (word.StartsWith("delay=", StringComparison.Ordinal)) (fault._action, fault._delay) = ("delay", Number(word));
                else if (word.StartsWith("nth=", StringComparison.Ordinal)) fault._nth = Number(word);
                else throw new FormatException($"{Variable}: \"{word}\" is none of kill, throw, delay=ms, once, nth=N");
            }
            return fault;
        }

        public void Strike(string name)
        {
            var times = Interlocked.Increment(ref _reached);
            if (times < _nth || _isOnce && times > _nth) return;
            Console.Error.WriteLine($"the fail-point {name} was reached");
            if (_action == "delay") Thread.Sleep(_delay);
            if (_action == "throw") throw new IOException($"the fail-point {name} was reached", DiskFailure.NoSpace);
            if (_action == "kill") Die();
        }

        // SIGKILL, as a power cut or the system's own killer would: nothing is flushed, disposed or rolled back.
        private static void Die()
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }

        private static int Number(string word) =>
            int.TryParse(word[(word.IndexOf('=') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{Variable}: \"{word}\" has no number");
    }
}
