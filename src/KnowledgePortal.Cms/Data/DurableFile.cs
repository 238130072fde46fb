using System.Runtime.InteropServices;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Writes a file so that it is whole or absent after a power cut: temporary file in the same folder, fsync, rename, fsync of the folder.
/// .NET reports no failed fsync, so the call is made here and its result checked.
/// </summary>
public static class DurableFile
{
    /// <summary>How the temporary files end; one that is left belongs to a process that died.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Replaces <paramref name="path"/> with what <paramref name="write"/> produces; the folder is created.</summary>
    /// <exception cref="IOException">The disk did not take the bytes; the old file, if any, is untouched.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(folder);
        var temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}{TemporaryExtension}");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                FailPoint.Reach("file.write");
                await write(stream);
                await stream.FlushAsync();
                FailPoint.Reach("file.fsync");
                Synchronise(stream.SafeFileHandle.DangerousGetHandle().ToInt32(), temporary);
            }
            Move(temporary, Path.GetFullPath(path));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Puts a written file or folder in the place of another file in the same folder.</summary>
    public static void Move(string from, string to)
    {
        FailPoint.Reach("file.rename");
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
        FailPoint.Reach("file.fsync-folder");
        SynchroniseFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Brings a file that somebody else wrote, such as a database copied by its own program, to the disk.</summary>
    public static void Synchronise(string path)
    {
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            FailPoint.Reach("file.fsync");
            Synchronise(file.DangerousGetHandle().ToInt32(), path);
        }
        SynchroniseFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // A new folder is an entry of its parent, which has to reach the disk as well.
    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null) CreateFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null) SynchroniseFolder(parent);
    }

    private static void SynchroniseFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals the rename itself, and a folder cannot be opened for it.
        var descriptor = open(folder, ReadOnly);
        if (descriptor < 0) throw Failed("open", folder);
        try { Synchronise(descriptor, folder); }
        finally { _ = close(descriptor); }
    }

    private static void Synchronise(int descriptor, string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (fsync(descriptor) != 0) throw Failed("fsync", path);
    }

    private static IOException Failed(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} {path}: errno {error}", error);
    }

    private const int ReadOnly = 0;

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
}
