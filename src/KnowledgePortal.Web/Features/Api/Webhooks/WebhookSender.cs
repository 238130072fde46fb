using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Api.Webhooks;

/// <summary>
/// Sends one delivery. The host is looked up once and the connection goes to the address that was looked at, so that a name cannot mean one thing to the
/// check and another to the connection; redirects are not followed; time and answer are bounded.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const int MostAnswerBytes = 64 * 1024;
    private const int KeptCharacters = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _patience;
    private readonly HttpClient _client;
    private readonly IReadOnlyList<string> _allowedHosts;

    public WebhookSender(PortalSettings settings) : this(settings, Patience)
    {
    }

    /// <param name="settings">Say which hosts of the own network may be told.</param>
    /// <param name="patience">How long a receiver may take.</param>
    public WebhookSender(PortalSettings settings, TimeSpan patience)
    {
        (_allowedHosts, _patience) = (settings.WebhookHosts, patience);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = patience, ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), MaxResponseHeadersLength = 16,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Why an address cannot be told anything; null when it can, as far as can be seen without asking.</summary>
    public string? Refusal(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) return "ที่อยู่ต้องขึ้นต้นด้วย https:// หรือ http://";
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0) return "ที่อยู่ต้องไม่มีชื่อผู้ใช้ รหัสผ่าน หรือ #";
        return IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var ip) && !PublicAddress.Is(ip) && !IsAllowed(uri.IdnHost) ? "ที่อยู่นี้อยู่ในเครือข่ายภายใน" : null;
    }

    public async Task<WebhookAnswer> SendAsync(string address, byte[] secret, WebhookDelivery delivery, DateTimeOffset now, CancellationToken cancellation)
    {
        if (Refusal(address) is { } refusal) return new WebhookAnswer(null, refusal);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            using var request = Request(address, secret, delivery, now);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new WebhookAnswer((int)response.StatusCode, await TextAsync(response, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAnswer(null, $"ไม่ตอบภายใน {_patience.TotalSeconds} วินาที");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            return new WebhookAnswer(null, error.InnerException is ClosedAddressException closed ? closed.Message : "ต่อไม่ติด");
        }
    }

    /// <summary>As Standard Webhooks signs: HMAC-SHA256 over id, time and body with dots between them, in base64.</summary>
    public static string Sign(byte[] secret, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"))));

    private static HttpRequestMessage Request(string address, byte[] secret, WebhookDelivery delivery, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("KnowledgePortal", "1"));
        request.Headers.Add("webhook-id", delivery.DeliveryId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Sign(secret, delivery.DeliveryId, now.ToUnixTimeSeconds(), delivery.Body));
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var found = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellation);
        if (found.Length == 0 || !IsAllowed(host) && !found.All(PublicAddress.Is)) throw new ClosedAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host) => _allowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostAnswerBytes];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        var text = new string([.. Encoding.UTF8.GetString(buffer, 0, read).Where(c => !char.IsControl(c))]);
        return text.Length > KeptCharacters ? text[..KeptCharacters] : text;
    }

    public void Dispose() => _client.Dispose();

    private sealed class ClosedAddressException() : IOException("ที่อยู่นี้อยู่ในเครือข่ายภายใน");
}
