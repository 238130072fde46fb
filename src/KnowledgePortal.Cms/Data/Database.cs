using System.Data.Common;
using Dapper;
using KnowledgePortal.Cms.Data.Dialects;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// The content database: SQLite in a file, or PostgreSQL. Any number of readers; one writer at a time, in process by a queue (SQLite waits for a lock by
/// sleeping) and between processes by a lock of the database.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>How this program's connections are called at a server, before the number of the process and the name of the machine.</summary>
    public const string ProgramName = "KnowledgePortal";

    private const int Attempts = 3;

    // Of who has no limit, such as a job or an operator's command: another process may write for a while.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly AsyncLocal<DatabaseTransaction?> _preview = new();
    private readonly AsyncLocal<TimeSpan?> _limit = new();
    private readonly AsyncLocal<Func<DatabaseTransaction, Task>?> _fence = new();

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Without this Dapper asks the driver for a date, and text is none on PostgreSQL.
        foreach (var type in new[] { typeof(DateOnly), typeof(DateOnly?), typeof(TimeOnly), typeof(TimeOnly?) }) SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(new DateOnlyText());
        SqlMapper.AddTypeHandler(new TimeOnlyText());
    }

    /// <param name="path">The file of SQLite; its folder must exist.</param>
    /// <param name="connectionString">PostgreSQL's connection string; empty for SQLite.</param>
    /// <exception cref="FormatException">The connection string cannot be read.</exception>
    public Database(string path, string? connectionString = null)
    {
        try
        {
            Dialect = string.IsNullOrEmpty(connectionString) ? new SqliteDialect(path) : new PostgresDialect(connectionString);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"PORTAL_DATABASE: {error.Message}", error);
        }
        Path = Dialect is SqliteDialect ? path : null;
    }

    internal ISqlDialect Dialect { get; }

    /// <summary>The file of SQLite; null on PostgreSQL.</summary>
    public string? Path { get; }

    /// <summary>What people call the database.</summary>
    public string Kind => Dialect.Name;

    /// <summary>What people call the database, with its version.</summary>
    public async Task<string> NameAsync() => $"{Dialect.Name} {await FirstAsync<string>(Dialect.Version)}";

    /// <summary>Creates SQLite's file unless it is there, readable by its owner only.</summary>
    public void CreateFile() => Dialect.Create();

    /// <summary>Begins the one write transaction of this process; it rolls back unless committed.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="isDurable">
    /// False for marks that may be lost in a power cut: a killed process still loses nothing, and the next durable commit makes them durable as well.
    /// </param>
    /// <exception cref="BusyDatabaseException">Another process writes for longer than somebody waits, or the server is away.</exception>
    public async Task<DatabaseTransaction> BeginAsync(CancellationToken cancellation = default, bool isDurable = true)
    {
        var transaction = await BeginAsync(new WriteManner(isDurable, _limit.Value ?? LongestWait), cancellation);
        if (_fence.Value is not { } fence) return transaction;
        try
        {
            await fence(transaction);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    internal async Task<DatabaseTransaction> BeginAsync(WriteManner manner, CancellationToken cancellation = default)
    {
        if (!await _writer.WaitAsync(_limit.Value ?? Timeout.InfiniteTimeSpan, cancellation)) throw new BusyDatabaseException(new TimeoutException("others of this process write"));
        try
        {
            return await AskAsync(async () =>
            {
                var connection = await Dialect.OpenToWriteAsync(_limit.Value, cancellation);
                try
                {
                    return new DatabaseTransaction(Dialect, connection, await Dialect.BeginAsync(connection, manner, cancellation), () => _writer.Release());
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            });
        }
        catch
        {
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

    /// <summary>Whether the calling flow reads what will never be committed: nothing of it may be kept for others.</summary>
    public bool IsReadThrough => _preview.Value is not null;

    /// <summary>Bounds every statement of the calling flow, and of what it awaits, and its waiting for other writers: a reader does not wait as long as a job.</summary>
    public void Limit(TimeSpan limit) => _limit.Value = limit;

    /// <summary>Transactions of the calling flow, and of what it awaits, begin only where <paramref name="fence"/> does not throw inside them; null ends that.</summary>
    /// <remarks>As with <see cref="ReadThrough"/>, the method that calls it must stay on the stack.</remarks>
    public void Fence(Func<DatabaseTransaction, Task>? fence) => _fence.Value = fence;

    /// <summary>Rows of one statement, on a connection of its own.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) => _preview.Value is { } preview ? preview.QueryAsync<T>(sql, parameters)
        : ReadAsync<IReadOnlyList<T>>(sql, parameters, async (connection, command) => (await connection.QueryAsync<T>(command)).AsList());

    /// <summary>The first row, or the default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => _preview.Value is { } preview ? preview.FirstAsync<T>(sql, parameters)
        : ReadAsync(sql, parameters, (connection, command) => connection.QueryFirstOrDefaultAsync<T>(command));

    /// <summary>
    /// What several statements find, with a semicolon after each; they share their parameters and go to the database together, because the way there takes
    /// longer than a page's statement. <paramref name="read"/> reads the results in their order.
    /// </summary>
    public Task<T> QueryManyAsync<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read) =>
        _preview.Value is { } preview ? preview.QueryManyAsync(sql, parameters, read)
        : ReadAsync(sql, parameters, async (connection, command) =>
        {
            await using var results = await connection.QueryMultipleAsync(command);
            return await read(results);
        });

    private Task<T> ReadAsync<T>(string sql, object? parameters, Func<DbConnection, CommandDefinition, Task<T>> read) => AskAsync(async () =>
    {
        using var trace = DatabaseTrace.Begin(sql);
        await using var connection = await Dialect.OpenAsync(_limit.Value, CancellationToken.None);
        return await read(connection, Dialect.Command(sql, parameters, null, _limit.Value));
    });

    // Only what has changed nothing yet may be asked again: reads, and the beginning of a transaction.
    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (DbException error) when (Dialect.IsBroken(error) && attempt < Attempts)
            {
                Dialect.Forget();
            }
            catch (DbException error) when (Dialect.IsBusy(error))
            {
                throw new BusyDatabaseException(error);
            }
        }
    }

    /// <summary>Closes the connections that nobody uses; others are opened when they are asked for.</summary>
    public void CloseIdle() => Dialect.Forget();

    /// <summary>Closes pooled connections, so that the file can be moved or deleted.</summary>
    public ValueTask DisposeAsync() => Dialect.DisposeAsync();
}
