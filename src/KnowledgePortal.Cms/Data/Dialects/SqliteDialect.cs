using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>SQLite in WAL mode, synchronous=FULL, so that an acknowledged write survives a power cut.</summary>
internal sealed class SqliteDialect(string path) : ISqlDialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int PatientSeconds = 60;
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5, ForeignKeys = true }.ToString();

    static SqliteDialect() => SystemSqlite.Bind();

    public string Name => "SQLite";

    public string Version => "select sqlite_version()";

    public string? Suffix => null;

    public string CountTables => "select count(*) from sqlite_master where type = 'table' and name = @name";

    public bool Exists => File.Exists(path);

    // Readable by its owner only: it holds the hashes of passwords. SQLite gives its other files the same rights.
    public void Create()
    {
        if (Exists) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    // The file remembers that it is in WAL mode, in which a reader waits for nobody: reading needs no settings.
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public async Task<DbTransaction> BeginAsync(DbConnection connection, WriteManner manner, CancellationToken cancellation)
    {
        var sqlite = (SqliteConnection)connection;
        if (manner.IsPatient) sqlite.DefaultTimeout = PatientSeconds;
        await connection.ExecuteAsync($"pragma journal_mode = wal; pragma synchronous = {(manner.IsDurable ? "full" : "normal")}; pragma busy_timeout = 5000;");
        return sqlite.BeginTransaction(deferred: false);
    }

    public CommandDefinition Command(string sql, object? parameters, DbTransaction? transaction, TimeSpan? limit) => new(sql, parameters, transaction);

    public string Script(string sql) => sql;

    public bool IsBusy(DbException error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    public bool IsBroken(DbException error) => false;

    public void Forget() => SqliteConnection.ClearPool(new SqliteConnection(_connectionString));

    // So that the file can be moved or deleted.
    public ValueTask DisposeAsync()
    {
        Forget();
        return ValueTask.CompletedTask;
    }
}
