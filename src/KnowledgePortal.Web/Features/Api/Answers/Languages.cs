using KnowledgePortal.Web.Hosting;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Api.Answers;

/// <summary>A language in which the interface answers.</summary>
public sealed record Language(string Name, Func<Phrase, string> Say);

/// <summary>Thai, unless English is asked for more.</summary>
public static class Languages
{
    public static Language Thai { get; } = new("th", phrase => phrase.Thai);

    public static Language English { get; } = new("en", phrase => phrase.English);

    public static Language Of(HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage;
        return Weight(asked, English.Name) > Weight(asked, Thai.Name) ? English : Thai;
    }

    private static double Weight(IList<StringWithQualityHeaderValue> asked, string language) => asked
        .Where(a => a.Value.Equals(language, StringComparison.OrdinalIgnoreCase) || a.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
        .Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
}
