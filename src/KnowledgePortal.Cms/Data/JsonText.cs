using System.Text.Encodings.Web;
using System.Text.Json;

namespace KnowledgePortal.Cms.Data;

/// <summary>How JSON is read and written in storage: Thai stays readable, comments and trailing commas are forgiven.</summary>
public static class JsonText
{
    /// <summary>For writing. The relaxed encoder is safe here because stored JSON is never put into HTML as it is.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For reading what people write by hand, such as recipes.</summary>
    public static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 64,
    };
}
