using System.Runtime.InteropServices;
using SQLitePCL;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Binds the SQLite provider to the operating system's library, so that security fixes come with the system's updates.
/// The only place that names the library.
/// </summary>
internal static class SystemSqlite
{
    private static readonly Lazy<bool> Bound = new(() =>
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load(LibraryName) : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return true;
    });

    private static string LibraryName =>
        OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : OperatingSystem.IsWindows() ? "winsqlite3.dll" : "libsqlite3.so.0";

    /// <summary>Idempotent: several hosts in one process share the binding.</summary>
    public static void Bind() => _ = Bound.Value;
}
