using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Finds the lines of a transcript in which a query was said, with the same analysis as the search page.</summary>
public sealed class TranscriptSearch(ThaiAnalyzer analyzer)
{
    // ขอนแก่น alone is no answer to ขอนแก่นศึกษา where ขอนแก่นศึกษา itself is said.
    private const double ShareOfBest = 0.6;

    public IReadOnlyList<LineMatch> Find(string query, IReadOnlyList<Cue> cues) =>
        query.Length == 0 ? [] : Find(Query.Parse(query, analyzer), cues);

    public ThaiAnalyzer Analyzer => analyzer;

    public Highlighter Highlighter(Query query) => new(query, analyzer);

    /// <summary>The matching lines, best first.</summary>
    public IReadOnlyList<LineMatch> Find(Query query, IReadOnlyList<Cue> cues)
    {
        var highlighter = Highlighter(query);
        var matches = cues.Select((cue, line) => new LineMatch(line, highlighter.Spans(cue.Text))).Where(m => m.Weight > 0).ToList();
        if (matches.Count == 0) return [];
        var enough = matches.Max(m => m.Weight) * ShareOfBest;
        return [.. matches.Where(m => m.Weight >= enough).OrderByDescending(m => m.Weight).ThenBy(m => m.Line)];
    }
}

/// <summary>A line by its number, and what matched in it; the weight is the length of what matched.</summary>
public sealed record LineMatch(int Line, IReadOnlyList<TextSpan> Spans)
{
    public int Weight { get; } = Spans.Sum(s => s.Length);
}
