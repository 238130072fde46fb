namespace KnowledgePortal.Web.Features.Search;

/// <summary>What readers call the kinds of results.</summary>
public static class ContentTypeNames
{
    /// <summary>Everything that is searched, in the order of the tabs.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["CopSession", "BestPractice", "KnowledgeProgramme", "Recording", "Community", "Article", "Page"];

    public static string Thai(string contentType) => contentType switch
    {
        "CopSession" => "บันทึกกิจกรรม",
        "BestPractice" => "แนวปฏิบัติที่ดี",
        "KnowledgeProgramme" => "โครงการความรู้",
        "Recording" => "คำพูดในวิดีโอ",
        "Community" => "ชุมชนนักปฏิบัติ",
        "Article" => "ข่าวและบทความ",
        "Page" => "หน้าข้อมูล",
        _ => contentType,
    };
}
