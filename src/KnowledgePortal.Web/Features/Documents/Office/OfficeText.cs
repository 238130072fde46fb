using System.Text;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>The text of Word, Excel, PowerPoint and OpenDocument files.</summary>
public static class OfficeText
{
    /// <summary>Files without pages are kept in stretches of about this many characters, cut between paragraphs.</summary>
    private const int StretchLength = 4000;

    public static bool Reads(string path) => Path.GetExtension(path).ToLowerInvariant() is ".docx" or ".xlsx" or ".pptx" or ".odt";

    /// <exception cref="UnreadableFileException">The file is broken, or is made to harm.</exception>
    public static IReadOnlyList<DocumentPage> Read(string path)
    {
        using var package = new OfficePackage(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".docx" => Stretches(WordText.Read(package)),
            ".odt" => Stretches(OpenDocumentText.Read(package)),
            ".pptx" => Pages(SlidesText.Read(package)),
            ".xlsx" => Pages(SheetsText.Read(package)),
            _ => throw new ArgumentException($"{path} is no office file", nameof(path)),
        };
    }

    private static IReadOnlyList<DocumentPage> Pages(IEnumerable<string> pages) => [.. pages.Select((text, i) => new DocumentPage(i + 1, text))];

    private static IReadOnlyList<DocumentPage> Stretches(string text)
    {
        var stretches = new List<DocumentPage>();
        var current = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            current.Append(line).Append('\n');
            if (current.Length < StretchLength) continue;
            stretches.Add(new DocumentPage(null, current.ToString()));
            current.Clear();
        }
        if (current.Length > 0) stretches.Add(new DocumentPage(null, current.ToString()));
        return stretches;
    }
}
