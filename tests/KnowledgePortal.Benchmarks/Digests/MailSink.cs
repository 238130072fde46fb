using System.Net;
using System.Net.Sockets;

namespace KnowledgePortal.Benchmarks.Digests;

/// <summary>An SMTP server that takes everything and keeps nothing, so that what is timed is the sender.</summary>
internal sealed class MailSink : IDisposable
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the benchmark is over
        }
    }

    private static async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var buffer = new byte[256 * 1024];
        var (filled, inData) = (0, false);
        await stream.WriteAsync("220 sink\r\n"u8.ToArray());
        while (await stream.ReadAsync(buffer.AsMemory(filled)) is > 0 and var read)
        {
            filled += read;
            while (Next(buffer.AsSpan(0, filled), inData) is > 0 and var taken)
            {
                var line = buffer.AsSpan(0, taken);
                var answer = inData ? "250 2.0.0 taken\r\n" : Answer(line);
                inData = !inData && line.StartsWith("DATA"u8);
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
            }
        }
    }

    private static int Next(ReadOnlySpan<byte> octets, bool inData)
    {
        var end = inData ? octets.IndexOf(End) : octets.IndexOf("\r\n"u8);
        return end < 0 ? 0 : end + (inData ? End.Length : 2);
    }

    private static string Answer(ReadOnlySpan<byte> line) =>
        line.StartsWith("EHLO"u8) ? "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n" : line.StartsWith("DATA"u8) ? "354 go on\r\n" : line.StartsWith("QUIT"u8) ? "221 bye\r\n" : "250 ok\r\n";
}
