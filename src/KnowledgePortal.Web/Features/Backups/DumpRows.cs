namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Rows by table of a dump, counted in the text that pg_restore makes of it; that needs no server.</summary>
public static class DumpRows
{
    private const string Begin = "COPY ";
    private const string End = "\\.";

    public static async Task<SortedDictionary<string, long>> CountAsync(TextReader script)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await script.ReadLineAsync() is { } line)
            if (line.StartsWith(Begin, StringComparison.Ordinal)) counts[TableOf(line)] = await RowsAsync(script);
        return counts;
    }

    // A row is a line: line breaks inside of values are written as \n.
    private static async Task<long> RowsAsync(TextReader script)
    {
        for (var rows = 0L; ; rows++)
            if (await script.ReadLineAsync() is not { } line || line == End) return rows;
    }

    // COPY public.content_items (id, …) FROM stdin;
    private static string TableOf(string line)
    {
        var name = line[Begin.Length..line.IndexOf(" (", StringComparison.Ordinal)];
        return name[(name.LastIndexOf('.') + 1)..].Trim('"');
    }
}
