using System.Data.Common;
using System.Runtime.ExceptionServices;
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
    private string? _failsAs;

    internal DatabaseTransaction(DbConnection connection, DbTransaction transaction, Action release) =>
        (_connection, _transaction, _release) = (connection, transaction, release);

    /// <summary>Rows affected by the statement.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => _connection.ExecuteAsync(sql, parameters, _transaction);

    /// <summary>Rows of the statement, seeing this transaction's own writes.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await _connection.QueryAsync<T>(sql, parameters, _transaction)).AsList();

    /// <summary>The first row, or the default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => _connection.QueryFirstOrDefaultAsync<T>(sql, parameters, _transaction);

    /// <summary>Runs once the transaction is durable: caches to drop, waiters to wake, files to put into their places.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the transaction ends without a commit: files to take back. Must not throw.</summary>
    public void AfterRollback(Action action) => _afterRollback.Add(action);

    /// <summary>Names the fail-points of this transaction's commit: <c>NAME.before-commit</c> and <c>NAME.after-commit</c>.</summary>
    public void FailsAs(string name) => _failsAs = name;

    /// <summary>
    /// Makes the writes durable, then runs the actions of <see cref="AfterCommit"/>, all of them; what one of them throws comes out at the end, and
    /// the writes stay.
    /// </summary>
    public async Task CommitAsync()
    {
        if (FailPoint.IsArmed && _failsAs is not null) FailPoint.Reach(_failsAs + ".before-commit");
        await _transaction.CommitAsync();
        _committed = true;
        if (FailPoint.IsArmed && _failsAs is not null) FailPoint.Reach(_failsAs + ".after-commit");
        ExceptionDispatchInfo? failure = null;
        foreach (var action in _afterCommit)
        {
            try { action(); }
            catch (Exception error) { failure ??= ExceptionDispatchInfo.Capture(error); }
        }
        failure?.Throw();
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
