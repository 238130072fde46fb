using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What readers call the filters of a search and their values. What has no name is shown as it stands in the address.</summary>
public sealed class FilterLabels(IEnumerable<Term> terms, IReadOnlyDictionary<string, string>? types = null)
{
    private static readonly string[] Taxonomies = ["topics", "provinces", "pmqa-categories", "awards"];

    private readonly Dictionary<(string Taxonomy, string Slug), string> _titles = terms.ToDictionary(t => (t.Taxonomy, t.Slug), t => t.Title);

    /// <summary>The types of content, in the order of the tabs.</summary>
    public IEnumerable<string> Types => types?.Keys ?? ContentTypeNames.All;

    /// <summary>The terms that have a name here.</summary>
    public static async Task<IReadOnlyList<Term>> TermsAsync(TermQueries terms)
    {
        var all = new List<Term>();
        foreach (var taxonomy in Taxonomies) all.AddRange(await terms.AllAsync(taxonomy));
        return all;
    }

    public static string Title(string filter) => filter switch
    {
        SearchFields.Type => "ชนิดเนื้อหา",
        SearchFields.FiscalYear => "ปีงบประมาณ",
        SearchFields.Kind => "ชนิดกิจกรรม",
        SearchFields.Agency => "หน่วยงาน",
        SearchFields.Province => "จังหวัด",
        SearchFields.Topic => "หัวข้อ",
        SearchFields.Pmqa => "หมวด PMQA",
        SearchFields.Award => "รางวัล",
        SearchFields.Has => "มีอะไรแนบ",
        _ => filter,
    };

    /// <summary>In a list under the title of the filter.</summary>
    public string Value(string filter, string value) => filter switch
    {
        SearchFields.Type => types?.GetValueOrDefault(value) ?? ContentTypeNames.Thai(value),
        SearchFields.Kind => SessionKind.ThaiName(value),
        SearchFields.Province => Named("provinces", value),
        SearchFields.Topic => Named("topics", value),
        SearchFields.Award => Named("awards", value),
        SearchFields.Pmqa => _titles.TryGetValue(("pmqa-categories", value), out var title) ? $"หมวด\u00A0{value} {title}" : value,
        SearchFields.Has => value switch { "recording" => "วิดีโอ", "captions" => "คำบรรยายไทย", _ => value },
        _ => value,
    };

    /// <summary>Where the title of the filter does not stand above it.</summary>
    public string Alone(string filter, string value) => filter switch
    {
        SearchFields.FiscalYear => $"ปีงบประมาณ\u00A0{value}",
        SearchFields.Province when value != "bangkok" => $"จังหวัด{Value(filter, value)}",
        SearchFields.Has => $"มี{Value(filter, value)}",
        _ => Value(filter, value),
    };

    private string Named(string taxonomy, string slug) => _titles.GetValueOrDefault((taxonomy, slug), slug);
}
