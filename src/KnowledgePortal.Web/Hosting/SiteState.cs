using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Whether there is a site in the data folder: migrated, and set up by a recipe.</summary>
public sealed class SiteState(Migrator migrator, SiteSettings settings)
{
    private volatile bool _isSetUp;

    /// <summary>Once set up, a site stays so: only the answer "no" is asked for again.</summary>
    public async Task<bool> IsSetUpAsync() =>
        _isSetUp || (_isSetUp = await migrator.IsCurrentAsync() && await settings.HasAnythingAsync());
}
