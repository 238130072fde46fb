using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Tests.Search;

/// <summary>Five short documents with the spellings, names and numbers of real session records.</summary>
internal static class Seeds
{
    public const string Innovation = "sbpac-2566";
    public const string Pmqa = "songkhla-2563";
    public const string Cop = "moi-2563-4";
    public const string Secret = "opdc-2565";
    public const string Design = "moi-2567";

    public static readonly ThaiAnalyzer Analyzer = new();

    public static readonly IndexSchema Schema = new([new TextField("title", 3), new TextField("body", 1)], ["kind", "year"], ["held"]);

    public static readonly IReadOnlyList<(string Key, string Title, string Body, string Kind, string Year, long Held)> Texts =
    [
        (Innovation, "การประชุมเชิงปฏิบัติการนวัตกรรมการทำงานภาครัฐ ศอ.บต.",
            "ศูนย์อำนวยการบริหารจังหวัดชายแดนภาคใต้ อบรมเจ้าหน้าที่กว่า 40 คนที่อำเภอหาดใหญ่ เรื่องการพัฒนานวัตกรรมของสำนักและกอง ปีงบประมาณ 2566", "workshop", "2566", 20230221),
        (Pmqa, "จังหวัดสงขลาประเมินสถานะระบบราชการ 4.0 ด้วยตนเอง",
            "คณะทำงานพัฒนาคุณภาพการบริหารจัดการภาครัฐ (PMQA 4.0) พบกันวันที่ 15 ม.ค. 63 โดยสำนักงาน ก.พ.ร. เป็นผู้วางกรอบ", "workshop", "2563", 20200115),
        (Cop, "เสวนาการสร้างองค์กรนวัตกรรมภาครัฐ",
            "ชุมชนนักปฏิบัติ (CoPs) ของ สป.มท. ครั้งที่ 4 ประจำปีงบประมาณ พ.ศ. 2563 จัดโดยสถาบันดำรงราชานุภาพ กระทรวงมหาดไทย เมื่อ 9 ก.ค. 2563 ถ่ายทอดไปยังศาลากลาง 76 แห่ง", "cop", "2563", 20200709),
        (Secret, "เคล็ดที่ไม่ลับ ความสําเร็จของจังหวัดขอนแก่นและพังงา",
            "นายจําเริญ ทิพญพงศ์ธาดา เล่าเรื่อง Andaman hub medical network และโครงการคู่เสี่ยว เกี่ยวก้อย ครั้งหน้าคือ ไขกุญแจความสําเร็จ ของขอนแก่นศึกษา ๗ ธันวาคม ๒๕๖๔", "exchange", "2565", 20211207),
        (Design, "อบรมกระบวนการคิดเชิงออกแบบ (Design Thinking)",
            "กพร.สป. จัดอบรมบุคลากรส่วนกลาง 50 คน ณ อาคารดำรงราชานุสรณ์ เมื่อ 11 มี.ค. 67 เพื่อคิดไอเดียพร้อมตัวชี้วัด", "workshop", "2567", 20240311),
    ];

    public static Document ToDocument(int i)
    {
        var (key, title, body, kind, year, held) = Texts[i];
        return new Document(key).AddText("title", title).AddText("body", body).AddKeyword("kind", kind).AddKeyword("year", year).AddNumber("held", held)
            .Store("title", title).Store("body", body);
    }

    public static void AddTo(IndexWriter writer)
    {
        for (var i = 0; i < Texts.Count; i++)
            writer.Update(ToDocument(i));
        writer.Commit("seeds");
    }

    public static IReadOnlyList<string> Keys(this Searcher searcher, string query) => [.. searcher.Search(new SearchRequest { Query = query }).Hits.Select(hit => hit.Key)];
}

/// <summary>A folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kp-search-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
