using System.Reflection;
using KnowledgePortal.Cms.Data.Dialects;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Brings the schema up to date: every embedded <c>yyyymmdd_what.sql</c> of the given assemblies runs once, in the order of its file name,
/// all in one transaction, so that two processes that start together migrate once. On PostgreSQL a <c>yyyymmdd_what.postgres.sql</c> takes the place
/// of the file of that name, or stands alone.
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
        await using var transaction = await database.BeginAsync(new WriteManner(IsDurable: true, Wait: null));
        await MigrateAsync(transaction);
        await transaction.CommitAsync();
    }

    /// <summary>Runs what has not run yet, for good when the transaction commits.</summary>
    public async Task MigrateAsync(DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync(database.Dialect.Script("create table if not exists migrations (name text primary key, applied_utc text not null)"));
        var done = await transaction.QueryAsync<string>("select name from migrations");
        foreach (var (name, sql) in Scripts().Where(s => !done.Contains(s.Name)))
        {
            await transaction.ExecuteAsync(sql());
            await transaction.ExecuteAsync(
                "insert into migrations (name, applied_utc) values (@name, @now)", new { name, now = InvariantTime.Format(DateTime.UtcNow) });
        }
    }

    private async Task<bool> HasMigrationsAsync() =>
        database.Dialect.Exists && await database.FirstAsync<long>(database.Dialect.CountTables, new { name = "migrations" }) > 0;

    /// <summary>Every script that this program knows.</summary>
    public IReadOnlyList<string> Names => [.. Scripts().Select(s => s.Name)];

    private IEnumerable<(string Name, Func<string> Sql)> Scripts() =>
        from assembly in assemblies
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal)
        let file = FileName(resource)
        where file.Suffix is null || file.Suffix == database.Dialect.Suffix
        group (assembly, resource, file) by file.Name into variants
        orderby variants.Key
        let own = variants.Count(v => v.file.Suffix is null) < 2 ? variants.MaxBy(v => v.file.Suffix is not null) : throw new InvalidOperationException($"two scripts are called {variants.Key}")
        select (own.file.Name, new Func<string>(() => own.file.Suffix is null ? database.Dialect.Script(Read(own.assembly, own.resource)) : Read(own.assembly, own.resource)));

    // A resource is named Namespace.Folder._20261120_what.sql or Namespace.Folder.20261120_what.postgres.sql: the file name follows the folders.
    private static (string Name, string? Suffix) FileName(string resource)
    {
        var parts = resource.Split('.')[..^1];
        return parts[^1].TrimStart('_') is var last && char.IsAsciiDigit(last[0]) ? (last, null) : (parts[^2].TrimStart('_'), last);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
