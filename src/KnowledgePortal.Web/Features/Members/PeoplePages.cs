namespace KnowledgePortal.Web.Features.Members;

/// <summary>What is typed to invite somebody.</summary>
public sealed record InviteInput
{
    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    public string[]? Roles { get; init; }
}

/// <summary>The list of people, and the form that invites.</summary>
public sealed record PeoplePage(
    IReadOnlyList<Account> People, long Total, string Words, int Page, int PageCount, IReadOnlyList<RoleChoice> Roles, InviteInput Invite, string? Done);

/// <summary>One person, as somebody sees them who manages accounts.</summary>
public sealed record PersonPage(Account Person, IReadOnlyList<RoleChoice> Roles, IReadOnlyList<MembershipChoice> Memberships, bool IsSelf, string? Done)
{
    /// <summary>What stands in the boxes: what was chosen and refused, or what is stored.</summary>
    public IReadOnlyCollection<string> Chosen { get; init; } = Person.Memberships;
}
