namespace KnowledgePortal.Web.Hosting;

/// <summary>The same in both languages.</summary>
public sealed record Phrase(string Thai, string English)
{
    /// <summary>What is no language: a path, a number, a program's name.</summary>
    public static Phrase Same(string text) => new(text, text);
}
