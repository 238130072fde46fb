using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace KnowledgePortal.Tests.Api;

/// <summary>A request of a webhook.</summary>
public sealed record Told(IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A server that writes down what it is told.</summary>
public sealed class Receiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Receiver()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public ConcurrentQueue<Told> Requests { get; } = new();

    public IReadOnlyList<string> Events => [.. Requests.Select(r => JsonNode.Parse(r.Body)!["event"]!.ToString())];

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "ok";

    public string? Location { get; set; }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            await reader.ReadLineAsync();
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync() is { Length: > 0 } line) headers[line.Split(':', 2)[0]] = line.Split(':', 2)[1].Trim();
            var body = new StringBuilder();
            var length = int.Parse(headers["Content-Length"]);
            while (Encoding.UTF8.GetByteCount(body.ToString()) < length) body.Append((char)reader.Read());
            Requests.Enqueue(new Told(headers, body.ToString()));
            var answer = Encoding.UTF8.GetBytes($"HTTP/1.1 {Status} x\r\nContent-Length: {Encoding.UTF8.GetByteCount(Answer)}\r\nConnection: close\r\n{(Location is null ? "" : $"Location: {Location}\r\n")}\r\n{Answer}");
            try
            {
                await stream.WriteAsync(answer);
            }
            catch (IOException)
            {
                // who asked has read enough
            }
        }
    }
}
