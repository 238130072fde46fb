using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Analysis;

/// <summary>Word boundaries by the dictionary of the system's ICU library. Iterators are not thread safe, so each thread works on its own clone.</summary>
internal static unsafe class IcuWordBreaker
{
    private const int WordIterator = 1;
    private const int Done = -1;

    /// <summary>The first with ubrk_clone.</summary>
    private const int OldestVersion = 69;

    private static readonly IcuFunctions Functions = IcuFunctions.Load();
    private static readonly nint Template = OpenTemplate();

    [ThreadStatic]
    private static Iterator? _iterator;

    /// <summary>Version of the library in use; a different version may break words differently, so an index remembers it.</summary>
    public static int Version => Functions.Version;

    /// <summary>Fills <paramref name="boundaries"/> with true at every index where a word begins or ends; it must have one more element than the text has characters.</summary>
    public static void Mark(string text, Span<bool> boundaries)
    {
        var iterator = (_iterator ??= new Iterator(Clone())).Handle;
        boundaries[..(text.Length + 1)].Clear();
        boundaries[0] = true;
        fixed (char* characters = text)
        {
            var status = 0;
            Functions.SetText(iterator, characters, text.Length, &status);
            Check(status, "ubrk_setText");
            for (var end = Functions.Next(iterator); end != Done; end = Functions.Next(iterator))
                boundaries[end] = true;
            // The iterator must not keep a pointer to a string that the collector may move.
            Functions.SetText(iterator, null, 0, &status);
        }
    }

    private static nint OpenTemplate()
    {
        var status = 0;
        nint handle;
        fixed (byte* locale = "th\0"u8)
            handle = Functions.Open(WordIterator, locale, null, 0, &status);
        Check(status, "ubrk_open");
        return handle;
    }

    private static nint Clone()
    {
        var status = 0;
        // Cloning reads the shared template, which is why it is done one at a time.
        lock (Functions)
        {
            var clone = Functions.Clone(Template, &status);
            Check(status, "ubrk_clone");
            return clone;
        }
    }

    private static void Check(int status, string function)
    {
        // Negative codes are warnings (U_USING_DEFAULT_WARNING and the like).
        if (status > 0)
            throw new InvalidOperationException($"{function} failed with ICU error {status}.");
    }

    private sealed class Iterator(nint handle)
    {
        public nint Handle { get; } = handle;

        ~Iterator() => Functions.Close(Handle);
    }

    private sealed class IcuFunctions
    {
        public required int Version { get; init; }
        public required delegate* unmanaged<int, byte*, char*, int, int*, nint> Open { get; init; }
        public required delegate* unmanaged<nint, int*, nint> Clone { get; init; }
        public required delegate* unmanaged<nint, char*, int, int*, void> SetText { get; init; }
        public required delegate* unmanaged<nint, int> Next { get; init; }
        public required delegate* unmanaged<nint, void> Close { get; init; }

        public static IcuFunctions Load()
        {
            for (var version = 90; version >= OldestVersion; version--)
            {
                if (!NativeLibrary.TryLoad($"libicuuc.so.{version}", out var library))
                    continue;
                nint Export(string name) => NativeLibrary.GetExport(library, $"{name}_{version}");
                return new IcuFunctions
                {
                    Version = version,
                    Open = (delegate* unmanaged<int, byte*, char*, int, int*, nint>)Export("ubrk_open"),
                    Clone = (delegate* unmanaged<nint, int*, nint>)Export("ubrk_clone"),
                    SetText = (delegate* unmanaged<nint, char*, int, int*, void>)Export("ubrk_setText"),
                    Next = (delegate* unmanaged<nint, int>)Export("ubrk_next"),
                    Close = (delegate* unmanaged<nint, void>)Export("ubrk_close"),
                };
            }
            throw new DllNotFoundException($"The ICU library (libicuuc.so, version {OldestVersion} to 90) is not installed; on Debian the package is libicu72.");
        }
    }
}
