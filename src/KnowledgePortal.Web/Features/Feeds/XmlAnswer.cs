using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>XML with a tag of its bytes: who has it already gets 304.</summary>
public static class XmlAnswer
{
    public static FileContentResult Of(HttpContext context, string type, Action<XmlWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            writer.WriteStartDocument();
            write(writer);
        }
        var bytes = stream.ToArray();
        if (context.User.Identity?.IsAuthenticated != true) context.Response.Headers.CacheControl = "public, no-cache";
        return new FileContentResult(bytes, $"{type}; charset=utf-8") { EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"") };
    }
}
