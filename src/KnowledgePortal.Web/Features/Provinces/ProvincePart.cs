using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>The fields of a term of the taxonomy Provinces.</summary>
public sealed class ProvincePart : ContentPart
{
    public const string Taxonomy = "provinces";

    protected override string PartName => "Province";

    public string Code => Text();
    public string Region => Text();
    public string Abbreviation => Text();
    public int? Column => Integer();
    public int? Row => Integer();
    public string EnglishName => Text();
    public string Summary => Text();
}
