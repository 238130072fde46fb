using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// Counts what is searched, by day and without anything about who: organizers see what readers look for and do not find. What looks like an address, a
/// telephone number or another number of a person is not counted at all. Counting touches memory only; <see cref="FlushAsync"/> writes it down.
/// </summary>
public sealed partial class AskedQueries(Database database, TimeProvider clock)
{
    private const int LongestQuery = 100;
    private const int MostInMemory = 10_000;
    private const int DaysKept = 90;
    private const int DaysKeptOnce = 14;

    private ConcurrentDictionary<(DateOnly Day, string Query, bool IsEmpty), int> _counts = new();
    private DateOnly _forgotOn;

    /// <summary>Only the first page without filters counts: what a filter leaves out is not missing.</summary>
    public void Note(SearchPage page)
    {
        if (page.Page > 1 || page.Input.HasFilters || page.IsCatchingUp || Normal(page.Query) is not { } query || _counts.Count >= MostInMemory) return;
        _counts.AddOrUpdate((BangkokTime.Today(clock), query, page.Total == 0), 1, (_, count) => count + 1);
    }

    /// <summary>The form in which a query is counted; null for what is not.</summary>
    public static string? Normal(string query)
    {
        var normal = Spaces().Replace(ThaiNormalizer.Normalize(query).Text, " ").Trim();
        return normal.Length is 0 or > LongestQuery || Personal().IsMatch(normal) || !normal.Any(char.IsLetter) ? null : normal;
    }

    /// <summary>Whether there is nothing to write down, and nothing to forget today.</summary>
    public bool IsIdle => _counts.IsEmpty && _forgotOn == BangkokTime.Today(clock);

    /// <summary>Writes down what was counted and forgets what is old. When it returns, all is written that was counted before, whoever wrote it.</summary>
    public async Task FlushAsync()
    {
        var today = BangkokTime.Today(clock);
        // Whoever waits for his turn to write finds written what others have taken. Not synced: a power cut may take a minute of counting.
        await using var transaction = await database.BeginAsync(isDurable: false);
        if (IsIdle) return;
        var counts = Interlocked.Exchange(ref _counts, new());
        foreach (var ((day, query, isEmpty), times) in counts)
            await transaction.ExecuteAsync(
                """
                insert into asked_queries (day, query, is_empty, times) values (@day, @query, @isEmpty, @times)
                on conflict (day, query, is_empty) do update set times = asked_queries.times + excluded.times
                """,
                new { day, query, isEmpty = isEmpty ? 1 : 0, times });
        await transaction.ExecuteAsync(
            """
            delete from asked_queries where day < @oldest
              or day < @oldestOnce and query in (select query from asked_queries group by query having sum(times) = 1)
            """,
            new { oldest = today.AddDays(-DaysKept), oldestOnce = today.AddDays(-DaysKeptOnce) });
        await transaction.CommitAsync();
        _forgotOn = today;
    }

    // An e-mail address, or seven digits and more that only signs of a written number part.
    [GeneratedRegex(@"@|([0-9][-. ()]{0,2}){7}", RegexOptions.NonBacktracking)]
    private static partial Regex Personal();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
