using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Editing.Versions;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Features.Nodes;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>The state of the site; <paramref name="MailFault"/> is null when mail could be handed over.</summary>
public sealed record HealthPage(IReadOnlyList<Check> Checks, string MailTarget, string? MailFault, int KeptMails, IReadOnlyList<JobRun> Jobs, IndexHealth Index, IReadOnlyList<SeenNode> Nodes)
{
    /// <summary>Null unless mail and webhooks wait for an administrator.</summary>
    public HeldMail? Hold { get; init; }
    public WaitingSendings Waiting { get; init; } = new(0, 0);
}

/// <summary>The lines of the audit trail that were asked for, newest first; <paramref name="OlderThan"/> leads on.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, long? OlderThan, AuditQuery Query)
{
    public required IReadOnlyList<string> Actors { get; init; }
    public required IReadOnlyList<string> Actions { get; init; }
    public required FieldLabels Labels { get; init; }

    /// <summary>What could not be read of the query.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What people call a field such as <c>CopSession.HeldOn</c>.</summary>
    public string Label(AuditEvent line, AuditChange change) =>
        change.Field.Split('.', 2) is [var part, var member] ? Labels.Of(line.SubjectKind, part, member) : Labels.Of(line.SubjectKind, change.Field, "");
}

/// <summary>What is looked for in the trail, as typed.</summary>
public sealed record AuditQuery
{
    public const int Longest = 200;

    public string Who { get; init; } = "";
    public string What { get; init; } = "";
    public string Title { get; init; } = "";
    public string From { get; init; } = "";
    public string To { get; init; } = "";

    public bool IsEmpty => this == new AuditQuery();

    /// <summary>The same query for the lines before one.</summary>
    public string Before(long id) =>
        $"/admin/audit?who={Uri.EscapeDataString(Who)}&what={Uri.EscapeDataString(What)}&title={Uri.EscapeDataString(Title)}&from={Uri.EscapeDataString(From)}&to={Uri.EscapeDataString(To)}&before={id}";
}

/// <summary>Mails that were kept in the data folder because no mail server is configured.</summary>
public sealed record MailsPage(IReadOnlyList<StoredMail> Mails, int Total, int Page, int PageCount);

/// <summary>What the trail's actions are called.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["content.create"] = "สร้าง", ["content.save"] = "บันทึกร่าง", ["content.publish"] = "เผยแพร่", ["content.unpublish"] = "ถอนการเผยแพร่",
        ["index.rebuild"] = "สั่งสร้างดัชนีค้นหาใหม่", ["mail.release"] = "ปล่อยอีเมลที่พักไว้", ["mail.release-discard"] = "ทิ้งอีเมลที่พักไว้", ["content.discard"] = "ทิ้งร่าง", ["content.remove"] = "ลบ",
        ["definition.create"] = "สร้างชนิดหรือส่วน", ["definition.settings"] = "ตั้งค่าชนิดหรือส่วน", ["definition.attach"] = "ติดส่วน", ["definition.detach"] = "ถอดส่วน",
        ["definition.part-settings"] = "ตั้งค่าส่วนของชนิด", ["definition.order"] = "เรียงลำดับ", ["definition.field-add"] = "เพิ่มช่อง",
        ["definition.field-settings"] = "ตั้งค่าช่อง", ["definition.field-remove"] = "ลบช่อง",
        ["content.clone"] = "ทำสำเนา", ["content.restore"] = "นำฉบับเก่ากลับมา", ["content.bring-back"] = "กู้คืนจากถังขยะ", ["content.purge"] = "ลบถาวร",
        ["account.create"] = "สร้างบัญชี", ["account.invite"] = "เชิญ", ["account.sign-in"] = "เข้าสู่ระบบ", ["account.sign-out"] = "ออกจากระบบ",
        ["account.sign-in-failed"] = "เข้าสู่ระบบไม่สำเร็จ", ["account.locked"] = "ล็อกบัญชี", ["account.roles"] = "เปลี่ยนบทบาท", ["account.groups"] = "เปลี่ยนหน่วยงานและชุมชน", ["role.create"] = "สร้างบทบาท", ["role.save"] = "แก้สิทธิ์ของบทบาท",
        ["account.disable"] = "ระงับบัญชี", ["account.enable"] = "เปิดบัญชี", ["account.password-changed"] = "เปลี่ยนรหัสผ่าน",
        ["account.password-change"] = "เปลี่ยนรหัสผ่าน", ["account.rename"] = "เปลี่ยนชื่อที่แสดง", ["account.accept-invitation"] = "รับคำเชิญ",
        ["api-key.create"] = "สร้างกุญแจ API", ["api-key.revoke"] = "เพิกถอนกุญแจ API",
        ["webhook.create"] = "เพิ่มเว็บฮุก", ["webhook.pause"] = "พักเว็บฮุก", ["webhook.resume"] = "เปิดเว็บฮุก", ["webhook.remove"] = "ลบเว็บฮุก",
        ["account.sign-out-everywhere"] = "ออกจากระบบทุกเครื่อง", ["account.password-reset-asked"] = "ขอตั้งรหัสผ่านใหม่", ["account.password-reset"] = "ตั้งรหัสผ่านใหม่",
    };

    /// <summary>An action without a name of its own is shown as it is written.</summary>
    public static string Of(string action) => Names.GetValueOrDefault(action, action);
}
