namespace KnowledgePortal.Web.Mail;

/// <summary>A mail that no server may be given: a header, a name or a line that RFC 5322 does not allow.</summary>
public sealed class MailFormatException(string message) : FormatException(message);
