namespace KnowledgePortal.Search.Indexing;

/// <summary>The files in an index folder are damaged, incomplete, or were made by another version, schema or analyzer. Delete the folder and build the index anew.</summary>
public sealed class DamagedIndexException : IOException
{
    /// <summary>Says which file is wrong and how.</summary>
    public DamagedIndexException(string message)
        : base(message)
    {
    }

    /// <summary>Says which file is wrong and why it could not be read.</summary>
    public DamagedIndexException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
