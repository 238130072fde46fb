using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>One heading of a form and what stands below it, by the names of fields, parts and bags; what is joined by + stands side by side.</summary>
public sealed record SectionLayout(string Title, string Hint, params string[] Lines);

/// <summary>How the forms of the long types are grouped. A type without a layout, and a field that no layout names, is shown in the order of the definition.</summary>
public static class FormLayouts
{
    private static readonly Dictionary<string, SectionLayout[]> Layouts = new()
    {
        // As the news says it: which, when, where, who, what.
        ["CopSession"] =
        [
            new("ข้อมูลหลัก", "", "TitlePart", "Community", "SeriesNo+FiscalYear", "Kind+RecordState", "OneLine"),
            new("เมื่อไร", "", "HeldOn", "StartTime+EndTime", "AwardYear"),
            new("ที่ไหน", "", "Mode", "Venue", "VenueDistrict+VenueProvince", "Channels", "RemoteSites"),
            new("ใคร", "ตำแหน่งที่กรอกคือตำแหน่งในวันที่จัด", "Host", "ChairName+ChairPosition", "DelegatedByName+DelegatedByPosition", "Speakers"),
            new("สาระสำคัญ", "แสดงบนสุดของบันทึก ในผลค้นหา และในจดหมายข่าว ข้อละไม่เกิน 120 ตัวอักษร", "Takeaways"),
            new("อะไร", "", "Objectives", "Agenda", "MarkdownBodyPart", "Topics", "Provinces", "SuccessFactors", "PmqaCategories", "NextSession"),
            new("เอกสารประกอบ", "เช่น รายงานการประชุม สไลด์ ตาราง ผู้อ่านค้นข้อความในไฟล์ได้", "Attachments"),
            new("ผู้เข้าร่วม", "", "AttendanceCount+AttendanceQualifier", "Audience", "AttendingOrganisations"),
            new("ที่มาและที่อยู่หน้าเว็บ", "", "SourcePublisher", "Source", "SourceDate", "AutoroutePart"),
        ],
        ["Recording"] =
        [
            new("ข้อมูลหลัก", "", "TitlePart", "Session", "Duration", "IsDemo", "Notice"),
            new("ไฟล์", "", "Video", "Poster", "Captions"),
            new("ช่วงของวิดีโอ", "", "Chapters"),
        ],
        ["BestPractice"] =
        [
            new("ข้อมูลหลัก", "", "TitlePart", "OneLine", "Kind+Stage", "YearStarted", "TrustLevel"),
            new("ของใคร", "", "Agency+Province", "Partners", "ContactPost", "OwnerAward+AwardYear", "Website"),
            new("ปัญหาและวิธีทำ", "", "Problem", "MarkdownBodyPart", "Steps"),
            new("ผลและสิ่งที่ต้องมี", "", "Results", "Cost+TimeToAdopt", "Prerequisites"),
            new("หมวดหมู่", "", "Topics", "SuccessFactors", "PmqaCategories"),
            new("เอกสารประกอบ", "ผู้อ่านค้นข้อความในไฟล์ได้", "Attachments"),
            new("ที่มาและที่อยู่หน้าเว็บ", "", "ToldIn+ToldAt", "SourcePublisher", "Source", "SourceDate", "AutoroutePart"),
        ],
        ["KnowledgeProgramme"] =
        [
            new("ข้อมูลหลัก", "", "TitlePart", "OneLine", "Agency+Province", "Partners"),
            new("เนื้อหา", "", "MarkdownBodyPart", "Topics", "SuccessFactors"),
            new("เอกสารประกอบ", "ผู้อ่านค้นข้อความในไฟล์ได้", "Attachments"),
            new("ที่มาและที่อยู่หน้าเว็บ", "", "ToldIn+ToldAt", "SourcePublisher", "Source", "SourceDate", "AutoroutePart"),
        ],
    };

    private static readonly SectionLayout Viewers = new(
        "ผู้ที่เห็นรายการนี้", "มีผลเมื่อเผยแพร่ฉบับนี้ ใช้กับไฟล์ วิดีโอ และรายการที่อยู่ข้างในด้วย ผู้มีสิทธิ์ดูร่างของเนื้อหาชนิดนี้เห็นเสมอ", nameof(ViewGroupsPart));

    private static readonly string[] Steering = ["AutoroutePart", "AliasPart", "SeoMetaPart"];

    private const string Rest = "ข้อมูลอื่น";

    // On whatever type they are, the two stand together at the end.
    private static readonly SectionLayout Times = new("ตั้งเวลา", "เว้นว่างถ้าไม่ตั้ง เวลาเป็นเวลาประเทศไทย เวลาที่จะถอนเริ่มมีผลเมื่อเผยแพร่ฉบับนี้", ScheduledTimes.PublishLater, ScheduledTimes.ArchiveLater);

    /// <summary>The sections of a form; every entry of <paramref name="entries"/> stands in exactly one.</summary>
    public static IReadOnlyList<FormSection> Arrange(string contentType, IReadOnlyList<FormEntry> entries)
    {
        var layout = Layouts.GetValueOrDefault(contentType) ?? Usual(entries);
        var waiting = entries.GroupBy(Name).ToDictionary(g => g.Key, g => g.ToList());
        var sections = layout.Select((section, i) => new FormSection($"s{i + 1}", section.Title, section.Hint, [.. section.Lines.Select(line => Take(line, waiting)).Where(l => l.Count > 0)]))
            .Where(s => s.Lines.Count > 0).ToList();
        var times = Times.Lines.Select(line => Take(line, waiting)).Where(l => l.Count > 0).ToList();
        var viewers = Take(nameof(ViewGroupsPart), waiting);
        if (waiting.Count > 0) sections.Add(new FormSection("rest", Rest, "", [.. waiting.Values.SelectMany(e => e).Select(e => (IReadOnlyList<FormEntry>)[e])]));
        if (viewers.Count > 0) sections.Add(new FormSection("viewers", Viewers.Title, Viewers.Hint, [viewers]));
        if (times.Count > 0) sections.Add(new FormSection("times", Times.Title, Times.Hint, times));
        return sections;
    }

    // A type that was made on the site: what is written, then a section for each list of rows, then what steers its page.
    private static SectionLayout[] Usual(IReadOnlyList<FormEntry> entries)
    {
        var own = entries.Where(e => e is not FormBag && !Steering.Contains(Name(e)) && !Times.Lines.Contains(Name(e)) && Name(e) != nameof(ViewGroupsPart)).Select(Name).Distinct();
        var bags = entries.OfType<FormBag>().Select(b => new SectionLayout(b.Plan.Label, "", b.Path));
        return [new SectionLayout("ข้อมูลหลัก", "", [.. own]), .. bags, new SectionLayout("หน้าเว็บ", "", Steering)];
    }

    // Fields of two parts may share a name.
    private static IReadOnlyList<FormEntry> Take(string line, Dictionary<string, List<FormEntry>> waiting)
    {
        var taken = new List<FormEntry>();
        foreach (var name in line.Split('+'))
            if (waiting.Remove(name, out var entry)) taken.AddRange(entry);
        return taken;
    }

    // A part is known by its name, a field by its own: fields of one type have different names.
    private static string Name(FormEntry entry) => entry is ItemField { Plan: var plan } ? plan.Editor is TermTypeEditor ? plan.Path : plan.Editor.IsPart ? plan.Part : plan.Name : entry.Path;
}
