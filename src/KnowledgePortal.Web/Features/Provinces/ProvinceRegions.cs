using System.Globalization;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>Provinces by region, in the order that a Thai reader expects.</summary>
public static class ProvinceRegions
{
    private static readonly string[] Names = ["เหนือ", "ตะวันออกเฉียงเหนือ", "กลาง", "ตะวันออก", "ตะวันตก", "ใต้"];

    // The Thai order puts เชียงใหม่ behind ชัยนาท; an ordinal one would put every leading vowel last.
    private static readonly StringComparer ThaiOrder = StringComparer.Create(CultureInfo.GetCultureInfo("th-TH"), CompareOptions.None);

    public static IReadOnlyList<ProvinceRegion> Of(IReadOnlyList<ProvinceTile> tiles) =>
        [.. tiles.GroupBy(t => t.Region).OrderBy(r => Array.IndexOf(Names, r.Key)).Select(r => new ProvinceRegion(r.Key, [.. r.OrderBy(t => t.Title, ThaiOrder)]))];
}
