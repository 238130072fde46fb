using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Tests.Crashes.Harness;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>Half of the deaths come at a fail-point, half at a random moment, always while three people write.</summary>
internal sealed class RandomKills(string folder, string database, int seed, int kills)
{
    // A site that grows for ever would measure its size.
    private const int KillsOfASite = 100;
    private const int LongestLife = 700; // milliseconds under writers
    private const int MostWrites = 8;
    private const int Shown = 25;

    private static readonly string[] Points = [.. CrashPoints.Publish, .. CrashPoints.Index, .. CrashPoints.Upload];
    private readonly Random _random = new(seed);
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, int> _deaths = [];
    private TimeSpan _slowest;
    private int _acknowledged;

    public async Task<int> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < kills;)
        {
            var site = await CrashVerb.SetUpAsync(Path.Combine(folder, $"site-{done}"), database);
            var (journal, last) = (new Journal(), Math.Min(done + KillsOfASite, kills));
            var author = new Author(journal);
            await using (var served = await site.ServeAsync()) await author.SignInAsync(served);
            for (; done < last; done++)
            {
                await KillAsync(site, author, journal);
                await InspectAsync(site, journal, done);
                if ((done + 1) % Shown == 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done + 1} kills, {_acknowledged + journal.Acknowledged} acknowledged, {_problems.Count} problems, {watch.Elapsed.TotalSeconds:0} s"));
            }
            _acknowledged += journal.Acknowledged;
            if (database.Length == 0) Directory.Delete(site.Data, recursive: true);
            else await site.EmptyDatabaseAsync();
        }
        foreach (var problem in _problems) Console.Error.WriteLine(problem);
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            kills, atFailPoints = _deaths.Where(d => d.Key != "").Sum(d => d.Value), points = _deaths.Count(d => d.Key != ""), atRandom = _deaths.GetValueOrDefault(""), acknowledged = _acknowledged,
            lostOrHalfDone = _problems.Count, slowestRecoverySeconds = Math.Round(_slowest.TotalSeconds, 1), seconds = Math.Round(watch.Elapsed.TotalSeconds), database = database.Length == 0 ? "sqlite" : "postgresql", seed,
        }));
        return _problems.Count == 0 ? 0 : 1;
    }

    private async Task KillAsync(CrashSite site, Author author, Journal journal)
    {
        var point = _random.Next(2) == 0 ? "" : Points[_random.Next(Points.Length)];
        await using var served = await site.ServeAsync(point.Length == 0 ? null : $"{point}:kill|nth={_random.Next(1, 4)}");
        var known = journal.Items.ToArray();
        var writing = Task.WhenAll(WriteAsync(served, author, known, 0), WriteAsync(served, author, known, 1), WriteAsync(served, author, known, 2));
        if (point.Length == 0) await Task.WhenAny(writing, Task.Delay(_random.Next(LongestLife)));
        // Where the fail-point was not reached, the site is killed after the last write.
        if (point.Length == 0 || (await writing).All(isAlive => isAlive))
        {
            served.Kill();
            point = "";
        }
        await writing;
        _deaths[point] = _deaths.GetValueOrDefault(point) + 1;
        await served.EndAsync(point);
    }

    // Everybody has items of his own, so that each knows what he should find.
    private static async Task<bool> WriteAsync(ServedSite site, Author author, string[] known, int who)
    {
        for (var i = 0; i < MostWrites; i++)
        {
            var mine = known.Where((_, at) => at % 3 == who).ToArray();
            var title = $"{who} {Guid.NewGuid():N}";
            var isAlive = (i + who) % 3 == 0 ? await author.UploadAsync(site)
                : (i + who) % 3 == 1 && mine.Length > i ? await author.ChangeAsync(site, mine[i], title)
                : await author.PublishAsync(site, title);
            if (!isAlive) return false;
        }
        return true;
    }

    private async Task InspectAsync(CrashSite site, Journal journal, int number)
    {
        var watch = Stopwatch.StartNew();
        foreach (var problem in await site.InspectAsync(journal)) _problems.Add($"kill {number}: {problem}");
        if (watch.Elapsed > _slowest) _slowest = watch.Elapsed;
    }
}
