using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>SQLite in WAL mode, synchronous=FULL, so that an acknowledged write survives a power cut.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AsLongAsItTakes = TimeSpan.FromDays(1);
    private readonly string _path;
    private readonly string _writing;
    private readonly SqliteReaders _readers;

    static SqliteDialect() => SystemSqlite.Bind();

    public SqliteDialect(string path)
    {
        _path = path;
        var settings = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = (int)LongestRead.TotalSeconds };
        _readers = new SqliteReaders(new SqliteConnectionStringBuilder(settings.ToString()) { Pooling = false }.ToString());
        settings.ForeignKeys = true;
        _writing = settings.ToString();
    }

    public string Name => "SQLite";

    public string Version => "select sqlite_version()";

    public string? Suffix => null;

    public string CountTables => "select count(*) from sqlite_master where type = 'table' and name = @name";

    public bool Exists => File.Exists(_path);

    // Readable by its owner only: it holds the hashes of passwords. SQLite gives its other files the same rights.
    public void Create()
    {
        if (Exists) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(_path, options).Dispose();
    }

    // The file remembers that it is in WAL mode, in which a reader waits for nobody: reading needs no settings.
    public async Task<DbConnection> OpenAsync(TimeSpan? limit, CancellationToken cancellation) => await _readers.TakeAsync(cancellation);

    public async Task<DbConnection> OpenToWriteAsync(TimeSpan? limit, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_writing);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public async Task<DbTransaction> BeginAsync(DbConnection connection, WriteManner manner, CancellationToken cancellation)
    {
        var sqlite = (SqliteConnection)connection;
        var wait = manner.Wait ?? AsLongAsItTakes;
        sqlite.DefaultTimeout = Seconds(wait);
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
            $"pragma busy_timeout = {(long)wait.TotalMilliseconds}; pragma journal_mode = wal; pragma synchronous = {(manner.IsDurable ? "full" : "normal")};"));
        return sqlite.BeginTransaction(deferred: false);
    }

    // A commit that a full disk refuses has rolled back by itself. Its provider rolls back once more, fails, and would tell that in place of the reason
    // and keep the connection: it gets something to roll back.
    public void BeforeRollback(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && raw.sqlite3_get_autocommit(handle) != 0) _ = raw.sqlite3_exec(handle, "begin");
    }

    public CommandDefinition Command(string sql, object? parameters, DbTransaction? transaction, TimeSpan? limit) =>
        new(sql, parameters, transaction, limit is { } time ? Seconds(time) : null);

    public string Script(string sql) => sql;

    public bool IsBusy(DbException error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    public bool IsBroken(DbException error) => false;

    public void Forget()
    {
        _readers.Forget();
        SqliteConnection.ClearPool(new SqliteConnection(_writing));
    }

    // So that the file can be moved or deleted.
    public ValueTask DisposeAsync()
    {
        Forget();
        return ValueTask.CompletedTask;
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
