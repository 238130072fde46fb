namespace KnowledgePortal.Web.Mail;

/// <summary>How far the talk with a server had come.</summary>
public enum SmtpStage
{
    Connection,
    Tls,
    Authentication,
    Sender,
    Recipient,
    Message,
}

/// <summary>What became of one mail.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The server has it and answers for it.</summary>
    public sealed record Accepted(string Reply) : SendOutcome;

    /// <summary>The server will never take this mail (5xx).</summary>
    public sealed record Refused(SmtpStage Stage, int Code, string? EnhancedCode, string Reply) : SendOutcome
    {
        /// <summary>True when the address is at fault, so that no further mail should go to it. 5.7.x is about policy: an alarm, not a dead address.</summary>
        public bool IsAboutRecipient => Stage == SmtpStage.Recipient && EnhancedCode?.StartsWith("5.7.", StringComparison.Ordinal) != true;
    }

    /// <summary>Nothing was taken and it may be sent again later: a 4xx, no connection, or a fault between the portal and its server.</summary>
    public sealed record Deferred(SmtpStage Stage, int? Code, string? EnhancedCode, string Reply) : SendOutcome
    {
        /// <summary>True when waiting will not help: an operator has to mend the certificate or the password.</summary>
        public bool NeedsOperator => Stage == SmtpStage.Tls || Stage == SmtpStage.Authentication && Code is null or >= 500;
    }

    /// <summary>
    /// The connection was lost after the mail had gone out and before the answer came. SMTP cannot tell whether it was taken (RFC 1047):
    /// send the same bytes once more, and the receiver sees one Message-ID.
    /// </summary>
    public sealed record Uncertain(string Reason) : SendOutcome;
}
