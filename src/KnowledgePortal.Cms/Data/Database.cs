using Dapper;
using Microsoft.Data.Sqlite;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// The content database: SQLite in WAL mode, synchronous=FULL, so that an acknowledged write survives a power cut.
/// Any number of readers; writers queue in process, because SQLite waits for a lock by sleeping.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly AsyncLocal<DatabaseTransaction?> _preview = new();

    static Database()
    {
        SystemSqlite.Bind();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new DateOnlyText());
        SqlMapper.AddTypeHandler(new TimeOnlyText());
    }

    /// <param name="path">The database file; its folder must exist.</param>
    public Database(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5, ForeignKeys = true }.ToString();
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Creates the file unless it is there, readable by its owner only: it holds the hashes of passwords. SQLite gives its other files the same rights.</summary>
    public void CreateFile()
    {
        if (File.Exists(Path)) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(Path, options).Dispose();
    }

    /// <summary>Begins the one write transaction of this process; it rolls back unless committed.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="isDurable">
    /// False for marks that may be lost in a power cut: a killed process still loses nothing, and the next durable commit makes them durable as well.
    /// </param>
    public async Task<DatabaseTransaction> BeginAsync(CancellationToken cancellation = default, bool isDurable = true)
    {
        await _writer.WaitAsync(cancellation);
        SqliteConnection? connection = null;
        try
        {
            connection = await OpenAsync(cancellation);
            await connection.ExecuteAsync($"pragma journal_mode = wal; pragma synchronous = {(isDurable ? "full" : "normal")}; pragma busy_timeout = 5000;");
            return new DatabaseTransaction(connection, connection.BeginTransaction(deferred: false), () => _writer.Release());
        }
        catch
        {
            if (connection is not null) await connection.DisposeAsync();
            _writer.Release();
            throw;
        }
    }

    /// <summary>
    /// Makes reads of the calling flow, and of what it awaits, go through <paramref name="transaction"/>; null ends that. This is how a draft is shown
    /// exactly as it will look: it is published in a transaction, the page is rendered, and nothing is committed.
    /// </summary>
    /// <remarks>Must be called by the method that stays on the stack: a value set in an awaited method does not reach its caller.</remarks>
    public void ReadThrough(DatabaseTransaction? transaction) => _preview.Value = transaction;

    /// <summary>Rows of one statement, on a connection of its own.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        if (_preview.Value is { } preview) return await preview.QueryAsync<T>(sql, parameters);
        await using var connection = await OpenAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, object? parameters = null)
    {
        if (_preview.Value is { } preview) return await preview.FirstAsync<T>(sql, parameters);
        await using var connection = await OpenAsync();
        return await connection.QueryFirstOrDefaultAsync<T>(sql, parameters);
    }

    // The file remembers that it is in WAL mode, in which a reader waits for nobody: reading needs no settings.
    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Closes pooled connections, so that the file can be moved or deleted.</summary>
    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        return ValueTask.CompletedTask;
    }
}
