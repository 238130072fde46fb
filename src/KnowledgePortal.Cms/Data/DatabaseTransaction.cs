using System.Data.Common;
using Dapper;

namespace KnowledgePortal.Cms.Data;

/// <summary>One write transaction. Disposing without <see cref="CommitAsync"/> rolls back.</summary>
public sealed class DatabaseTransaction : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Action _release;
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _afterRollback = [];
    private bool _committed;

    internal DatabaseTransaction(DbConnection connection, DbTransaction transaction, Action release) =>
        (_connection, _transaction, _release) = (connection, transaction, release);

    /// <summary>Rows affected by the statement.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => _connection.ExecuteAsync(sql, parameters, _transaction);

    /// <summary>Rows of the statement, seeing this transaction's own writes.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await _connection.QueryAsync<T>(sql, parameters, _transaction)).AsList();

    /// <summary>The first row, or the default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => _connection.QueryFirstOrDefaultAsync<T>(sql, parameters, _transaction);

    /// <summary>Runs once the transaction is durable: caches to drop, waiters to wake. Must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the transaction ends without a commit: files to take back. Must not throw.</summary>
    public void AfterRollback(Action action) => _afterRollback.Add(action);

    /// <summary>Makes the writes durable, then runs the actions of <see cref="AfterCommit"/>.</summary>
    public async Task CommitAsync()
    {
        await _transaction.CommitAsync();
        _committed = true;
        foreach (var action in _afterCommit) action();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        _release();
        if (!_committed) foreach (var action in _afterRollback) action();
    }
}
