using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting.Health;

/// <summary>Something that must be ready before the site takes readers.</summary>
public interface IReadiness
{
    /// <summary>Null when ready; otherwise what is being waited for.</summary>
    Task<string?> WaitingForAsync();
}

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the site is set up, migrated and its index has caught up.</summary>
public static class HealthEndpoints
{
    // How long a load balancer waits is not how long people do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", async (HttpContext context, SiteState site, Database database, IEnumerable<IReadiness> parts) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            database.Limit(Patience);
            try
            {
                await database.NameAsync();
            }
            catch (BusyDatabaseException)
            {
                return Results.Text($"{database.Kind} does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            if (!await site.IsSetUpAsync()) return Results.Text("not set up", statusCode: StatusCodes.Status503ServiceUnavailable);
            foreach (var part in parts)
                if (await part.WaitingForAsync() is { } waiting) return Results.Text(waiting, statusCode: StatusCodes.Status503ServiceUnavailable);
            return Results.Text($"ready, {database.Kind}");
        });
    }
}
