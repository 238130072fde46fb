using System.Reflection;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Brings the schema up to date: every embedded <c>yyyymmdd_what.sql</c> of the given assemblies runs once, in the order of its file name,
/// all in one transaction, so that two processes that start together migrate once.
/// </summary>
public sealed class Migrator(Database database, IReadOnlyList<Assembly> assemblies)
{
    /// <summary>True when every script has run.</summary>
    public async Task<bool> IsCurrentAsync()
    {
        if (!await HasMigrationsAsync()) return false;
        var done = await database.QueryAsync<string>("select name from migrations");
        return Scripts().All(s => done.Contains(s.Name));
    }

    /// <summary>Brings a site of an earlier version up to date; where there is none, nothing happens.</summary>
    public async Task UpgradeAsync()
    {
        if (await HasMigrationsAsync()) await MigrateAsync();
    }

    /// <summary>Runs what has not run yet.</summary>
    public async Task MigrateAsync()
    {
        if (await IsCurrentAsync()) return;
        database.CreateFile();
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync("create table if not exists migrations (name text primary key, applied_utc text not null)");
        var done = await transaction.QueryAsync<string>("select name from migrations");
        foreach (var (name, sql) in Scripts().Where(s => !done.Contains(s.Name)))
        {
            await transaction.ExecuteAsync(sql());
            await transaction.ExecuteAsync(
                "insert into migrations (name, applied_utc) values (@name, @now)", new { name, now = InvariantTime.Format(DateTime.UtcNow) });
        }
        await transaction.CommitAsync();
    }

    private async Task<bool> HasMigrationsAsync() =>
        File.Exists(database.Path) && await database.FirstAsync<long>("select count(*) from sqlite_master where name = 'migrations'") > 0;

    /// <summary>Every script that this program knows.</summary>
    public IReadOnlyList<string> Names => [.. Scripts().Select(s => s.Name)];

    private IEnumerable<(string Name, Func<string> Sql)> Scripts() =>
        from assembly in assemblies
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal)
        let name = FileName(resource)
        orderby name
        select (name, new Func<string>(() => Read(assembly, resource)));

    // A resource is named Namespace.Folder._20261120_what.sql or Namespace.Folder.20261120_what.sql: the file name is what stands between the last two dots.
    private static string FileName(string resource) => resource.Split('.')[^2].TrimStart('_');

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
