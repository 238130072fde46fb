using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Marks what was searched for in the lines of a transcript, with the same analysis as the search page.</summary>
public sealed class TranscriptSearch(ThaiAnalyzer analyzer)
{
    /// <summary>Gives each line as encoded HTML with its hits marked; an empty query marks nothing.</summary>
    public Func<string, (string Html, bool IsHit)> Matcher(string query)
    {
        if (query.Length == 0) return text => (MarkedText.Html(text, []), false);
        var highlighter = new Highlighter(Query.Parse(query, analyzer), analyzer);
        return text =>
        {
            var spans = highlighter.Spans(text);
            return (MarkedText.Html(text, spans), spans.Count > 0);
        };
    }
}
