namespace KnowledgePortal.Tests.Support;

/// <summary>The demo's items by what they are, so that a test reads without ids.</summary>
public static class DemoItems
{
    public const string MinistryCommunity = "4c23p0aqz13d94572hctkkmb04";
    public const string Session4Of2563 = "417awpbgbefgr7ke6af28r2cj7";
    public const string ExchangeOf7December2564 = "4dgkjby4pg6hc05cq87htxxefa";
    public const string AnnouncedSession = "4h7kkpmdaks82gsm3ne8et5grm";
    public const string SongkhlaWorkshop = "474qgqnpb0byv9nvkpmtbpmjj2";
    public const string SbpacWorkshop = "4hjt7gf6252aeyybnj86562ean";
    public const string MinistryWorkshop = "41n1cqckcqyyb7tbf51gqpb9j1";
    public const string Recording = "4bnsmgr97bg59y5q932e0z7m85";
    public const string KhuSiao = "48wtsrt4bfxzyg98ysvghr5nts";
    public const string KhonKaenSueksa = "4qbbn1gzgy3zb92cy28dq6yksg";

    public static string NameOf(string id) =>
        typeof(DemoItems).GetFields().FirstOrDefault(f => f.GetRawConstantValue() as string == id)?.Name ?? id;
}
