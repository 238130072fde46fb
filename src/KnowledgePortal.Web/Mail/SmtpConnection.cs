using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KnowledgePortal.Web.Mail;

/// <summary>
/// How long to wait. <paramref name="FinalDot"/> is RFC 5321's: who gives up earlier makes duplicates. <paramref name="Budget"/> is for all that comes before
/// it, so that a server that drips its answers holds nobody for long.
/// </summary>
public sealed record SmtpTimeouts(TimeSpan Connect, TimeSpan Command, TimeSpan FinalDot, TimeSpan Budget)
{
    public static SmtpTimeouts Default { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(3));
}

/// <summary>
/// One connection to a submission server (RFC 6409), open for one mail after another. Longer than the house's 60 lines because it is one conversation,
/// read from top to bottom.
/// </summary>
internal sealed class SmtpConnection : IDisposable
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly TcpClient _client;
    private readonly SmtpTimeouts _timeouts;
    private readonly HashSet<string> _extensions = new(StringComparer.OrdinalIgnoreCase);
    private string[] _mechanisms = [];
    private long _sizeLimit;
    private SmtpWire _wire;
    private bool _needsReset;

    private SmtpConnection(TcpClient client, SmtpTimeouts timeouts)
    {
        _client = client;
        _timeouts = timeouts;
        _wire = new SmtpWire(client.GetStream());
    }

    /// <summary>False once the talk has been lost in the middle.</summary>
    public bool IsUsable { get; private set; } = true;

    public int Sent { get; private set; }

    /// <exception cref="SmtpFault">No connection that satisfies the settings.</exception>
    public static async Task<SmtpConnection> OpenAsync(SmtpServer server, SmtpTimeouts timeouts, CancellationToken cancellation)
    {
        var connection = new SmtpConnection(await ConnectAsync(server, timeouts, cancellation), timeouts);
        try
        {
            await connection.GreetAsync(server, cancellation);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="SmtpFault">The connection failed before anything was handed over.</exception>
    public async Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver, CancellationToken cancellation)
    {
        var data = DotStuffing.Write(envelope.Content.Span);
        if (Obstacle(envelope) is { } obstacle) return obstacle;
        IsUsable = false; // until the talk has come to an agreed end
        if (await AgreeAsync(envelope, cancellation) is { } refusal) return refusal;
        if (beforeHandOver is not null) await beforeHandOver();
        return await HandOverAsync(data);
    }

    /// <summary>Says goodbye, if the server still listens.</summary>
    public async Task QuitAsync()
    {
        try
        {
            if (IsUsable) await CommandAsync("QUIT", SmtpStage.Connection, FarewellTime, CancellationToken.None);
        }
        catch (SmtpFault)
        {
            // Every mail is settled; a server that has already gone needs no goodbye.
        }
        Dispose();
    }

    public void Dispose()
    {
        IsUsable = false;
        _wire.Stream.Dispose();
        _client.Dispose();
    }

    private static async Task<TcpClient> ConnectAsync(SmtpServer server, SmtpTimeouts timeouts, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true }; // with Nagle's algorithm every mail would wait for a delayed acknowledgement
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(timeouts.Connect);
        try
        {
            await client.ConnectAsync(server.Host, server.Port, time.Token);
            return client;
        }
        catch (Exception error)
        {
            client.Dispose();
            if (error is SocketException) throw new SmtpFault(SmtpStage.Connection, $"no connection to {server}: {error.Message}");
            if (error is OperationCanceledException && !cancellation.IsCancellationRequested) throw new SmtpFault(SmtpStage.Connection, $"no connection to {server} in time");
            throw;
        }
    }

    private async Task GreetAsync(SmtpServer server, CancellationToken cancellation)
    {
        if (server.Tls == SmtpTls.Implicit) await EncryptAsync(server, cancellation);
        Require(await _wire.ReadAsync(SmtpStage.Connection, _timeouts.Command, cancellation), SmtpStage.Connection);
        await HelloAsync(cancellation);
        if (server.Tls == SmtpTls.Required || server.Tls == SmtpTls.Offered && _extensions.Contains("STARTTLS"))
        {
            if (!_extensions.Contains("STARTTLS")) throw new SmtpFault(SmtpStage.Tls, $"{server} offers no STARTTLS");
            Require(await CommandAsync("STARTTLS", SmtpStage.Tls, _timeouts.Command, cancellation), SmtpStage.Tls);
            if (_wire.HasUnread) throw new SmtpFault(SmtpStage.Tls, $"{server} spoke before the encryption began");
            await EncryptAsync(server, cancellation);
            await HelloAsync(cancellation); // what was said in the clear does not count
        }
        if (server.Credentials is { } credentials) await AuthenticateAsync(credentials, cancellation);
    }

    private async Task EncryptAsync(SmtpServer server, CancellationToken cancellation)
    {
        var tls = new SslStream(_wire.Stream);
        _wire = new SmtpWire(tls);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(_timeouts.Command);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host, CertificateChainPolicy = Policy(server.CaFile) }, time.Token);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new SmtpFault(SmtpStage.Tls, $"{server} cannot be trusted or cannot encrypt: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpFault(SmtpStage.Tls, $"{server} did not finish the TLS handshake in time");
        }
    }

    private static X509ChainPolicy? Policy(string? caFile)
    {
        if (caFile is null) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }

    private async Task HelloAsync(CancellationToken cancellation)
    {
        var reply = await CommandAsync($"EHLO {AddressLiteral()}", SmtpStage.Connection, _timeouts.Command, cancellation);
        Require(reply, SmtpStage.Connection);
        _extensions.Clear();
        (_mechanisms, _sizeLimit) = ([], 0);
        foreach (var words in reply.Lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0))
        {
            _extensions.Add(words[0]);
            if (words[0].Equals("AUTH", StringComparison.OrdinalIgnoreCase)) _mechanisms = [.. words.Skip(1).Select(word => word.ToUpperInvariant())];
            if (words[0].Equals("SIZE", StringComparison.OrdinalIgnoreCase) && words.Length > 1)
                _ = long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out _sizeLimit);
        }
    }

    // A name would have to resolve; an address literal is right on every machine.
    private string AddressLiteral()
    {
        var address = ((IPEndPoint)_client.Client.LocalEndPoint!).Address;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6) address.ScopeId = 0;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }

    private async Task AuthenticateAsync(SmtpCredentials credentials, CancellationToken cancellation)
    {
        if (_wire.Stream is not SslStream && !IPAddress.IsLoopback(((IPEndPoint)_client.Client.RemoteEndPoint!).Address))
            throw new SmtpFault(SmtpStage.Authentication, "the server offers no encryption, and the password is not sent without it");
        var reply = _mechanisms.Contains("PLAIN") ? await SayAsync($"AUTH PLAIN {Base64($"\0{credentials.User}\0{credentials.Password}")}")
            : _mechanisms.Contains("LOGIN") ? await LogInAsync()
            : throw new SmtpFault(SmtpStage.Authentication, "the server offers neither AUTH PLAIN nor AUTH LOGIN, and mail is not sent without signing in");
        // Only the codes: some servers repeat the command, and the password with it.
        if (!reply.IsAccepted) throw new SmtpFault(SmtpStage.Authentication, $"the server refused the user name and password: {reply.Code} {reply.EnhancedCode}".TrimEnd(), reply);

        async Task<SmtpReply> LogInAsync()
        {
            var prompt = await SayAsync("AUTH LOGIN");
            if (prompt.Code == 334) prompt = await SayAsync(Base64(credentials.User));
            return prompt.Code == 334 ? await SayAsync(Base64(credentials.Password)) : prompt;
        }

        Task<SmtpReply> SayAsync(string line) => CommandAsync(line, SmtpStage.Authentication, _timeouts.Command, cancellation);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // What the server's own words already rule out.
    private SendOutcome.Refused? Obstacle(Envelope envelope)
    {
        if (NeedsUtf8(envelope) && !_extensions.Contains("SMTPUTF8"))
            return new SendOutcome.Refused(envelope.Recipient.NeedsUtf8 ? SmtpStage.Recipient : SmtpStage.Sender, 553, "5.6.7", "553 5.6.7 the server takes no address that is not ASCII");
        if (!_extensions.Contains("8BITMIME") && !Ascii.IsValid(envelope.Content.Span))
            return new SendOutcome.Refused(SmtpStage.Message, 554, "5.6.3", "554 5.6.3 the server takes 7-bit mail only");
        if (_sizeLimit > 0 && envelope.Content.Length > _sizeLimit)
            return new SendOutcome.Refused(SmtpStage.Message, 552, "5.3.4", string.Create(CultureInfo.InvariantCulture, $"552 5.3.4 the server takes at most {_sizeLimit} octets"));
        return null;
    }

    private static bool NeedsUtf8(Envelope envelope)
    {
        var content = envelope.Content.Span;
        var end = content.IndexOf("\r\n\r\n"u8);
        return envelope.Sender.NeedsUtf8 || envelope.Recipient.NeedsUtf8 || !Ascii.IsValid(end < 0 ? content : content[..end]);
    }

    /// <summary>Everything up to the server's leave to send; null when it was given.</summary>
    private async Task<SendOutcome?> AgreeAsync(Envelope envelope, CancellationToken cancellation)
    {
        var commands = new List<(string Line, SmtpStage Stage)> { (MailFrom(envelope), SmtpStage.Sender), ($"RCPT TO:<{envelope.Recipient}>", SmtpStage.Recipient), ("DATA", SmtpStage.Message) };
        if (_needsReset) commands.Insert(0, ("RSET", SmtpStage.Connection));
        _needsReset = false;
        var isPipelined = _extensions.Contains("PIPELINING");
        if (isPipelined) await WriteAsync(string.Join("\r\n", commands.Select(c => c.Line)), commands[0].Stage, _timeouts.Command, cancellation);
        SendOutcome? refusal = null;
        foreach (var (line, stage) in commands)
        {
            if (!isPipelined) await WriteAsync(line, stage, _timeouts.Command, cancellation);
            var reply = await _wire.ReadAsync(stage, _timeouts.Command, cancellation);
            if (reply.IsFarewell) return refusal ?? reply.Refusal(stage);
            if (refusal is not null)
            {
                if (reply.Code == 354) return refusal; // it waits for a mail without a recipient: this talk is over
                continue;
            }
            if (stage == SmtpStage.Message ? reply.Code == 354 : reply.IsAccepted) continue;
            if (stage == SmtpStage.Connection || reply.Code < 400) throw new SmtpFault(stage, $"unexpected answer: {reply}", reply);
            refusal = reply.Refusal(stage);
            if (!isPipelined) break;
        }
        if (refusal is not null) IsUsable = _needsReset = true;
        return refusal;
    }

    private string MailFrom(Envelope envelope)
    {
        var command = new StringBuilder($"MAIL FROM:<{envelope.Sender}>");
        if (_extensions.Contains("SIZE")) command.Append(CultureInfo.InvariantCulture, $" SIZE={envelope.Content.Length}");
        if (!Ascii.IsValid(envelope.Content.Span)) command.Append(" BODY=8BITMIME");
        if (NeedsUtf8(envelope)) command.Append(" SMTPUTF8");
        return command.ToString();
    }

    // One write for the whole mail. From here only the server's word is certain; nothing cancels.
    private async Task<SendOutcome> HandOverAsync(ReadOnlyMemory<byte> data)
    {
        try
        {
            await _wire.WriteAsync(data, SmtpStage.Message, _timeouts.FinalDot, CancellationToken.None);
            var reply = await _wire.ReadAsync(SmtpStage.Message, _timeouts.FinalDot, CancellationToken.None);
            if (reply.Code is >= 300 and < 400) return new SendOutcome.Uncertain(string.Create(CultureInfo.InvariantCulture, $"unexpected answer {reply.Code}"));
            IsUsable = !reply.IsFarewell;
            if (!reply.IsAccepted) return reply.Refusal(SmtpStage.Message);
            Sent++;
            return new SendOutcome.Accepted(reply.ToString());
        }
        catch (SmtpFault fault)
        {
            return new SendOutcome.Uncertain(fault.Message);
        }
    }

    private static void Require(SmtpReply reply, SmtpStage stage)
    {
        if (!reply.IsAccepted) throw new SmtpFault(stage, $"the server refused: {reply}", reply);
    }

    private async Task<SmtpReply> CommandAsync(string line, SmtpStage stage, TimeSpan limit, CancellationToken cancellation)
    {
        await WriteAsync(line, stage, limit, cancellation);
        return await _wire.ReadAsync(stage, limit, cancellation);
    }

    private Task WriteAsync(string line, SmtpStage stage, TimeSpan limit, CancellationToken cancellation) =>
        _wire.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stage, limit, cancellation);
}
