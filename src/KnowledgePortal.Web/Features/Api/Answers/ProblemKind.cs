using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Api.Answers;

/// <summary>
/// A kind of refusal. Its type is a path that never changes, so that programs can tell kinds apart whatever the words say; people find it explained at
/// <c>/developers</c>.
/// </summary>
public sealed record ProblemKind(string Name, int Status, Phrase Title)
{
    public static ProblemKind Malformed { get; } = new("malformed", 400, new("อ่านคำขอไม่ได้", "The request cannot be read"));
    public static ProblemKind Unauthenticated { get; } = new("unauthenticated", 401, new("ต้องใช้กุญแจ API หรือเข้าสู่ระบบ", "A key or a session is needed"));
    public static ProblemKind Forbidden { get; } = new("forbidden", 403, new("ไม่มีสิทธิ์ทำสิ่งนี้", "This is not permitted"));
    public static ProblemKind Scope { get; } = new("scope", 403, new("กุญแจนี้ไม่ครอบคลุมสิ่งนี้", "The key does not cover this"));
    public static ProblemKind FormToken { get; } = new("form-token", 403, new("ไม่มีรหัสยืนยันของแบบฟอร์ม", "The form token is missing"));
    public static ProblemKind NotFound { get; } = new("not-found", 404, new("ไม่พบสิ่งที่ขอ", "There is no such thing"));
    public static ProblemKind Method { get; } = new("method", 405, new("ที่อยู่นี้ใช้วิธีนี้ไม่ได้", "The address does not take this method"));
    public static ProblemKind NotAcceptable { get; } = new("not-acceptable", 406, new("ตอบได้เป็น JSON เท่านั้น", "The answer is JSON"));
    public static ProblemKind Conflict { get; } = new("conflict", 409, new("ขัดกับสิ่งที่มีอยู่", "This conflicts with what is there"));
    public static ProblemKind Stale { get; } = new("stale", 412, new("มีฉบับที่ใหม่กว่าแล้ว", "There is a newer version"));
    public static ProblemKind TooLarge { get; } = new("too-large", 413, new("เนื้อหาใหญ่เกินไป", "The body is too large"));
    public static ProblemKind MediaType { get; } = new("media-type", 415, new("ชนิดของเนื้อหาใช้ไม่ได้", "The body has another media type"));
    public static ProblemKind Invalid { get; } = new("invalid", 422, new("บันทึกไม่ได้ แก้จุดที่แจ้งไว้", "This cannot be stored"));
    public static ProblemKind NoPrecondition { get; } = new("no-precondition", 428, new("ต้องบอกฉบับที่แก้ด้วย If-Match", "Say with If-Match which version is changed"));
    public static ProblemKind TooMany { get; } = new("too-many", 429, new("ขอถี่เกินไป", "Too many requests"));
    public static ProblemKind Fault { get; } = new("fault", 500, new("ระบบขัดข้อง", "Something failed here"));
    public static ProblemKind Unavailable { get; } = new("unavailable", 503, new("ยังให้บริการไม่ได้ ลองใหม่ภายหลัง", "Not available now"));

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Malformed, Unauthenticated, Forbidden, Scope, FormToken, NotFound, Method, NotAcceptable, Conflict, Stale, TooLarge, MediaType, Invalid, NoPrecondition, TooMany, Fault,
        Unavailable,
    ];

    public string Type => $"/problems/{Name}";

    /// <summary>The kind of an answer that has nothing but a status.</summary>
    public static ProblemKind Of(int status) => All.FirstOrDefault(k => k.Status == status) ?? (status < StatusCodes.Status500InternalServerError ? Malformed : Fault);
}
