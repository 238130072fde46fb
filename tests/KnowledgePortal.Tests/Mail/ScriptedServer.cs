using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KnowledgePortal.Tests.Mail;

/// <summary>A server that says exactly what a test tells it to, for the answers that no real server gives.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    /// <param name="talk">Reads lines and writes answers; when it returns, the connection is closed.</param>
    public ScriptedServer(Func<Talk, Task> talk)
    {
        _listener.Start();
        _work = AcceptAsync(talk);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>A server that accepts every mail and answers each line as <paramref name="answer"/> does; null leaves the usual answer.</summary>
    public static ScriptedServer Answering(Func<string, string?> answer, string extensions = "") => new(async talk =>
    {
        await talk.SayAsync("220 ready");
        while (await talk.HearAsync() is { } line)
        {
            var usual = line.Split(' ', ':')[0] switch { "EHLO" => extensions + "250 hello", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" };
            var said = answer(line) ?? usual;
            if (said == "hang up") return;
            if (said == "silence") await talk.WaitForTheEndAsync();
            await talk.SayAsync(said);
            if (!said.StartsWith("354", StringComparison.Ordinal)) continue;
            while (await talk.HearAsync() is { } content && content != ".") { }
            await talk.SayAsync(answer(".") ?? "250 taken");
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync(Func<Talk, Task> talk)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                talks.Add(ServeAsync(client, talk));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Talk, Task> talk)
    {
        using (client)
        {
            try { await talk(new Talk(client.GetStream(), _end.Token)); }
            catch (Exception error) when (error is IOException or OperationCanceledException) { } // the client left, or the test is over
        }
    }

    public sealed class Talk(NetworkStream stream, CancellationToken end)
    {
        private readonly StreamReader _reader = new(stream, Encoding.UTF8);

        public Task SayAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), end).AsTask();

        public async Task<string?> HearAsync() => await _reader.ReadLineAsync(end);

        /// <summary>Keeps the connection open and silent until the test cancels it; no time passes by itself.</summary>
        public Task WaitForTheEndAsync() => Task.Delay(Timeout.Infinite, end);
    }
}
