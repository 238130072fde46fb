using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>An account of a demo, told once after set-up; the password is null when the operator chose it.</summary>
public sealed record DemoSignIn(string UserName, string DisplayName, string? Password);

/// <summary>
/// <c>DemoAccounts</c>: accounts to try a demo with. Each gets a password made at this run, or all get the operator's; only hashes are stored, and
/// no password stands in a recipe.
/// </summary>
public sealed class DemoAccountsStep(Accounts accounts, Passwords passwords, PortalSettings settings) : IRecipeStep
{
    // No letters that look like others; 16 of these 31 are 79 bits.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private readonly List<DemoSignIn> _made = [];

    public string Name => "DemoAccounts";

    public async Task ExecuteAsync(RecipeStepContext context)
    {
        if (settings.DemoPassword is { } chosen && PasswordRules.Problem(chosen, "") is { } problem) throw new InvalidRecipeException($"PORTAL_DEMO_PASSWORD: {problem}");
        var made = new List<DemoSignIn>();
        foreach (var person in context.Objects("Accounts"))
        {
            var userName = EmailAddress.Normalise(person["Email"]?.ToString()) ?? throw new InvalidRecipeException($"{Name}: an account has no e-mail address");
            var password = settings.DemoPassword ?? RandomNumberGenerator.GetString(Letters, 16);
            var roles = person["Roles"] is JsonArray names ? names.Select(n => n!.ToString()).ToArray() : [];
            var account = new NewAccount(userName, person["Name"]?.ToString() ?? userName, roles, passwords.Hash(password));
            if (await accounts.AddAsync(account, "account.create", Actor.System, context.Transaction) is not { } added)
            {
                context.Report.Skip(userName, "there is such an account already");
                continue;
            }
            await accounts.SetMembershipsAsync(added, [.. person.Texts("Groups").Where(ViewGroups.IsGroup)], Actor.System, context.Transaction);
            made.Add(new DemoSignIn(userName, account.DisplayName, settings.DemoPassword is null ? password : null));
        }
        context.Report.Written += made.Count;
        context.Transaction.AfterCommit(() => _made.AddRange(made));
    }

    /// <summary>What was made, to be told once.</summary>
    public IReadOnlyList<DemoSignIn> Take()
    {
        DemoSignIn[] made = [.. _made];
        _made.Clear();
        return made;
    }
}
