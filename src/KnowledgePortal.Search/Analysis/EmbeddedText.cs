namespace KnowledgePortal.Search.Analysis;

/// <summary>The word lists shipped inside the assembly: one entry per line, # begins a comment.</summary>
internal static class EmbeddedText
{
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The word list {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
    }
}
