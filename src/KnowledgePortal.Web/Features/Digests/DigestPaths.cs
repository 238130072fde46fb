namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Addresses that stand in mails, without a leading slash. They must go on working as long as there are mails with them.</summary>
public static class DigestPaths
{
    public static string Confirm(string secret) => $"subscribe/confirm/{secret}";

    public static string Unsubscribe(string token) => $"unsubscribe/{token}";

    public static string Manage(string token) => $"subscription/{token}";
}
