namespace KnowledgePortal.Search.Analysis;

/// <summary>Function words and question words that say nothing about the subject. They are indexed but left out of queries that have other words.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Words =
        [.. EmbeddedText.Lines("stopwords.txt").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public static bool Contains(string term) => Words.Contains(term);
}
