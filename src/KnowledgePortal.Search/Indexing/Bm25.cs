using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with fields joined by weighted frequency and length
/// before saturation (BM25F with one b), and Lucene's idf, which is never negative. Scores are added up as whole numbers of 1/<see cref="One"/>, so that a sum
/// does not depend on the order in which its parts are found.
/// </summary>
internal readonly struct Bm25
{
    public const float K1 = 1.2f;
    public const float B = 0.9f;

    /// <summary>The fixed-point score that is 1.</summary>
    public const int One = 1 << 20;

    private readonly float _fixed;
    private readonly float _perLength;

    /// <summary>The formula for the documents of one index or segment.</summary>
    public static Bm25 For(IndexSchema schema, double averageLength) => new(averageLength, schema.UnitsPerBoost(), schema.Units().DefaultIfEmpty(1).Min());

    /// <param name="averageLength">Mean weighted length of all live documents, in boost units.</param>
    /// <param name="unitsPerBoost">Boost units of one occurrence in a field of boost 1.</param>
    /// <param name="fewestUnits">Boost units of one occurrence in the field of the smallest boost.</param>
    private Bm25(double averageLength, float unitsPerBoost, int fewestUnits)
    {
        (AverageLength, UnitsPerBoost) = (averageLength, unitsPerBoost);
        OccurrenceFactor = MathF.Max(1, unitsPerBoost / fewestUnits);
        // Everything is in boost units: f (k1 + 1) / (f + k) with f and k both multiplied by the units of one boost.
        _fixed = K1 * (1 - B) * unitsPerBoost;
        _perLength = averageLength > 0 ? (float)(K1 * B / averageLength) * unitsPerBoost : 0;
    }

    public double AverageLength { get; }

    /// <summary>Boost units of one occurrence in a field of boost 1.</summary>
    public float UnitsPerBoost { get; }

    /// <summary>Occurrences, counted as of boost 1, are at most the frequency in units times this.</summary>
    public float OccurrenceFactor { get; }

    public static double Average(ReadOnlySpan<int> lengths)
    {
        long sum = 0;
        foreach (var length in lengths)
            sum += length;
        return lengths.Length == 0 ? 0 : (double)sum / lengths.Length;
    }

    /// <summary>ln(1 + (N - n + 0.5) / (n + 0.5)).</summary>
    public static float Idf(long documentCount, long documentFrequency) =>
        (float)Math.Log(1 + (documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5));

    /// <summary>f / (f + k1 (1 - b + b length / average)), below 1.</summary>
    public float Saturation(float frequency, int length) => frequency / (frequency + _fixed + _perLength * length);

    /// <summary>The factor by which a weight is multiplied once per clause, for <see cref="Score(float, float, int)"/>.</summary>
    public static float Scaled(float weight) => weight * (K1 + 1) * One;

    /// <summary>weight f (k1 + 1) / (f + k1 (1 - b + b length / average)) in fixed point.</summary>
    public long Score(float scaledWeight, float frequency, int length) =>
        (long)(scaledWeight * frequency / (frequency + _fixed + _perLength * length));

    /// <summary>The same for a block of postings, eight at a time and to the last bit the same.</summary>
    public unsafe void Score(float scaledWeight, float factor, ReadOnlySpan<int> documents, ReadOnlySpan<int> frequencies, ReadOnlySpan<int> lengths, Span<long> scores)
    {
        var i = 0;
        if (Avx2.IsSupported && scaledWeight < MostWide)
        {
            var (weight, factors, constant, perLength) = (Vector256.Create(scaledWeight), Vector256.Create(factor), Vector256.Create(_fixed), Vector256.Create(_perLength));
            fixed (int* length = lengths, document = documents, occurrences = frequencies)
            fixed (long* score = scores)
            {
                for (; i + 8 <= documents.Length; i += 8)
                {
                    var size = Vector256.ConvertToSingle(Avx2.GatherVector256(length, Vector256.Load(document + i), sizeof(int)));
                    var frequency = Vector256.ConvertToSingle(Vector256.Load(occurrences + i)) * factors;
                    // Multiplied and added one after another, as the other overload does: a fused operation would round differently.
                    var result = Avx.ConvertToVector256Int32WithTruncation(weight * frequency / (frequency + constant + perLength * size));
                    Avx2.ConvertToVector256Int64(result.GetLower()).Store(score + i);
                    Avx2.ConvertToVector256Int64(result.GetUpper()).Store(score + i + 4);
                }
            }
        }
        for (; i < documents.Length; i++)
            scores[i] = Score(scaledWeight, frequencies[i] * factor, lengths[documents[i]]);
    }

    /// <summary>Scores of larger weights may not fit 32 bits.</summary>
    private const float MostWide = 2e9f;
}
