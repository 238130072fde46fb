namespace KnowledgePortal.Web.Mail;

/// <summary>An address with the name that readers see beside it; the name may be Thai.</summary>
public sealed record Mailbox(MailAddress Address, string? Name = null)
{
    /// <summary>Reads <c>Name &lt;address&gt;</c> or an address alone; null when there is no address in it.</summary>
    public static Mailbox? Parse(string? typed)
    {
        if (typed is null) return null;
        var open = typed.LastIndexOf('<');
        if (open < 0) return MailAddress.Parse(typed) is { } alone ? new Mailbox(alone) : null;
        var close = typed.IndexOf('>', open);
        if (close < 0 || typed[(close + 1)..].Trim().Length > 0 || MailAddress.Parse(typed[(open + 1)..close]) is not { } address) return null;
        var name = typed[..open].Trim();
        if (name.Length > 1 && name[0] == '"' && name[^1] == '"') name = name[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal);
        return new Mailbox(address, name.Length == 0 ? null : name);
    }

    public override string ToString() => Name is null ? Address.ToString() : $"{Name} <{Address}>";
}
