using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Tests.Support;

/// <summary>Everything that the migrations made in a PostgreSQL database, a line each.</summary>
public static class SchemaText
{
    private const string Lines = """
        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') || ' ' || coalesce(column_default, '') as line
        from information_schema.columns where table_schema = current_schema()
        union all select 'index ' || indexdef from pg_indexes where schemaname = current_schema()
        union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = current_schema()::regnamespace and conrelid <> 0
        union all select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace = current_schema()::regnamespace
        union all select 'function ' || proname || ' ' || prosrc from pg_proc where pronamespace = current_schema()::regnamespace
        union all select 'migration ' || name from migrations
        order by 1
        """;

    public static Task<IReadOnlyList<string>> OfAsync(Database database) => database.QueryAsync<string>(Lines);

    /// <summary>How many transactions wrote what is known of migrations: one, if each ran once and all of them together.</summary>
    public static Task<long> TransactionsAsync(Database database) => database.FirstAsync<long>("select count(distinct xmin::text) from migrations");
}
