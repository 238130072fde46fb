using KnowledgePortal.Cms.Data;
using Microsoft.Data.Sqlite;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>An SQLite database as one file, copied by SQLite itself: the files of a database in use must not be copied one after the other.</summary>
internal static class SqliteCopy
{
    public const string Kind = "sqlite";
    public const string FileName = "portal.db";

    public static void Save(string from, string to)
    {
        using (var source = Open(from, SqliteOpenMode.ReadWrite))
        using (var copy = Open(to, SqliteOpenMode.ReadWriteCreate))
        {
            source.BackupDatabase(copy);
            Alone(copy);
        }
        DurableFile.Synchronise(to);
    }

    /// <summary>Brings what lies in the files beside the database into it, so that it may be moved.</summary>
    public static void Gather(string file)
    {
        using (var connection = Open(file, SqliteOpenMode.ReadWrite)) Alone(connection);
        DurableFile.Synchronise(file);
    }

    /// <summary>What is wrong with the file; null when it is a whole database.</summary>
    public static string? Problem(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            using var command = connection.CreateCommand();
            command.CommandText = "pragma integrity_check";
            var answer = command.ExecuteScalar() as string;
            return answer == "ok" ? null : answer;
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    private static void Alone(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = delete";
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        return connection;
    }
}
