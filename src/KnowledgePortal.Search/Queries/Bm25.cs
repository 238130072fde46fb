namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with fields joined by weighted frequency and length
/// before saturation (BM25F with one b), and Lucene's idf, which is never negative.
/// </summary>
internal readonly struct Bm25
{
    public const float K1 = 1.2f;
    public const float B = 0.75f;

    private readonly float _fixed;
    private readonly float _perLength;
    private readonly float _perUnit;

    /// <param name="averageLength">Mean weighted length of all live documents, in boost units.</param>
    /// <param name="unitsPerBoost">Boost units of one occurrence in a field of boost 1.</param>
    public Bm25(double averageLength, float unitsPerBoost)
    {
        _fixed = K1 * (1 - B);
        _perLength = averageLength > 0 ? (float)(K1 * B / averageLength) : 0;
        _perUnit = 1 / unitsPerBoost;
    }

    /// <summary>ln(1 + (N - n + 0.5) / (n + 0.5)).</summary>
    public static float Idf(long documentCount, long documentFrequency) =>
        (float)Math.Log(1 + (documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5));

    /// <summary>f (k1 + 1) / (f + k1 (1 - b + b length / average)).</summary>
    public float Saturation(float frequencyInUnits, int length)
    {
        var frequency = frequencyInUnits * _perUnit;
        return frequency * (K1 + 1) / (frequency + _fixed + _perLength * length);
    }
}
