using System.Data.Common;
using Dapper;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>What differs between the databases. The text of a statement is one for both; see <see cref="PostgresText"/> for what is said otherwise.</summary>
internal interface ISqlDialect : IAsyncDisposable
{
    /// <summary>As people call it.</summary>
    string Name { get; }

    /// <summary>One row with the version of the database.</summary>
    string Version { get; }

    /// <summary>The suffix of scripts that are meant for this database alone; null for the one that scripts are written for.</summary>
    string? Suffix { get; }

    /// <summary>One row with the number of tables that are called <c>@name</c>.</summary>
    string CountTables { get; }

    /// <summary>False when there is nothing that could be asked.</summary>
    bool Exists { get; }

    /// <summary>Makes what must be there before the first connection.</summary>
    void Create();

    /// <summary>A connection for reading. Whoever has a limit is refused sooner than others where there is none to be had.</summary>
    Task<DbConnection> OpenAsync(TimeSpan? limit, CancellationToken cancellation);

    /// <summary>A connection for a transaction.</summary>
    Task<DbConnection> OpenToWriteAsync(TimeSpan? limit, CancellationToken cancellation);

    /// <summary>A transaction on such a connection; nobody else writes until it ends.</summary>
    Task<DbTransaction> BeginAsync(DbConnection connection, WriteManner manner, CancellationToken cancellation);

    /// <summary>Makes it possible to roll back on such a connection, whatever has become of its transaction.</summary>
    void BeforeRollback(DbConnection connection);

    /// <summary>A statement as this database reads it.</summary>
    CommandDefinition Command(string sql, object? parameters, DbTransaction? transaction, TimeSpan? limit);

    /// <summary>A migration as this database reads it.</summary>
    string Script(string sql);

    /// <summary>True when the same may succeed later.</summary>
    bool IsBusy(DbException error);

    /// <summary>True when the connection is gone, and others that were opened before it may be.</summary>
    bool IsBroken(DbException error);

    /// <summary>Gives up the connections that are kept open.</summary>
    void Forget();
}

/// <summary>How a transaction is made.</summary>
/// <param name="IsDurable">Whether its commit must survive a power cut by itself.</param>
/// <param name="Wait">How long it waits for writers of other processes; null is as long as it takes.</param>
internal readonly record struct WriteManner(bool IsDurable, TimeSpan? Wait);
