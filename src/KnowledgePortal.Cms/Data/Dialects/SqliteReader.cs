using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>
/// A connection for reading that keeps its statements prepared: to prepare one takes several times as long as to find the few rows that a page asks for.
/// Whoever disposes of it gives it back.
/// </summary>
internal sealed class SqliteReader : SqliteConnection
{
    private const int MostStatements = 100; // statements differ by the length of their lists
    private readonly Dictionary<string, SqliteCommand> _kept = [];
    private readonly SqliteReaders _readers;

    public SqliteReader(string connectionString, SqliteReaders readers) : base(connectionString) => _readers = readers;

    public override SqliteCommand CreateCommand() => new Statement(this);

    /// <summary>Really closes it.</summary>
    public void End()
    {
        ForgetStatements();
        base.Dispose(disposing: true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _readers.GiveBack(this);
    }

    private SqliteCommand Prepared(string sql)
    {
        if (_kept.TryGetValue(sql, out var command)) return command;
        if (_kept.Count == MostStatements) ForgetStatements();
        return _kept[sql] = new SqliteCommand(sql, this);
    }

    private void ForgetStatements()
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
    }

    // Its text is final only when it runs: a list of values is written into it with the parameters.
    private sealed class Statement : SqliteCommand
    {
        private readonly SqliteReader _reader;

        public Statement(SqliteReader reader) => Connection = _reader = reader;

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            var prepared = _reader.Prepared(CommandText);
            prepared.CommandTimeout = CommandTimeout;
            prepared.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters) prepared.Parameters.Add(parameter);
            return prepared.ExecuteReader(behavior);
        }
    }
}

/// <summary>The connections for reading that nobody uses at the moment.</summary>
internal sealed class SqliteReaders(string connectionString)
{
    private const int MostKept = 8;
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public async Task<SqliteReader> TakeAsync(CancellationToken cancellation)
    {
        if (_idle.TryTake(out var idle)) return idle;
        var reader = new SqliteReader(connectionString, this);
        await reader.OpenAsync(cancellation);
        return reader;
    }

    public void GiveBack(SqliteReader reader)
    {
        if (reader.State != ConnectionState.Open || _idle.Count >= MostKept) reader.End();
        else _idle.Add(reader);
    }

    /// <summary>Closes those that are idle, so that the file can be moved or deleted.</summary>
    public void Forget()
    {
        while (_idle.TryTake(out var reader)) reader.End();
    }
}
