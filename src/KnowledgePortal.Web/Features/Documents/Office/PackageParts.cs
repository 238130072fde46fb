using System.Xml;

namespace KnowledgePortal.Web.Features.Documents.Office;

/// <summary>The order of slides and sheets: a list of relationship ids in one part, and where each leads in another.</summary>
public static class PackageParts
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="package">The file.</param>
    /// <param name="main">The part with the list, such as <c>ppt/presentation.xml</c>.</param>
    /// <param name="element">The local name of the list's elements.</param>
    public static IReadOnlyList<string> InOrder(OfficePackage package, string main, string element)
    {
        var ids = new List<string>();
        package.Read(main, reader =>
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element && reader.GetAttribute("id", Relationships) is { } id) ids.Add(id);
        });
        var (folder, name) = (main[..(main.LastIndexOf('/') + 1)], main[(main.LastIndexOf('/') + 1)..]);
        var targets = new Dictionary<string, string>();
        package.Read($"{folder}_rels/{name}.rels", reader =>
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target)
                targets[id] = target.StartsWith('/') ? target[1..] : folder + target;
        });
        return [.. ids.Where(targets.ContainsKey).Select(id => targets[id])];
    }
}
