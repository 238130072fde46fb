using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Sections of the site's settings, as recipes wrote them.</summary>
public sealed class SiteSettings(Database database)
{
    /// <summary>A section, or null when no recipe has set it.</summary>
    public async Task<JsonNode?> GetAsync(string name)
    {
        var document = await database.FirstAsync<string>("select document from site_settings where name = @name", new { name });
        return document is null ? null : JsonNode.Parse(document);
    }
}
