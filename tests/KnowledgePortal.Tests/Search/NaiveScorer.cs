using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Tests.Search;

/// <summary>A document of the property tests.</summary>
public sealed record PlainDocument(string Key, string Title, string Body, string Kind, long Held);

/// <summary>
/// Scores queries straight from the texts, document by document, with the published formulas: an independent statement of what the index computes.
/// </summary>
internal sealed class NaiveScorer
{
    private const double K1 = 1.2;
    private const double B = 0.9;
    private const int ValueGap = 10;

    private readonly Dictionary<string, int> _wordFrequencies = [];
    private readonly Dictionary<string, int> _bigramFrequencies = [];
    private readonly double _averageLength;

    public NaiveScorer(ThaiAnalyzer analyzer, IReadOnlyList<PlainDocument> documents, double titleBoost)
    {
        TitleBoost = titleBoost;
        Documents = [.. documents.Select(document => new NaiveDocument(analyzer, document, titleBoost, ValueGap))];
        foreach (var document in Documents)
        {
            foreach (var word in document.Words.Keys)
                _wordFrequencies[word] = _wordFrequencies.GetValueOrDefault(word) + 1;
            foreach (var bigram in document.Bigrams.Keys)
                _bigramFrequencies[bigram] = _bigramFrequencies.GetValueOrDefault(bigram) + 1;
        }
        _averageLength = Documents.Count == 0 ? 0 : Documents.Average(document => document.Length);
    }

    public double TitleBoost { get; }

    public IReadOnlyList<NaiveDocument> Documents { get; }

    public IEnumerable<string> KnownWords => _wordFrequencies.Keys;

    public bool Knows(string word) => _wordFrequencies.ContainsKey(word);

    public double Idf(string word) => Idf(_wordFrequencies.GetValueOrDefault(word));

    public double BigramIdf(string bigram) => Idf(_bigramFrequencies.GetValueOrDefault(bigram));

    public bool IsRare(string bigram) => _bigramFrequencies.GetValueOrDefault(bigram) <= Math.Max(1000, 0.12 * Documents.Count);

    public double Saturation(double frequency, NaiveDocument document) =>
        frequency == 0 ? 0 : frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * document.Length / _averageLength));

    /// <summary>Scores by key of the documents that match, without and with what neighbouring words add.</summary>
    public Dictionary<string, (double Alone, double WithPairs)> Search(NaiveQuery query)
    {
        var bigrams = query.Clauses().OfType<NaiveWord>().SelectMany(word => NaiveDocument.BigramsOf(word.Term)).Distinct().Where(IsRare).ToList();
        var result = new Dictionary<string, (double, double)>();
        var (clauses, pairs) = (query.Clauses().ToList(), query.Pairs().ToList());
        foreach (var document in Documents.Where(document => query.Matches(this, document)))
        {
            var score = clauses.Sum(clause => clause.Score(this, document))
                + 0.5 * bigrams.Sum(bigram => BigramIdf(bigram) * Saturation(document.Bigrams.GetValueOrDefault(bigram), document));
            var matched = clauses.Count(clause => clause.Matches(this, document));
            var share = clauses.Count == 0 ? 0 : 0.9 + 0.1 * matched / clauses.Count;
            result[document.Source.Key] = (score * share, (score + pairs.Sum(pair => pair.Score(this, document))) * share);
        }
        return result;
    }

    private double Idf(int frequency) => Math.Log(1 + (Documents.Count - frequency + 0.5) / (frequency + 0.5));
}

/// <summary>A document with its words counted, a word of the title as often as the title's boost.</summary>
internal sealed class NaiveDocument
{
    private readonly HashSet<(int Position, string Term)> _places;

    public NaiveDocument(ThaiAnalyzer analyzer, PlainDocument source, double titleBoost, int valueGap)
    {
        Source = source;
        var position = 0;
        foreach (var (text, boost, isTitle) in new[] { (source.Title, titleBoost, true), (source.Body, 1d, false) })
        {
            var analyzed = analyzer.Analyze(text);
            foreach (var token in analyzed.Tokens)
            {
                Words[analyzed.TermOf(token).ToString()] = Words.GetValueOrDefault(analyzed.TermOf(token).ToString()) + boost;
                Positions.Add((position + token.Position, analyzed.TermOf(token).ToString(), isTitle));
            }
            foreach (var bigram in BigramsOf(text))
                Bigrams[bigram] = Bigrams.GetValueOrDefault(bigram) + boost;
            position += analyzed.PositionCount + valueGap;
            Length += boost * analyzed.PositionCount;
        }
        _places = [.. Positions.Select(p => (p.Position, p.Term))];
    }

    public PlainDocument Source { get; }

    public Dictionary<string, double> Words { get; } = [];

    public Dictionary<string, double> Bigrams { get; } = [];

    public List<(int Position, string Term, bool IsTitle)> Positions { get; } = [];

    public double Length { get; }

    public bool Holds(string term, int position) => _places.Contains((position, term));

    public static List<string> BigramsOf(string text)
    {
        var result = new List<string>();
        var bigrams = new ClusterBigrams(ThaiNormalizer.Normalize(text).Text, stackalloc char[ClusterBigrams.BufferLength]);
        while (bigrams.MoveNext())
            result.Add(bigrams.Current.ToString());
        return result;
    }
}
