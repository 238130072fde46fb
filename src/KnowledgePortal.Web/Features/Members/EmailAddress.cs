using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>An address as a user name: one spelling for every mailbox, and always one that mail can be sent to.</summary>
public static class EmailAddress
{
    /// <summary>Null when the text is no address.</summary>
    public static string? Normalise(string? text) => MailAddress.Parse(text)?.Key;
}
