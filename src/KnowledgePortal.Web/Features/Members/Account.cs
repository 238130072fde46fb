using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Somebody who may sign in. The password's hash is not part of it, so that it never travels to a view or a log.</summary>
public sealed record Account
{
    public string AccountId { get; init; } = "";

    /// <summary>The e-mail address in lower case.</summary>
    public string UserName { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public bool IsEnabled { get; init; }

    /// <summary>False until the invitation is accepted.</summary>
    public bool HasPassword { get; init; }

    public string CreatedUtc { get; init; } = "";

    public string? SignedInUtc { get; init; }

    public IReadOnlyList<string> Roles => RoleLines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool IsAdministrator => Roles.Contains(RolePermissions.Administrator);

    /// <summary>The communities and agencies that the person belongs to, as view groups name them.</summary>
    public IReadOnlyList<string> Memberships => GroupLines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As the statement joins them.</summary>
    public string RoleLines { get; init; } = "";

    /// <summary>As the statement joins them.</summary>
    public string GroupLines { get; init; } = "";
}
