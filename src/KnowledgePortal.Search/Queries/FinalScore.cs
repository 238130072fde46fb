using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>The score of a document from the sum of its clauses: times a share for how many of the query's words it has, times the preferences.</summary>
internal sealed class FinalScore
{
    /// <summary>Share of the score that depends on how many words match.</summary>
    private const double WordsShare = 0.1;

    private const double Slack = 1.000001;

    private readonly double[] _factors;
    private readonly (int Field, Preference Preference)[] _preferences;
    private readonly double _largestPreference;

    /// <param name="countingClauses">How many clauses a document can match.</param>
    /// <param name="preferences">See <see cref="SearchRequest.Preferences"/>.</param>
    /// <param name="schema">Of the index.</param>
    public FinalScore(int countingClauses, IReadOnlyList<Preference> preferences, IndexSchema schema)
    {
        _factors = new double[countingClauses + 1];
        for (var i = 0; i < _factors.Length; i++)
            _factors[i] = (1 - WordsShare + WordsShare * i / Math.Max(1, countingClauses)) / Bm25.One;
        _preferences = [.. preferences.Select(preference => (schema.NumberFieldNumber(preference.NumberField), preference))];
        _largestPreference = preferences.Aggregate(1d, (product, preference) => product * preference.Largest) * Slack;
    }

    public float Of(SegmentReader reader, int document, int matched, long sum)
    {
        var score = sum * Factor(matched);
        foreach (var (field, preference) in _preferences)
            score *= preference.Factor(reader.Numbers(field)[document]);
        return (float)score;
    }

    /// <summary>A document with at most this sum cannot score more than <paramref name="score"/>; negative when every document can.</summary>
    public long Needed(double score, int matched) => score < 0 ? -1 : (long)(score / (Factor(matched) * _largestPreference)) - 1;

    private double Factor(int matched) => _factors[Math.Min(matched, _factors.Length - 1)];
}
