using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>A query with how often, on how many days and when it was last asked.</summary>
public sealed record AskedQuery
{
    public string Query { get; init; } = "";
    public int Times { get; init; }
    public int Days { get; init; }
    public DateOnly LastOn { get; init; }
}

/// <summary>What readers look for, for organizers. Only what was asked twice or more: a single query may be about somebody.</summary>
public sealed class AskedQueryLists(Database database, TimeProvider clock)
{
    private const int Most = 50;
    private const int Days = 90;

    public Task<IReadOnlyList<AskedQuery>> PopularAsync() => ListAsync("sum(is_empty) < count(*)");

    /// <summary>Those that found nothing when they were last asked.</summary>
    public Task<IReadOnlyList<AskedQuery>> EmptyAsync() => ListAsync("max(case is_empty when 1 then day end) = max(day) and sum(is_empty) > 0");

    private Task<IReadOnlyList<AskedQuery>> ListAsync(string having) => database.QueryAsync<AskedQuery>(
        $"""
        select query, cast(sum(times) as bigint) as times, count(distinct day) as days, max(day) as last_on from asked_queries
        where day >= @since group by query having sum(times) >= 2 and {having}
        order by times desc, last_on desc, query limit @Most
        """,
        new { since = BangkokTime.Today(clock).AddDays(-Days), Most });
}
