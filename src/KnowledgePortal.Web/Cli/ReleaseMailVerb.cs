using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Admin;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>release-mail [--discard]</c>: ends the hold that a restore has put on mail and webhooks.</summary>
public sealed class ReleaseMailVerb : IVerb
{
    private const string Discard = "--discard";

    public string Name => "release-mail";

    public string Arguments => "[--discard]";

    public string Summary => Words.Pick(
        "ปล่อยอีเมลและเว็บฮุกที่พักไว้หลังกู้คืนข้อมูล --discard ทิ้งสิ่งที่รออยู่ เพราะอาจส่งไปแล้วก่อนกู้คืน",
        "lets mail and webhooks go that are held since a restore; --discard drops what waits, because it may have been sent before");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments is not ([] or [Discard])) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        var discarded = await site.GetRequiredService<HeldSendings>().ReleaseAsync(arguments is [Discard], Actor.System);
        Console.Out.WriteLine(discarded is ({ } mails, { } webhooks)
            ? Words.Pick($"ปล่อยอีเมลแล้ว ทิ้งอีเมล {mails} ฉบับ การแจ้งเว็บฮุก {webhooks} รายการ", $"mail is released; {mails} mails and {webhooks} webhook deliveries discarded")
            : Words.Pick("ไม่มีอีเมลที่พักไว้", "mail is not held"));
        return Verbs.Done;
    }
}
