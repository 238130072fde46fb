using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>
/// PostgreSQL, for several nodes. Writers of all nodes queue for one lock, as they do in one process on SQLite: code reads and then writes inside a
/// transaction, and the numbers of tasks and events must rise in the order of their commits, or a cursor would pass over some.
/// </summary>
internal sealed class PostgresDialect : ISqlDialect
{
    private const long WriteLock = 0x6B6D2D7772697465; // "km-write"
    private const int PoolSize = 40;
    private const int ConnectSeconds = 15;

    // Of a limit this share goes into getting a connection, from the server or from others of this process: the rest is for the statement.
    private const double ShareForConnecting = .4;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);
    private const int PreparedStatements = 200;
    private const int StatementSeconds = 60;

    // A frozen process must not hold the lock for good: its transaction ends, and what it writes when it goes on is refused. Of marks that may be
    // lost, statements follow each other at once: who stands still between them has been frozen.
    private const int IdleSeconds = 120;
    private const int IdleSecondsOfMarks = 20;
    private const string IdleTooLong = "25P03";
    private readonly NpgsqlDataSource _source;
    private readonly TimeSpan _patience;

    public PostgresDialect(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            MaxPoolSize = PoolSize, Timeout = ConnectSeconds, CommandTimeout = StatementSeconds,
            ApplicationName = $"{Database.ProgramName} {Environment.ProcessId} {Environment.MachineName}",
            // A page asks the same few statements again and again; planning them costs as much as answering. Nothing is set for longer than a transaction.
            MaxAutoPrepare = PreparedStatements, AutoPrepareMinUsages = 2, NoResetOnClose = true,
        };
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (string key in given.Keys) settings[key] = given[key];
        _patience = TimeSpan.FromSeconds(settings.Timeout);
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    public string Name => "PostgreSQL";

    public string Version => "select current_setting('server_version')";

    public string? Suffix => "postgres";

    public string CountTables => "select count(*) from pg_tables where schemaname = current_schema() and tablename = @name";

    public bool Exists => true;

    public void Create()
    {
    }

    public async Task<DbConnection> OpenAsync(TimeSpan? limit, CancellationToken cancellation)
    {
        if (limit is null) return await OpenAsync(_patience, cancellation);
        var patience = limit.Value * ShareForConnecting;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(patience);
        try
        {
            return await OpenAsync(patience, ending.Token);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException("no connection came free in time", error);
        }
    }

    public Task<DbConnection> OpenToWriteAsync(TimeSpan? limit, CancellationToken cancellation) => OpenAsync(limit, cancellation);

    // Where the server takes no more connections, one of this process may come free.
    private async Task<DbConnection> OpenAsync(TimeSpan patience, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(BetweenAttempts, cancellation))
        {
            try
            {
                return await _source.OpenConnectionAsync(cancellation);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.TooManyConnections && watch.Elapsed + BetweenAttempts < patience)
            {
                continue;
            }
        }
    }

    public async Task<DbTransaction> BeginAsync(DbConnection connection, WriteManner manner, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        var commit = manner.IsDurable ? "" : "set local synchronous_commit = off; ";
        // Waiting is bounded by the lock's own limit, the statements that follow by theirs; 0 is none.
        var (lockMilliseconds, statementSeconds) = manner.Wait is { } wait ? (Math.Max(1, (long)wait.TotalMilliseconds), StatementSeconds) : (0, 0);
        var answerSeconds = manner.Wait is { } limit ? (int)Math.Ceiling(limit.TotalSeconds) + StatementSeconds : 0;
        var idleSeconds = manner.IsDurable ? IdleSeconds : IdleSecondsOfMarks;
        await connection.ExecuteAsync(new CommandDefinition(
            string.Create(CultureInfo.InvariantCulture, $"""
            {commit}set local lock_timeout = '{lockMilliseconds}ms'; set local statement_timeout = 0;
            set local idle_in_transaction_session_timeout = '{idleSeconds}s'; select pg_advisory_xact_lock({WriteLock}); set local statement_timeout = '{statementSeconds}s'
            """),
            transaction: transaction, commandTimeout: answerSeconds, cancellationToken: cancellation));
        return transaction;
    }

    public void BeforeRollback(DbConnection connection)
    {
    }

    public CommandDefinition Command(string sql, object? parameters, DbTransaction? transaction, TimeSpan? limit) => new(
        PostgresText.Statement(sql), PostgresParameters.Of(parameters), transaction,
        limit is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null);

    public string Script(string sql) => PostgresText.Script(sql);

    // Cancelled by a limit, a lock that others hold, a deadlock, too many connections, a server that starts, stops or cannot be reached.
    public bool IsBusy(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or IdleTooLong }
        || error is NpgsqlException and not NpgsqlOperationInProgressException && (error is not PostgresException || error.IsTransient);

    public bool IsBroken(DbException error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleTooLong } => true,
        PostgresException => false,
        _ => error.InnerException is IOException or System.Net.Sockets.SocketException,
    };

    public void Forget() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
