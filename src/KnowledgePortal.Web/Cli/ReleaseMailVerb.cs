using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>release-mail [--discard]</c>: ends the hold that a restore has put on mail.</summary>
public sealed class ReleaseMailVerb : IVerb
{
    private const string Discard = "--discard";

    public string Name => "release-mail";

    public string Arguments => "[--discard]";

    public string Summary => Words.Pick(
        "ปล่อยอีเมลที่พักไว้หลังกู้คืนข้อมูล --discard ทิ้งฉบับที่รออยู่ เพราะอาจส่งไปแล้วก่อนกู้คืน",
        "lets mail go that is held since a restore; --discard drops what waits, because it may have been sent before");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments is not ([] or [Discard])) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        var discarded = await site.GetRequiredService<HeldDigests>().ReleaseAsync(arguments is [Discard], Actor.System);
        Console.Out.WriteLine(discarded is { } count
            ? Words.Pick($"ปล่อยอีเมลแล้ว ทิ้ง {count} ฉบับ", $"mail is released, {count} discarded")
            : Words.Pick("ไม่มีอีเมลที่พักไว้", "mail is not held"));
        return Verbs.Done;
    }
}
