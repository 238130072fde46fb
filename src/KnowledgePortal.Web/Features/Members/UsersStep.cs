using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>
/// <c>Users</c>: an account for everybody with an e-mail address, without a password: hashes and tokens of another site are never taken. People set
/// their own with the link for a forgotten password.
/// </summary>
public sealed class UsersStep(Accounts accounts) : IRecipeStep
{
    public string Name => "Users";

    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var user in context.Objects("Users"))
        {
            var name = LooseJson.Text(user.Member("UserName")) ?? "";
            if (EmailAddress.Normalise(LooseJson.Text(user.Member("Email"))) is not { } address) context.Report.Skip(name, "a person without an e-mail address");
            else if (user.Member("IsEnabled") is { } enabled && !LooseJson.Flag(enabled)) context.Report.Skip(address, "an account that is switched off");
            else await AddAsync(address, name, [.. user.Texts("RoleNames")], context);
            if (user.Member("PasswordHash") is not null) context.Report.Skip($"{name}.PasswordHash", "passwords of another site are never taken");
        }
    }

    private async Task AddAsync(string address, string name, IReadOnlyList<string> roles, RecipeStepContext context)
    {
        var (displayName, problem) = PersonName.Read(name);
        var person = new NewAccount(address, problem is null ? displayName : address, roles);
        if (await accounts.AddAsync(person, "account.create", Actor.System, context.Transaction) is not null) context.Report.Wrote(address);
    }
}
