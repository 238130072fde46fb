using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>Something that is not as it must be.</summary>
/// <param name="Invariant">The rule that is broken.</param>
/// <param name="Subject">An item, a file, a row.</param>
/// <param name="What">What is wrong with it.</param>
public sealed record Finding(Phrase Invariant, string Subject, Phrase What);

/// <summary>What a check has found so far.</summary>
/// <param name="isDeep">Whether contents are compared too, and not only what stands in columns.</param>
public sealed class Inspection(bool isDeep)
{
    /// <summary>Of one invariant; what is broken at large is not listed at large.</summary>
    private const int MostOfOne = 100;

    private readonly List<Finding> _findings = [];
    private Phrase _invariant = Phrase.Same("");
    private int _ofThis;

    public bool IsDeep => isDeep;

    public IReadOnlyList<Finding> Findings => _findings;

    public void Begin(Phrase invariant) => (_invariant, _ofThis) = (invariant, 0);

    public void Find(string subject, string thai, string english)
    {
        if (_ofThis++ < MostOfOne) _findings.Add(new Finding(_invariant, subject, new Phrase(thai, english)));
    }
}

/// <summary>Something that is true of every site at every moment, also after a crash.</summary>
public interface IInvariant
{
    Phrase Name { get; }

    Task CheckAsync(Inspection inspection);
}
