using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Tests.Search;

/// <summary>
/// Scores plain OR queries straight from the texts, document by document, with the published formulas: an independent statement of what the index computes.
/// </summary>
internal sealed class NaiveScorer
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly ThaiAnalyzer _analyzer;
    private readonly List<(string Key, Dictionary<string, double> Words, Dictionary<string, double> Bigrams, double Length)> _documents = [];

    public NaiveScorer(ThaiAnalyzer analyzer, IEnumerable<(string Key, string Title, string Body)> documents, double titleBoost)
    {
        _analyzer = analyzer;
        foreach (var (key, title, body) in documents)
        {
            var (words, bigrams, length) = (new Dictionary<string, double>(), new Dictionary<string, double>(), 0d);
            foreach (var (text, boost) in new[] { (title, titleBoost), (body, 1d) })
            {
                var analyzed = analyzer.Analyze(text);
                foreach (var token in analyzed.Tokens)
                    Add(words, analyzed.TermOf(token).ToString(), boost);
                foreach (var bigram in Bigrams(analyzed))
                    Add(bigrams, bigram, boost);
                length += boost * analyzed.PositionCount;
            }
            _documents.Add((key, words, bigrams, length));
        }
    }

    /// <summary>Scores by key of the documents that hold one of the words; the words must be known, plain and without synonyms.</summary>
    public Dictionary<string, double> Search(IReadOnlyList<string> words)
    {
        var average = _documents.Count == 0 ? 0 : _documents.Average(document => document.Length);
        var bigrams = Bigrams(_analyzer.Analyze(string.Join(' ', words))).Distinct().ToList();
        var result = new Dictionary<string, double>();
        foreach (var document in _documents)
        {
            double Saturation(double f) => f * (K1 + 1) / (f + K1 * (1 - B + B * document.Length / average));
            var matched = words.Where(document.Words.ContainsKey).ToList();
            if (matched.Count == 0)
                continue;
            var score = matched.Sum(word => Idf(d => d.Words.ContainsKey(word)) * Saturation(document.Words[word]))
                + 0.4 * bigrams.Where(document.Bigrams.ContainsKey).Sum(bigram => Idf(d => d.Bigrams.ContainsKey(bigram)) * Saturation(document.Bigrams[bigram]));
            result[document.Key] = score * (0.5 + 0.5 * matched.Count / words.Count);
        }
        return result;
    }

    private double Idf(Func<(string Key, Dictionary<string, double> Words, Dictionary<string, double> Bigrams, double Length), bool> has)
    {
        var n = _documents.Count(has);
        return Math.Log(1 + (_documents.Count - n + 0.5) / (n + 0.5));
    }

    private static List<string> Bigrams(AnalyzedText analyzed)
    {
        var result = new List<string>();
        var bigrams = new ClusterBigrams(analyzed.Normalized.Text, stackalloc char[ClusterBigrams.BufferLength]);
        while (bigrams.MoveNext())
            result.Add(bigrams.Current.ToString());
        return result;
    }

    private static void Add(Dictionary<string, double> counts, string term, double amount) => counts[term] = counts.GetValueOrDefault(term) + amount;
}
