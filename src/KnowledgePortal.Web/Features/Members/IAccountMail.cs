namespace KnowledgePortal.Web.Features.Members;

/// <summary>Sends the mails about accounts.</summary>
public interface IAccountMail
{
    /// <exception cref="MailNotSentException">Nobody took the mail.</exception>
    Task SendAsync(string toAddress, string toName, string subject, string text, string html);
}

/// <summary>Nobody took a mail; the message is for the log and names no person.</summary>
public sealed class MailNotSentException(string message) : Exception(message);
