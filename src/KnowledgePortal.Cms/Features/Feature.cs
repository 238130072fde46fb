using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Cms.Features;

/// <summary>
/// A slice of the application under an id that recipes enable. Its index tables are the embedded <c>*.sql</c> files of its assembly.
/// </summary>
public abstract class Feature
{
    /// <summary>The id, which is also the name of its folder.</summary>
    public abstract string Id { get; }

    /// <summary>Ids of features whose types it may use.</summary>
    public virtual IReadOnlyList<string> DependsOn => [];

    /// <summary>Registers what the feature needs.</summary>
    public virtual void ConfigureServices(IServiceCollection services) { }
}

/// <summary>The features of an application, in the order of their dependencies.</summary>
public sealed class FeatureSet
{
    private readonly Feature[] _features;

    /// <exception cref="InvalidOperationException">A dependency is missing or stands behind the feature that needs it.</exception>
    public FeatureSet(params Feature[] features)
    {
        _features = features;
        var seen = new HashSet<string>();
        foreach (var feature in features)
        {
            foreach (var needed in feature.DependsOn.Where(id => !seen.Contains(id)))
                throw new InvalidOperationException($"the feature {feature.Id} needs {needed}, which must be listed before it");
            seen.Add(feature.Id);
        }
    }

    /// <summary>The features in their order.</summary>
    public IReadOnlyList<Feature> All => _features;

    /// <summary>The assemblies that hold the migrations of kernel and features.</summary>
    public IReadOnlyList<Assembly> Assemblies => [.. _features.Select(f => f.GetType().Assembly).Prepend(typeof(Feature).Assembly).Distinct()];

    /// <summary>True when a feature of this id is built in.</summary>
    public bool Contains(string id) => _features.Any(f => f.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
