using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Web.Hosting;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Api.Answers;

/// <summary>Reads the JSON object of a request strictly: what two readers might take for different things is refused.</summary>
public static class JsonBody
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const int MostBytes = 1024 * 1024;
    public const int MostDepth = 32;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="ApiRefusal">The body is of another media type, too large, or no JSON object that can be read in one way only.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, params IReadOnlyList<string> mediaTypes)
    {
        if (!IsOf(request, mediaTypes)) throw Refuse(ProblemKind.MediaType, $"ส่งเป็น {string.Join(" หรือ ", mediaTypes)}", $"send {string.Join(" or ", mediaTypes)}");
        var bytes = await BytesAsync(request);
        try
        {
            Check(bytes);
            return JsonNode.Parse(bytes, documentOptions: new() { MaxDepth = MostDepth, AllowDuplicateProperties = false }) as JsonObject
                ?? throw Refuse(ProblemKind.Malformed, "เนื้อหาต้องเป็นวัตถุ JSON", "the body must be a JSON object");
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw Refuse(ProblemKind.Malformed, "JSON ไม่ถูกต้อง: ชื่อซ้ำ ตัวเลขใหญ่เกิน ตัวอักษรเสีย หรือซ้อนลึกเกิน 32 ชั้น",
                "the JSON is not sound: a name twice, a number out of range, a broken character, or more than 32 levels");
        }
    }

    private static bool IsOf(HttpRequest request, IReadOnlyList<string> mediaTypes) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var sent) && mediaTypes.Contains(sent.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (sent.Charset.Length == 0 || sent.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) && request.Headers.ContentEncoding.Count == 0;

    private static async Task<byte[]> BytesAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes) throw TooLarge();
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (read.Length + count > MostBytes) throw TooLarge();
            read.Write(buffer, 0, count);
        }
        return read.ToArray();
    }

    // The reader of nodes is lazy: half a character or 1e999 would come to light only where it is used.
    private static void Check(byte[] bytes)
    {
        Strict.GetCharCount(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MostDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.GetString()!.Contains('\0')) throw new JsonException("NUL");
            if (reader.TokenType == JsonTokenType.Number && !(reader.TryGetDouble(out var number) && double.IsFinite(number))) throw new JsonException("out of range");
        }
    }

    private static ApiRefusal TooLarge() => Refuse(ProblemKind.TooLarge, $"ส่งได้ไม่เกิน {MostBytes / 1024} กิโลไบต์", $"at most {MostBytes / 1024} kilobytes");

    private static ApiRefusal Refuse(ProblemKind kind, string thai, string english) => new(new ApiProblem(kind, new Phrase(thai, english)));
}
