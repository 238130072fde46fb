namespace KnowledgePortal.Web.Features.Members;

/// <summary>Sends the mails about accounts.</summary>
public interface IAccountMail
{
    Task SendAsync(string toAddress, string toName, string subject, string text, string html);
}
