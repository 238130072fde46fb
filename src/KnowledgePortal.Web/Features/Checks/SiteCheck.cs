using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>Asks every invariant of the site.</summary>
public sealed class SiteCheck(IEnumerable<IInvariant> invariants)
{
    private readonly IInvariant[] _invariants = [.. invariants];

    public IReadOnlyList<Phrase> Names => [.. _invariants.Select(i => i.Name)];

    /// <returns>What is broken; nothing on a sound site.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(bool isDeep)
    {
        var inspection = new Inspection(isDeep);
        foreach (var invariant in _invariants)
        {
            inspection.Begin(invariant.Name);
            await invariant.CheckAsync(inspection);
        }
        return inspection.Findings;
    }
}
