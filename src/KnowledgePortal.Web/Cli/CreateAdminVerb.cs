using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>create-admin EMAIL</c>: adds an administrator, with a link that sets the password once or with a password from standard input.</summary>
public sealed class CreateAdminVerb : IVerb
{
    private const string NameOption = "--name";
    private const string PasswordOption = "--password-stdin";

    public string Name => "create-admin";

    public string Arguments => "EMAIL [--name NAME] [--password-stdin]";

    public string Summary => Words.Pick(
        "เพิ่มผู้ดูแลระบบ แล้วแสดงลิงก์สำหรับตั้งรหัสผ่านครั้งเดียว หรืออ่านรหัสผ่านจาก standard input",
        "adds an administrator and prints a link that sets the password once, or reads the password from standard input");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (Read(arguments) is not { } request) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
            return Refuse("ยังไม่ได้ตั้งค่าเว็บไซต์ หรือต้องปรับฐานข้อมูลก่อน", "there is no site in the data folder, or its database is of another version");
        if (EmailAddress.Normalise(request.Email) is not { } userName) return Refuse($"\"{request.Email}\" ไม่ใช่อีเมล", $"\"{request.Email}\" is not an e-mail address");
        var (displayName, problem) = PersonName.Read(request.DisplayName ?? userName);
        if (problem is not null) return Refuse($"ชื่อ: {problem}", "the name is too long or holds hidden characters");
        var person = new NewAccount(userName, displayName, [RolePermissions.Administrator]);
        return request.ReadsPassword ? await WithPasswordAsync(person, site) : await WithLinkAsync(person, site);
    }

    private sealed record Request(string Email, string? DisplayName, bool ReadsPassword);

    private static Request? Read(string[] arguments)
    {
        string? email = null, name = null;
        var readsPassword = false;
        for (var at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] == PasswordOption) readsPassword = true;
            else if (arguments[at] == NameOption && at + 1 < arguments.Length) name = arguments[++at];
            else if (email is null && !arguments[at].StartsWith("--", StringComparison.Ordinal)) email = arguments[at];
            else return null;
        }
        return email is null ? null : new Request(email, name, readsPassword);
    }

    private static async Task<int> WithLinkAsync(NewAccount person, IServiceProvider site)
    {
        if (await site.GetRequiredService<Invitations>().InviteAsync(person, Actor.System) is not { } invitation) return Exists(person);
        Console.Out.WriteLine(Words.Pick(
            $"เพิ่มผู้ดูแลระบบ {person.UserName} แล้ว ตั้งรหัสผ่านที่ลิงก์นี้ ใช้ได้ครั้งเดียว ภายใน 7 วัน",
            $"{person.UserName} is an administrator; set the password at this link, once, within 7 days"));
        Console.Out.WriteLine(site.GetRequiredService<AccountMails>().InvitationLink(invitation.Token));
        return Verbs.Done;
    }

    private static async Task<int> WithPasswordAsync(NewAccount person, IServiceProvider site)
    {
        var password = await Console.In.ReadLineAsync() ?? "";
        if (PasswordRules.Problem(password, person.UserName) is { } problem)
            return Refuse(problem, $"the password must have {PasswordRules.Shortest} to {PasswordRules.Longest} characters and not be a common one or the address itself");
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        var hashed = person with { PasswordHash = site.GetRequiredService<Passwords>().Hash(password) };
        if (await site.GetRequiredService<Accounts>().AddAsync(hashed, "account.create", Actor.System, transaction) is null) return Exists(person);
        await transaction.CommitAsync();
        Console.Out.WriteLine(Words.Pick($"เพิ่มผู้ดูแลระบบ {person.UserName} แล้ว", $"{person.UserName} is an administrator"));
        return Verbs.Done;
    }

    private static int Exists(NewAccount person) => Refuse($"มีบัญชี {person.UserName} อยู่แล้ว", $"there is an account {person.UserName} already");

    private static int Refuse(string thai, string english)
    {
        Console.Error.WriteLine(Words.Pick(thai, english));
        return Verbs.Refused;
    }
}
