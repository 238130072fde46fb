namespace KnowledgePortal.Web.Features.Articles;

/// <summary>The ministries, and the forms in which news shortens their names.</summary>
internal static class Ministries
{
    private static readonly string[] Prefixes = ["กระทรวง", "ก.", "รมว.", "รมช.", "รมต.", "ปลัด"];

    private static readonly (string Name, string[] Stems, string[] Abbreviations)[] All =
    [
        ("สำนักนายกรัฐมนตรี", [], ["สปน."]),
        ("กระทรวงกลาโหม", ["กลาโหม"], ["กห."]),
        ("กระทรวงการคลัง", ["การคลัง", "คลัง"], ["กค."]),
        ("กระทรวงการต่างประเทศ", ["การต่างประเทศ", "ต่างประเทศ"], ["กต."]),
        ("กระทรวงการท่องเที่ยวและกีฬา", ["การท่องเที่ยว", "ท่องเที่ยว"], ["กก."]),
        ("กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", ["การพัฒนาสังคม", "พัฒนาสังคม", "พม."], ["พม."]),
        ("กระทรวงการอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม", ["การอุดมศึกษา", "อว."], ["อว."]),
        ("กระทรวงเกษตรและสหกรณ์", ["เกษตร"], ["กษ."]),
        ("กระทรวงคมนาคม", ["คมนาคม"], ["คค."]),
        ("กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม", ["ดิจิทัล", "ดีอี"], ["ดศ."]),
        ("กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม", ["ทรัพยากรธรรมชาติ", "ทรัพยากรฯ"], ["ทส."]),
        ("กระทรวงพลังงาน", ["พลังงาน"], ["พน."]),
        ("กระทรวงพาณิชย์", ["พาณิชย์"], ["พณ."]),
        ("กระทรวงมหาดไทย", ["มหาดไทย"], ["มท."]),
        ("กระทรวงยุติธรรม", ["ยุติธรรม"], ["ยธ."]),
        ("กระทรวงแรงงาน", ["แรงงาน"], ["รง."]),
        ("กระทรวงวัฒนธรรม", ["วัฒนธรรม"], ["วธ."]),
        ("กระทรวงศึกษาธิการ", ["ศึกษา"], ["ศธ."]),
        ("กระทรวงสาธารณสุข", ["สาธารณสุข"], ["สธ."]),
        ("กระทรวงอุตสาหกรรม", ["อุตสาหกรรม", "อุตฯ"], ["อก."]),
    ];

    /// <summary>Every way of writing a ministry, with its full name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Spellings() =>
        from ministry in All
        from spelling in ministry.Stems.SelectMany(stem => Prefixes.Select(prefix => prefix + stem))
            .Concat(ministry.Abbreviations.SelectMany(letters => new[] { letters, "รมว." + letters, "รมช." + letters })).Append(ministry.Name).Distinct()
        select KeyValuePair.Create(spelling, ministry.Name);
}
