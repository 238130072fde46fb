using System.Numerics;

namespace KnowledgePortal.Search.Indexing;

/// <summary>A field of words.</summary>
/// <param name="Name">Name used by <see cref="Document.AddText"/>.</param>
/// <param name="Boost">How much one occurrence in this field counts, from 0.125 to 100, kept in eighths; 1 for plain body text.</param>
public sealed record TextField(string Name, float Boost);

/// <summary>The fields of an index. An index made with one schema cannot be opened with another; it has to be built anew.</summary>
/// <param name="TextFields">Searched together, one field weighing more than another by its boost.</param>
/// <param name="KeywordFields">Exact values for filters and facets.</param>
/// <param name="NumberFields">Values to sort by.</param>
public sealed record IndexSchema(IReadOnlyList<TextField> TextFields, IReadOnlyList<string> KeywordFields, IReadOnlyList<string> NumberFields)
{
    private const int BoostSteps = 8;

    /// <summary>Boosts as whole numbers without a common divisor, in the order of the text fields; frequencies and lengths are sums of them.</summary>
    internal int[] Units()
    {
        var eighths = Eighths();
        var divisor = Divisor(eighths);
        return [.. eighths.Select(value => value / divisor)];
    }

    /// <summary>How many units a boost of 1 is.</summary>
    internal float UnitsPerBoost() => (float)BoostSteps / Divisor(Eighths());

    private int[] Eighths() => [.. TextFields.Select(field => (int)Math.Clamp(MathF.Round(field.Boost * BoostSteps), 1, 100 * BoostSteps))];

    private static int Divisor(int[] values) => Math.Max(1, values.Aggregate(0, (a, b) => b == 0 ? a : (int)BigInteger.GreatestCommonDivisor(a, b)));

    internal string Fingerprint =>
        $"{string.Join(',', TextFields.Zip(Eighths(), (text, boost) => $"{text.Name}:{boost}"))};{string.Join(',', KeywordFields)};{string.Join(',', NumberFields)}";

    internal int TextFieldNumber(string name) => Require(TextFields.TakeWhile(field => field.Name != name).Count(), TextFields.Count, name);

    internal int KeywordFieldNumber(string name) => Require(KeywordFields.TakeWhile(field => field != name).Count(), KeywordFields.Count, name);

    internal int NumberFieldNumber(string name) => Require(NumberFields.TakeWhile(field => field != name).Count(), NumberFields.Count, name);

    private static int Require(int number, int count, string name) =>
        number < count ? number : throw new ArgumentException($"The index schema has no such field: {name}.");
}
