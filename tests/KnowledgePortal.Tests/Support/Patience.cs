namespace KnowledgePortal.Tests.Support;

/// <summary>How long a test waits before it says that something never happens: longer than a busy machine needs, shorter than work that grows with the square of a megabyte.</summary>
public static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
}
