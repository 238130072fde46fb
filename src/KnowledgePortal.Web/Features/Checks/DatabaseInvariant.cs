using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>The pages of the database are whole, its indexes agree with its tables, and what a row refers to is there.</summary>
public sealed class DatabaseInvariant(Database database) : IInvariant
{
    private const string Sound = "ok";

    public Phrase Name { get; } = new("ฐานข้อมูลสมบูรณ์", "the database is whole");

    public async Task CheckAsync(Inspection inspection)
    {
        if (database.Path is null)
        {
            // PostgreSQL keeps references itself and finds a damaged page when it reads it.
            if (inspection.IsDeep)
                foreach (var table in await database.QueryAsync<string>("select tablename from pg_tables where schemaname = current_schema()"))
                    await database.FirstAsync<long>($"select count(*) from {table}");
            return;
        }
        var pragma = inspection.IsDeep ? "pragma integrity_check" : "pragma quick_check";
        foreach (var line in (await database.QueryAsync<string>(pragma)).Where(l => l != Sound)) inspection.Find("SQLite", line, line);
        foreach (var (table, row) in await database.QueryAsync<(string Table, long? Row)>("select \"table\", rowid from pragma_foreign_key_check"))
            inspection.Find($"{table} {row}", "อ้างถึงแถวที่ไม่มี", "refers to a row that is not there");
    }
}
