using System.Data.Common;
using System.Runtime.ExceptionServices;
using Dapper;
using KnowledgePortal.Cms.Data.Dialects;

namespace KnowledgePortal.Cms.Data;

/// <summary>One write transaction. Disposing without <see cref="CommitAsync"/> rolls back.</summary>
public sealed class DatabaseTransaction : IAsyncDisposable
{
    private readonly ISqlDialect _dialect;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Action _release;
    private readonly SemaphoreSlim _turn = new(1, 1); // a connection does one thing at a time; a page that is previewed asks for several
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _afterRollback = [];
    private string? _failsAs;
    private Outcome _outcome = Outcome.RolledBack;

    internal DatabaseTransaction(ISqlDialect dialect, DbConnection connection, DbTransaction transaction, Action release) =>
        (_dialect, _connection, _transaction, _release) = (dialect, connection, transaction, release);

    private enum Outcome
    {
        RolledBack,
        Committed,

        // The connection broke while the commit was on its way: it may have arrived.
        Unknown,
    }

    /// <summary>Rows affected by the statement.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => InTurnAsync(sql, parameters, _connection.ExecuteAsync);

    /// <summary>Rows of the statement, seeing this transaction's own writes.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        InTurnAsync<IReadOnlyList<T>>(sql, parameters, async command => (await _connection.QueryAsync<T>(command)).AsList());

    /// <summary>The first row, or the default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => InTurnAsync(sql, parameters, _connection.QueryFirstOrDefaultAsync<T>);

    /// <summary>What several statements find; see <see cref="Database.QueryManyAsync"/>.</summary>
    public Task<T> QueryManyAsync<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read) => InTurnAsync(sql, parameters, async command =>
    {
        await using var results = await _connection.QueryMultipleAsync(command);
        return await read(results);
    });

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
        FailPoint.Reach("database.commit");
        if (FailPoint.IsArmed && _failsAs is not null) FailPoint.Reach(_failsAs + ".before-commit");
        try
        {
            await InTurnAsync(async () =>
            {
                await _transaction.CommitAsync();
                return true;
            });
        }
        catch (BusyDatabaseException error) when (error.InnerException is DbException reason && _dialect.IsBroken(reason))
        {
            _outcome = Outcome.Unknown;
            throw;
        }
        _outcome = Outcome.Committed;
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
        try
        {
            if (_outcome == Outcome.RolledBack) _dialect.BeforeRollback(_connection);
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
        catch (DbException error) when (_dialect.IsBusy(error))
        {
            // A connection that is gone has rolled back.
        }
        finally
        {
            _release();
            if (_outcome == Outcome.RolledBack) foreach (var action in _afterRollback) action();
        }
    }

    private async Task<T> InTurnAsync<T>(string sql, object? parameters, Func<CommandDefinition, Task<T>> ask)
    {
        using var trace = DatabaseTrace.Begin(sql);
        return await InTurnAsync(() => ask(_dialect.Command(sql, parameters, _transaction, null)));
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> ask)
    {
        await _turn.WaitAsync();
        try
        {
            return await ask();
        }
        catch (DbException error) when (_dialect.IsBusy(error))
        {
            throw new BusyDatabaseException(error);
        }
        finally
        {
            _turn.Release();
        }
    }
}
