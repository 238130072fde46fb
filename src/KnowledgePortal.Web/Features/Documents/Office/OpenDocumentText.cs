using System.Globalization;
using System.Text;
using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>OpenDocument text: paragraphs and headings; deleted text and comments are not text.</summary>
internal static class OpenDocumentText
{
    private const int MostSpaces = 100;

    public static string Read(OfficePackage package)
    {
        var text = new StringBuilder();
        var (paragraphs, hidden) = (0, 0);
        package.Read("content.xml", reader =>
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when IsHidden(reader) && !reader.IsEmptyElement:
                    hidden++;
                    break;
                case XmlNodeType.EndElement when IsHidden(reader):
                    hidden--;
                    break;
                case XmlNodeType.Element when reader.LocalName is "p" or "h" && !reader.IsEmptyElement:
                    paragraphs++;
                    break;
                case XmlNodeType.EndElement when reader.LocalName is "p" or "h":
                    paragraphs--;
                    if (hidden == 0) text.Append('\n');
                    break;
                case XmlNodeType.Element when hidden == 0 && paragraphs > 0 && reader.LocalName == "s":
                    text.Append(' ', int.TryParse(reader.GetAttribute("text:c"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, MostSpaces) : 1);
                    break;
                case XmlNodeType.Element when hidden == 0 && paragraphs > 0 && reader.LocalName is "tab" or "line-break":
                    text.Append(reader.LocalName == "tab" ? ' ' : '\n');
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA when hidden == 0 && paragraphs > 0:
                    text.Append(reader.Value);
                    break;
            }
        });
        return text.ToString();
    }

    private static bool IsHidden(XmlReader reader) => reader.LocalName is "tracked-changes" or "annotation";
}
