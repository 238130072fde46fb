using System.Text;
using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>PresentationML: the text of every slide, in the order of the presentation.</summary>
internal static class SlidesText
{
    public static IEnumerable<string> Read(OfficePackage package) =>
        PackageParts.InOrder(package, "ppt/presentation.xml", "sldId").Select(slide => Slide(package, slide)).ToList();

    private static string Slide(OfficePackage package, string part)
    {
        var text = new StringBuilder();
        var isText = false;
        package.Read(part, reader =>
        {
            if (isText && reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA) text.Append(reader.Value);
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "p" || reader is { NodeType: XmlNodeType.Element, LocalName: "br" }) text.Append('\n');
            isText = reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false };
        });
        return text.ToString();
    }
}
