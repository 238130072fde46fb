using KnowledgePortal.Web.Features.Documents.Office;
using KnowledgePortal.Web.Features.Documents.Quality;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>The text of a file that passed the quality gate, and what is to be said about the rest.</summary>
public sealed record DocumentText(DocumentState State, string Why, int PageCount, IReadOnlyList<DocumentPage> Pages)
{
    public static DocumentText Failed(string why) => new(DocumentState.Failed, why, 0, []);
}

/// <summary>Reads the text of a file: page by page where it has pages, mended where that is sure, without what is broken.</summary>
public sealed class DocumentReader(Pdftotext pdftotext)
{
    /// <summary>Rises when the same file would be read differently; then all are read again.</summary>
    public const int Version = 1;

    /// <summary>Characters of one file that are searched.</summary>
    public const int MostCharacters = 2_000_000;

    public static bool Reads(string mediaPath) => IsPdf(mediaPath) || OfficeText.Reads(mediaPath);

    /// <summary>Null when the program that is needed is not installed.</summary>
    public async Task<DocumentText?> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (!IsPdf(file)) return Judge(OfficeText.Read(file));
            return await pdftotext.ReadAsync(file, cancellation) is { } pages ? Judge(pages) : null;
        }
        catch (UnreadableFileException error)
        {
            return DocumentText.Failed(error.Message);
        }
    }

    private static DocumentText Judge(IReadOnlyList<DocumentPage> pages)
    {
        var mended = TextRepair.Mend([.. pages.Select(p => p.Text)]);
        var verdicts = TextQuality.Judge(mended);
        var good = pages.Zip(mended, verdicts).Where(p => p.Third == PageVerdict.Readable).Select(p => new DocumentPage(p.First.Page, p.Second)).ToList();
        var (bad, empty) = (verdicts.Count(v => v == PageVerdict.Broken), verdicts.Count(v => v == PageVerdict.Empty));
        var count = pages.Count(p => p.Page is not null);
        var length = 0;
        if (good.TakeWhile(p => (length += p.Text.Length) <= MostCharacters).ToList() is var first && first.Count < good.Count)
            return new DocumentText(DocumentState.Partial, $"ไฟล์ยาวมาก ค้นได้เฉพาะ {first.Count} จาก {good.Count} ส่วนแรก", count, first);
        return (good.Count, bad, empty) switch
        {
            (0, 0, _) => new DocumentText(DocumentState.Empty, "ไฟล์ไม่มีข้อความ น่าจะเป็นภาพสแกน", count, []),
            (0, _, _) => new DocumentText(DocumentState.Unreadable, "ข้อความในไฟล์อ่านไม่ได้ อักษรไทยเสีย", count, []),
            (_, > 0, _) => new DocumentText(DocumentState.Partial, $"ข้อความอ่านไม่ได้ {bad} จาก {verdicts.Count} หน้า", count, good),
            _ when empty > good.Count => new DocumentText(DocumentState.Partial, $"ไม่มีข้อความ {empty} จาก {verdicts.Count} หน้า น่าจะเป็นภาพสแกน", count, good),
            _ => new DocumentText(DocumentState.Readable, "", count, good),
        };
    }

    private static bool IsPdf(string path) => Path.GetExtension(path).Equals(".pdf", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A file that cannot be opened, with the reason in Thai.</summary>
public sealed class UnreadableFileException(string reason, Exception? cause = null) : Exception(reason, cause);
