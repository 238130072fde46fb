using Microsoft.Data.Sqlite;
using Npgsql;

namespace KnowledgePortal.Cms.Data;

/// <summary>Why storage did not take a write.</summary>
public enum DiskFailureKind
{
    /// <summary>There is no room.</summary>
    Full,

    /// <summary>The disk or the database failed, or may not be written.</summary>
    Broken,

    /// <summary>Somebody else holds the database for longer than a request waits.</summary>
    Busy,
}

/// <summary>Tells what a failed write means to the one who asked for it: nothing was written, and it may be tried again.</summary>
public static class DiskFailure
{
    // .NET gives the errno of a failed call as the exception's code.
    internal const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private static readonly int[] Broken = [5 /* EIO */, 24 /* EMFILE */, 23 /* ENFILE */, 30 /* EROFS */];

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>Null when the error is about something else.</summary>
    public static DiskFailureKind? Of(Exception? error) => error switch
    {
        null => null,
        SqliteException { SqliteErrorCode: SqliteFull } => DiskFailureKind.Full,
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => DiskFailureKind.Busy,
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteIoError or SqliteCannotOpen } => DiskFailureKind.Broken,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => DiskFailureKind.Full,
        PostgresException { SqlState: PostgresErrorCodes.IoError or PostgresErrorCodes.ReadOnlySqlTransaction } => DiskFailureKind.Broken,
        BusyDatabaseException => DiskFailureKind.Busy,
        IOException { HResult: NoSpace or QuotaExceeded } => DiskFailureKind.Full,
        UnauthorizedAccessException => DiskFailureKind.Broken, // a folder that the program may not write
        IOException io when Broken.Contains(io.HResult) => DiskFailureKind.Broken,
        _ => Of(error.InnerException),
    };
}
