using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Mail;

/// <summary>A mail in the folder, as an administrator's page shows it.</summary>
public sealed record StoredMail(string Id, DateTimeOffset Time, ReadableMail Content);

/// <summary>Keeps mails as <c>.eml</c> files that any mail program opens: for a site that has no mail server.</summary>
public sealed partial class FolderTransport(MailSettings settings, TimeProvider clock) : IMailTransport
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss.fff'Z'";

    public async Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver = null, CancellationToken cancellation = default)
    {
        var content = DotStuffing.Checked(envelope.Content); // what no server would take is not taken here either
        cancellation.ThrowIfCancellationRequested();
        if (beforeHandOver is not null) await beforeHandOver();
        var id = $"{clock.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            CreateFolder();
            await DurableFile.WriteAsync(PathOf(id), stream => stream.WriteAsync(content, CancellationToken.None).AsTask());
            return new SendOutcome.Accepted($"kept as {id}.eml");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SendOutcome.Deferred(SmtpStage.Message, null, null, error.Message);
        }
    }

    public Task<string?> CheckAsync(CancellationToken cancellation = default)
    {
        try
        {
            CreateFolder();
            return Task.FromResult<string?>(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>(error.Message);
        }
    }

    public int Count => Ids().Count();

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<StoredMail>> ListAsync(int skip, int top)
    {
        var mails = new List<StoredMail>();
        foreach (var id in Ids().OrderDescending(StringComparer.Ordinal).Skip(skip).Take(top))
            if (await FindAsync(id) is { } mail) mails.Add(mail);
        return mails;
    }

    /// <summary>Null when there is no such mail.</summary>
    public async Task<StoredMail?> FindAsync(string id)
    {
        if (!Names().IsMatch(id) || !File.Exists(PathOf(id))) return null;
        return DateTimeOffset.TryParseExact(id[..id.IndexOf('-', StringComparison.Ordinal)], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new StoredMail(id, time, MimeReader.Read(await File.ReadAllBytesAsync(PathOf(id))))
            : null;
    }

    private IEnumerable<string> Ids() => Directory.Exists(settings.Folder)
        ? Directory.EnumerateFiles(settings.Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)).Where(id => Names().IsMatch(id))
        : [];

    private string PathOf(string id) => Path.Combine(settings.Folder, id + ".eml");

    // Links in these mails open accounts: nobody else on the machine reads them.
    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(settings.Folder);
        else Directory.CreateDirectory(settings.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(@"\A\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{8}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Names();
}
