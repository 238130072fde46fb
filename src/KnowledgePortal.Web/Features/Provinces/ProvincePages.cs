using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>A province with its place on the tile map (column and row, 0-based, 10 by 17) and what the portal holds of it.</summary>
public sealed record ProvinceTile
{
    public string Title { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Path { get; init; } = "";
    public string Abbreviation { get; init; } = "";
    public string Region { get; init; } = "";
    public int Column { get; init; }
    public int Row { get; init; }
    public int PracticeCount { get; init; }
    public int SessionCount { get; init; }
}

/// <summary>/provinces: the map and, by region, the same as lists in Thai order.</summary>
public sealed record ProvincesPage(IReadOnlyList<ProvinceTile> Tiles, IReadOnlyList<ProvinceRegion> Regions);

public sealed record ProvinceRegion(string Name, IReadOnlyList<ProvinceTile> Provinces);

/// <summary>สมุดพกจังหวัด.</summary>
public sealed record ProvincePage(
    ProvinceTile Province, string EnglishName, string Code, string Summary, IReadOnlyList<ProvinceTile> Tiles,
    IReadOnlyList<PracticeCard> Practices, IReadOnlyList<SessionRow> Sessions, IReadOnlyList<ProvinceAward> Awards);

public sealed record ProvinceAward(string Title, int? Year);
