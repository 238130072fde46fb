namespace KnowledgePortal.Web.Mail;

/// <summary>Hands mails over, to a server or to a folder.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Sends one mail. <paramref name="beforeHandOver"/> runs when everything but the mail itself has been agreed: the place to note that from here on a
    /// crash leaves it uncertain. Cancellation counts until then; afterwards the answer is awaited, because leaving would make a certain mail uncertain.
    /// </summary>
    Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver = null, CancellationToken cancellation = default);

    /// <summary>Null when mail could be handed over now; otherwise why not. Sends nothing.</summary>
    Task<string?> CheckAsync(CancellationToken cancellation = default);
}
