using System.Text;
using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>WordprocessingML: the runs of the body, of footnotes and endnotes; what was deleted under tracked changes, and field codes, are not text.</summary>
internal static class WordText
{
    public static string Read(OfficePackage package)
    {
        var text = new StringBuilder();
        foreach (var part in (string[])["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"])
        {
            var isText = false;
            package.Read(part, reader => isText = Visit(reader, text, isText));
            text.Append('\n');
        }
        return text.ToString();
    }

    private static bool Visit(XmlReader reader, StringBuilder text, bool isText)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.LocalName == "t":
                return !reader.IsEmptyElement;
            case XmlNodeType.Element when reader.LocalName is "tab":
                text.Append(' ');
                break;
            case XmlNodeType.Element when reader.LocalName is "br" or "cr":
            case XmlNodeType.EndElement when reader.LocalName == "p":
                text.Append('\n');
                break;
            case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA when isText:
                text.Append(reader.Value);
                return true;
        }
        return false;
    }
}
