using System.IO.Compression;
using System.Text;

namespace KnowledgePortal.Tests.Documents;

/// <summary>The smallest office files that office programs open.</summary>
internal static class Packages
{
    private const string W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
    private const string R = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Docx(params string[] paragraphs) => DocxOf($"<w:document {W}><w:body>{string.Concat(paragraphs.Select(Paragraph))}</w:body></w:document>");

    public static byte[] DocxOf(string document, params (string Name, byte[] Content)[] more) => Zip([
        ("[Content_Types].xml", Types("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")),
        ("_rels/.rels", Root("word/document.xml")), ("word/document.xml", Xml(document)), .. more]);

    public static string Paragraph(string text) => $"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>";

    public static byte[] Xlsx(params string[][] rows)
    {
        var shared = rows.SelectMany(r => r).Distinct().ToList();
        var cells = string.Concat(rows.Select(r => "<row>" + string.Concat(r.Select(c => $"<c t='s'><v>{shared.IndexOf(c)}</v></c>")) + "<c><v>2563</v></c><c t='inlineStr'><is><t>ในช่อง</t></is></c></row>"));
        return Zip([
            ("[Content_Types].xml", Types("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
            ("_rels/.rels", Root("xl/workbook.xml")),
            ("xl/workbook.xml", Xml($"<workbook {R}><sheets><sheet name='ก' sheetId='2' r:id='b'/><sheet name='ข' sheetId='1' r:id='a'/></sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", Links(("a", "worksheets/sheet1.xml"), ("b", "/xl/worksheets/sheet2.xml"))),
            ("xl/sharedStrings.xml", Xml($"<sst>{string.Concat(shared.Select(s => $"<si><r><t>{s[..1]}</t></r><r><t>{s[1..]}</t></r><rPh><t>อ่านว่า</t></rPh></si>"))}</sst>")),
            ("xl/worksheets/sheet1.xml", Xml($"<worksheet><sheetData>{cells}</sheetData></worksheet>")),
            ("xl/worksheets/sheet2.xml", Xml("<worksheet><sheetData><row><c t='inlineStr'><is><t>แผ่นที่มาก่อน</t></is></c></row></sheetData></worksheet>"))]);
    }

    public static byte[] Pptx(params string[] slides) => Zip([
        ("[Content_Types].xml", Types("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")),
        ("_rels/.rels", Root("ppt/presentation.xml")),
        // Numbered from the last to the first: the order is that of the list.
        ("ppt/presentation.xml", Xml($"<p:presentation xmlns:p='p' {R}><p:sldIdLst>{string.Concat(slides.Select((_, i) => $"<p:sldId id='{256 + i}' r:id='s{i}'/>"))}</p:sldIdLst></p:presentation>")),
        ("ppt/_rels/presentation.xml.rels", Links([.. slides.Select((_, i) => ($"s{i}", $"slides/slide{slides.Length - i}.xml"))])),
        .. slides.Select((text, i) => ($"ppt/slides/slide{slides.Length - i}.xml", Xml($"<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")))]);

    public static byte[] Odt(params string[] paragraphs) => Zip([
        ("mimetype", Encoding.ASCII.GetBytes("application/vnd.oasis.opendocument.text")),
        ("content.xml", Xml(
            "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text>"
            + "<text:tracked-changes><text:p>ที่ลบไปแล้ว</text:p></text:tracked-changes>"
            + string.Concat(paragraphs.Select(p => $"<text:p>{p}<text:s text:c='2'/><text:span>ต่อท้าย</text:span><office:annotation><text:p>ความเห็น</text:p></office:annotation></text:p>"))
            + "</office:text></office:body></office:document-content>"))]);

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        return stream.ToArray();
    }

    public static byte[] Xml(string content) => Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='UTF-8'?>" + content);

    private static byte[] Types(string part, string type) => Xml(
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        + $"<Default Extension='xml' ContentType='application/xml'/><Override PartName='/{part}' ContentType='{type}'/></Types>");

    private static byte[] Root(string part) => Links(("root", "/" + part));

    private static byte[] Links(params (string Id, string Target)[] links) => Xml(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        + string.Concat(links.Select(l => $"<Relationship Id='{l.Id}' Type='{Office}/part' Target='{l.Target}'/>")) + "</Relationships>");
}
