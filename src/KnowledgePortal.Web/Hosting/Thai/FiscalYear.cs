namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>The Thai government's fiscal year: 1 October to 30 September, named by the Buddhist-era year in which it ends.</summary>
public static class FiscalYear
{
    public const int BuddhistEraOffset = 543;

    public static int Of(DateOnly date) => date.Year + BuddhistEraOffset + (date.Month >= 10 ? 1 : 0);
}
