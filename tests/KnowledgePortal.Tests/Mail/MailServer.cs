using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Mail;
using Xunit;

namespace KnowledgePortal.Tests.Mail;

/// <summary>A real SMTP server with many faces, each on a port of its own; its certificates come from an authority made for this run.</summary>
public sealed class MailServer : IAsyncLifetime
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), To = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private readonly ConcurrentQueue<ServerEvent> _events = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private Dictionary<string, int> _ports = [];
    private Process? _process;
    private Task _listening = Task.CompletedTask;

    /// <summary>The authority that vouches for the server, and one that does not.</summary>
    public string Authority => Path.Combine(_folder.Path, "authority.pem");

    public string OtherAuthority => Path.Combine(_folder.Path, "other.pem");

    public SmtpServer Face(string face, SmtpTls tls = SmtpTls.Offered, SmtpCredentials? credentials = null, string? authority = null, string host = "127.0.0.1") =>
        new(host, _ports[face], tls, credentials, authority ?? Authority);

    public async ValueTask InitializeAsync()
    {
        if (!MailPeer.HasServer) return; // the tests say why they are skipped
        WriteCertificates();
        _process = MailPeer.Start("serve", Path.Combine(_folder.Path, "server.pem"), Path.Combine(_folder.Path, "server.key"));
        var first = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the mail server did not start");
        _ports = JsonDocument.Parse(first).RootElement.GetProperty("ports").Deserialize<Dictionary<string, int>>()!;
        _listening = ListenAsync(_process.StandardOutput);
    }

    /// <summary>The first event that fits, once it has come; the server reports a mail before it answers.</summary>
    internal async Task<ServerEvent> EventAsync(Func<ServerEvent, bool> fits)
    {
        while (true)
        {
            if (_events.FirstOrDefault(fits) is { } found) return found;
            if (_listening.IsFaulted) await _listening;
            if (!await _arrived.WaitAsync(Patience.Long)) throw new TimeoutException("the server reported no such event, but: " + string.Join('\n', _events));
        }
    }

    internal Task<ServerEvent> MailAsync(string messageId) => EventAsync(e => e.Parsed?.MessageId == $"<{messageId}>");

    internal int CountOf(string messageId) => _events.Count(e => e.Parsed?.MessageId == $"<{messageId}>");

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            await _listening;
            process.Dispose();
        }
        _folder.Dispose();
    }

    private async Task ListenAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            _events.Enqueue(JsonSerializer.Deserialize<ServerEvent>(line, JsonSerializerOptions.Web)!);
            _arrived.Release();
        }
    }

    private void WriteCertificates()
    {
        using var authority = MakeAuthority("Test authority");
        using var other = MakeAuthority("Another authority");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder(); // the address alone: reached as localhost, the name is wrong
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, From, To, [1, 2, 3]);
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(OtherAuthority, other.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.Path, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.Path, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(From, To);
    }
}

internal sealed record ServerEvent(
    string Event, string? Face, long Connection, bool Tls, bool SignedIn, string? Mechanism, bool Right, string? Sender, string[]? Recipients, string[]? Options, byte[]? Raw,
    ParsedMail? Parsed);
