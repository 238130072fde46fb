using System.Text;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Documents.Office;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Documents;

/// <summary>What is read from office files, and what is refused before it does harm.</summary>
public sealed class OfficeTextTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_Word_file_gives_its_paragraphs_without_what_was_deleted()
    {
        var text = Text(".docx", Packages.DocxOf(
            "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>องค์กร</w:t></w:r><w:r><w:t>นวัตกรรม</w:t></w:r><w:del><w:r><w:delText>ลบแล้ว</w:delText></w:r></w:del>"
            + "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>ช่องหนึ่ง</w:t><w:tab/><w:t>ช่องสอง</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
            ("word/footnotes.xml", Packages.Xml("<w:footnotes xmlns:w='w'><w:p><w:r><w:t>เชิงอรรถ</w:t></w:r></w:p></w:footnotes>"))));
        text.ShouldContain("องค์กรนวัตกรรม\n");
        text.ShouldContain("ช่องหนึ่ง ช่องสอง");
        text.ShouldContain("เชิงอรรถ");
        text.ShouldNotContain("ลบแล้ว");
        text.ShouldNotContain("PAGE");
    }

    [Fact]
    public void A_long_Word_file_is_kept_in_stretches_that_end_with_a_paragraph()
    {
        var pages = Read(".docx", Packages.Docx([.. Enumerable.Range(1, 500).Select(i => $"ย่อหน้าที่ {i} ว่าด้วยการแลกเปลี่ยนเรียนรู้")]));
        pages.Count.ShouldBeGreaterThan(3);
        pages.ShouldAllBe(p => p.Page == null && p.Text.EndsWith('\n') && p.Text.Length < 5000);
        string.Concat(pages.Select(p => p.Text)).ShouldContain("ย่อหน้าที่ 500 ");
    }

    [Fact]
    public void A_presentation_gives_its_slides_in_their_order()
    {
        var pages = Read(".pptx", Packages.Pptx("สไลด์แรก", "สไลด์กลาง", "สไลด์ท้าย"));
        pages.Select(p => (p.Page, p.Text.Trim())).ShouldBe([(1, "สไลด์แรก"), (2, "สไลด์กลาง"), (3, "สไลด์ท้าย")]);
    }

    [Fact]
    public void A_workbook_gives_its_sheets_in_their_order_a_row_a_line()
    {
        var pages = Read(".xlsx", Packages.Xlsx(["จังหวัด", "ขอนแก่น"], ["จังหวัด", "พังงา"]));
        pages.Count.ShouldBe(2);
        pages[0].Text.ShouldContain("แผ่นที่มาก่อน");
        pages[1].Text.Split('\n')[..2].ShouldBe(["จังหวัด ขอนแก่น 2563 ในช่อง ", "จังหวัด พังงา 2563 ในช่อง "]);
    }

    [Fact]
    public void An_OpenDocument_text_gives_its_paragraphs_without_comments_and_deletions()
    {
        var text = Text(".odt", Packages.Odt("ย่อหน้าหนึ่ง", "ย่อหน้าสอง"));
        text.ShouldContain("ย่อหน้าหนึ่ง  ต่อท้าย");
        text.ShouldContain("ย่อหน้าสอง");
        text.ShouldNotContain("ความเห็น");
        text.ShouldNotContain("ลบไปแล้ว");
    }

    public static TheoryData<string> Hostile => new("ratio", "lie", "entries", "entities", "external", "deep", "broken xml", "no zip", "truncated");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_is_made_to_harm_is_refused(string how) =>
        Should.Throw<UnreadableFileException>(() => Read(".docx", how switch
        {
            "ratio" => Packages.DocxOf($"<w:document xmlns:w='w'>{new string(' ', 40_000_000)}</w:document>"),
            "lie" => Lying(Packages.DocxOf($"<w:document xmlns:w='w'>{new string(' ', 200_000_000)}</w:document>")),
            "entries" => Packages.DocxOf("<x/>", [.. Enumerable.Range(0, OfficePackage.MostEntries).Select(i => ($"a{i}", Array.Empty<byte>()))]),
            "entities" => Packages.DocxOf("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><w:document xmlns:w='w'><w:t>&b;</w:t></w:document>"),
            "external" => Packages.DocxOf("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><w:document xmlns:w='w'/>"),
            "deep" => Packages.DocxOf(string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000))),
            "broken xml" => Packages.DocxOf("<w:document xmlns:w='w'><w:t>ไม่จบ"),
            "no zip" => Encoding.UTF8.GetBytes("นี่ไม่ใช่ไฟล์ Word"),
            _ => Packages.Docx("เอกสาร")[..^30],
        }));

    private string Text(string extension, byte[] content) => string.Concat(Read(extension, content).Select(p => p.Text));

    private IReadOnlyList<DocumentPage> Read(string extension, byte[] content)
    {
        var path = Path.Combine(_folder.Path, "file" + extension);
        File.WriteAllBytes(path, content);
        return OfficeText.Read(path);
    }

    /// <summary>The same archive, but every length of its table says that little comes out.</summary>
    private static byte[] Lying(byte[] zip)
    {
        var copy = zip.ToArray();
        for (var i = 0; i + 46 < copy.Length; i++)
            if (copy[i] == 'P' && copy[i + 1] == 'K' && copy[i + 2] == 1 && copy[i + 3] == 2) BitConverter.GetBytes(Math.Min(BitConverter.ToInt32(copy, i + 24), 900_000)).CopyTo(copy, i + 24);
        return copy;
    }
}
