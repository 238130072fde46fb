namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Groups of words that find each other, one group per line: "PMQA = การพัฒนาคุณภาพการบริหารจัดการภาครัฐ". Words after "~" are near in meaning: they find
/// and are found with half the weight.
/// </summary>
public sealed class Synonyms
{
    private const float Same = 1f;
    private const float Near = 0.5f;

    private readonly Dictionary<string, List<(string Term, float Weight)>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    internal Synonyms(IEnumerable<string> lines, Func<string, string> termOf)
    {
        foreach (var line in lines)
        {
            foreach (var word in Members([line]))
                _written.TryAdd(termOf(word), word);
            var sides = line.Split('~', 2);
            var group = Terms(sides[0], termOf, Same).Concat(sides.Length > 1 ? Terms(sides[1], termOf, Near) : []).ToList();
            foreach (var (term, weight) in group)
            {
                if (!_groups.TryGetValue(term, out var known))
                    _groups.Add(term, known = []);
                known.AddRange(group.Where(other => other.Term != term && known.All(k => k.Term != other.Term))
                    .Select(other => (other.Term, Math.Min(weight, other.Weight))));
            }
        }
    }

    /// <summary>Terms that may stand for <paramref name="term"/>, each with a weight up to 1; empty for most.</summary>
    public IReadOnlyList<(string Term, float Weight)> Of(string term) => _groups.TryGetValue(term, out var group) ? group : [];

    /// <summary>A term as a person writes it.</summary>
    internal string Written(string term) => _written.GetValueOrDefault(term, term);

    internal static IEnumerable<string> Members(IEnumerable<string> lines) =>
        lines.SelectMany(line => line.Split('=', '~')).Select(word => word.Trim()).Where(word => word.Length > 0);

    private static IEnumerable<(string Term, float Weight)> Terms(string side, Func<string, string> termOf, float weight) =>
        Members([side]).Select(word => (termOf(word), weight)).Distinct();
}
