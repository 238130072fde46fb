using System.Diagnostics;
using System.Text.Json;
using KnowledgePortal.Tests.Support;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

/// <summary>The system's Python, which reads and receives mail with code that is not ours.</summary>
internal static class MailPeer
{
    private const string Python = "/usr/bin/python3";

    public static void NeedPython() => Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");

    public static bool HasServer { get; } = File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd");

    public static void NeedServer() => Assert.SkipUnless(HasServer, "python3-aiosmtpd is not installed");

    public static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Python, ["-B", Repository.File("tests", "KnowledgePortal.Tests", "Mail", "mail_peer.py"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>What Python's e-mail package makes of many messages, in one process.</summary>
    public static async Task<IReadOnlyList<ParsedMail>> ParseAsync(IEnumerable<byte[]> messages)
    {
        using var process = Start("parse");
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var message in messages) await process.StandardInput.WriteLineAsync(Convert.ToBase64String(message));
        process.StandardInput.Close();
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ParsedMail>(line, JsonSerializerOptions.Web)!)];
    }
}

internal sealed record ParsedMail(
    string[] From, string[] To, string Subject, DateTimeOffset Date, string MessageId, string[][] Headers, string[] Defects, string[] Types, string? Text, string? Html,
    ParsedAttachment[] Attachments)
{
    public string[] Values(string name) => [.. Headers.Where(h => h[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h[1])];
}

internal sealed record ParsedAttachment(string Name, string Type, byte[] Content);
