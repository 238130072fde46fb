namespace KnowledgePortal.Web.Features.Documents;

/// <summary>What came of reading a file.</summary>
public enum DocumentState
{
    /// <summary>Not read yet.</summary>
    Waiting,

    /// <summary>Its text is searched.</summary>
    Readable,

    /// <summary>The text of some pages is searched; others are pictures or broken.</summary>
    Partial,

    /// <summary>It has text, but none that people would read: broken Thai is not searched.</summary>
    Unreadable,

    /// <summary>It has no text: a scan.</summary>
    Empty,

    /// <summary>It cannot be opened.</summary>
    Failed,

    /// <summary>The file is not there.</summary>
    Missing,
}

/// <summary>A file that published items carry.</summary>
public sealed record DocumentRow
{
    public string MediaPath { get; init; } = "";
    public DocumentState State { get; init; }

    /// <summary>The reason in Thai, when the text is not searched or not all of it.</summary>
    public string Why { get; init; } = "";
    public string? Sha256 { get; init; }
    public int ReaderVersion { get; init; }
    public int Attempts { get; init; }

    /// <summary>Pages of a PDF, slides, sheets; 0 for files without pages.</summary>
    public int PageCount { get; init; }
    public int TextPages { get; init; }

    /// <summary>True when the text that is searched is the whole text.</summary>
    public bool IsWhole => State is DocumentState.Readable;
}

/// <summary>A stretch of a file's text; <paramref name="Page"/> is null where the file has no pages.</summary>
public sealed record DocumentPage(int? Page, string Text);
