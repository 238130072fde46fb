using System.Text.Encodings.Web;
using System.Text.Unicode;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>What the mails about accounts say. Their links begin with the site's own address, whatever host a request named.</summary>
public sealed class AccountMails(IAccountMail mail, PortalSettings settings, ILogger<AccountMails> log)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string InvitationLink(string token) => $"{settings.BaseUrl}/accept-invitation?token={token}";

    public string ResetLink(string token) => $"{settings.BaseUrl}/reset-password?token={token}";

    /// <summary>False when nobody takes the mail: the account is there either way, and its page sends another.</summary>
    public async Task<bool> TrySendInvitationAsync(Account account, string token)
    {
        try
        {
            await SendInvitationAsync(account, token);
            return true;
        }
        catch (MailNotSentException error)
        {
            log.LogWarning(error, "an invitation was not sent");
            return false;
        }
    }

    public Task SendInvitationAsync(Account account, string token) => SendAsync(
        account, "คำเชิญเข้าใช้คลังความรู้ ชุมชนนักปฏิบัติ", "ผู้ดูแลคลังความรู้เชิญท่านเข้าใช้งาน",
        $"ตั้งรหัสผ่านเพื่อเริ่มใช้บัญชี {account.UserName} ลิงก์นี้ใช้ได้ครั้งเดียว ภายใน 7 วัน",
        "ตั้งรหัสผ่าน", InvitationLink(token), "หากท่านไม่รู้จักคลังความรู้ ไม่ต้องทำอะไร ลิงก์จะหมดอายุเอง");

    public Task SendResetAsync(Account account, string token) => SendAsync(
        account, "ตั้งรหัสผ่านใหม่ คลังความรู้ ชุมชนนักปฏิบัติ", "มีผู้ขอตั้งรหัสผ่านใหม่ให้บัญชีของท่าน",
        $"หากเป็นท่าน ตั้งรหัสผ่านใหม่ของบัญชี {account.UserName} ได้จากลิงก์นี้ ใช้ได้ครั้งเดียว ภายใน 1 ชั่วโมง",
        "ตั้งรหัสผ่านใหม่", ResetLink(token), "หากท่านไม่ได้ขอ ไม่ต้องทำอะไร รหัสผ่านเดิมยังใช้ได้");

    private Task SendAsync(Account account, string subject, string title, string body, string action, string link, string otherwise) =>
        mail.SendAsync(account.UserName, account.DisplayName, subject, Text(account, title, body, link, otherwise), Html(account, title, body, action, link, otherwise));

    private static string Text(Account account, string title, string body, string link, string otherwise) =>
        $"""
        เรียน {account.DisplayName}

        {title}
        {body}

        {link}

        {otherwise}

        คลังความรู้ ชุมชนนักปฏิบัติ

        """;

    private string Html(Account account, string title, string body, string action, string link, string otherwise)
    {
        const string Font = "font-family:'Noto Sans Thai Looped','Leelawadee UI',Thonburi,Tahoma,sans-serif";
        return $"""
        <!doctype html>
        <html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>{E(title)}</title></head>
        <body style="margin:0;background:#f2f6f5" bgcolor="#f2f6f5">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%">
        <tr><td bgcolor="#0d2b29" style="padding:16px 28px;background:#0d2b29;color:#eff6f4;{Font};font-size:16px;line-height:28px"><b>คลังความรู้</b> ชุมชนนักปฏิบัติ</td></tr>
        <tr><td bgcolor="#ffffff" style="padding:28px;background:#ffffff;color:#13211f;{Font};font-size:16px;line-height:28px">
        <h1 style="margin:0 0 12px;font-size:24px;line-height:36px">{E(title)}</h1>
        <p style="margin:0 0 12px">เรียน {E(account.DisplayName)}</p>
        <p style="margin:0 0 24px">{E(body)}</p>
        <table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="#f4b223" style="background:#f4b223;border-radius:4px"><a href="{E(link)}" style="display:inline-block;padding:10px 24px;color:#13211f;{Font};font-size:16px;line-height:28px;font-weight:600;text-decoration:none">{E(action)}</a></td></tr></table>
        <p style="margin:24px 0 0;color:#4d5f5b;font-size:14px;line-height:23px">หากปุ่มกดไม่ได้ คัดลอกที่อยู่นี้ไปวางในเบราว์เซอร์<br><span style="word-break:break-all">{E(link)}</span></p>
        <p style="margin:16px 0 0;color:#4d5f5b;font-size:14px;line-height:23px">{E(otherwise)}</p>
        </td></tr>
        <tr><td style="padding:16px 28px;color:#4d5f5b;{Font};font-size:14px;line-height:23px"><a href="{E(settings.BaseUrl)}" style="color:#0a5c57">{E(settings.BaseUrl)}</a></td></tr>
        </table></td></tr></table></body></html>

        """;
    }

    private static string E(string text) => Encoder.Encode(text);
}
