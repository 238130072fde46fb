using System.Globalization;
using System.Text;
using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>SpreadsheetML: the cells of every sheet, a row a line.</summary>
internal static class SheetsText
{
    public static IEnumerable<string> Read(OfficePackage package)
    {
        var shared = Shared(package);
        return PackageParts.InOrder(package, "xl/workbook.xml", "sheet").Select(sheet => Sheet(package, sheet, shared)).ToList();
    }

    private static List<string> Shared(OfficePackage package)
    {
        var strings = new List<string>();
        var current = new StringBuilder();
        var (isText, isReading) = (false, false);
        package.Read("xl/sharedStrings.xml", reader =>
        {
            // How a name is read (rPh) is not part of it.
            if (reader.LocalName == "rPh" && reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement) isReading = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            if (isText && !isReading && IsText(reader)) current.Append(reader.Value);
            if (reader.LocalName == "si" && (reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement))
            {
                strings.Add(current.ToString());
                current.Clear();
            }
            isText = reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false };
        });
        return strings;
    }

    private static string Sheet(OfficePackage package, string part, List<string> shared)
    {
        var text = new StringBuilder();
        var (kind, isValue) = ("", false);
        package.Read(part, reader =>
        {
            if (isValue && IsText(reader)) text.Append(Value(reader.Value, kind, shared));
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" }) kind = reader.GetAttribute("t") ?? "";
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "c" }) text.Append(' ');
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "row" }) text.Append('\n');
            isValue = reader is { NodeType: XmlNodeType.Element, LocalName: "v" or "t", IsEmptyElement: false };
            if (text.Length > 2 * DocumentReader.MostCharacters) throw new UnreadableFileException("ข้อความในไฟล์ยาวเกินไป");
        });
        return text.ToString();
    }

    private static string Value(string value, string kind, List<string> shared) =>
        kind != "s" ? value : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count ? shared[at] : "";

    private static bool IsText(XmlReader reader) => reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA;
}
