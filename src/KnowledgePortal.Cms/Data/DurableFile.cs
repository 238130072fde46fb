using System.Runtime.InteropServices;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Writes a file so that it is whole or absent after a power cut: temporary file in the same folder, fsync, rename, fsync of the folder.
/// .NET reports no failed fsync, so the call is made here and its result checked.
/// </summary>
public static class DurableFile
{
    /// <summary>Replaces <paramref name="path"/> with what <paramref name="write"/> produces; the folder is created.</summary>
    /// <exception cref="IOException">The disk did not take the bytes; the old file, if any, is untouched.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await write(stream);
                await stream.FlushAsync();
                Synchronise(stream.SafeFileHandle.DangerousGetHandle().ToInt32(), temporary);
            }
            Move(temporary, Path.GetFullPath(path));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Puts a written file in the place of another in the same folder.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SynchroniseFolder(Path.GetDirectoryName(to)!);
    }

    private static void SynchroniseFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals the rename itself, and a folder cannot be opened for it.
        var descriptor = open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"open {folder}: errno {Marshal.GetLastPInvokeError()}");
        try { Synchronise(descriptor, folder); }
        finally { _ = close(descriptor); }
    }

    private static void Synchronise(int descriptor, string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (fsync(descriptor) != 0) throw new IOException($"fsync {path}: errno {Marshal.GetLastPInvokeError()}");
    }

    private const int ReadOnly = 0;

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
}
