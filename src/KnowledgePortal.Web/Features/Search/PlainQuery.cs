using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>A query as words: without quotes, operators and the other signs that mean something to the search.</summary>
public static partial class PlainQuery
{
    public static string Words(string query) => Spaces().Replace(Syntax().Replace(query, " "), " ").Trim();

    public static string Spaced(string text) => Spaces().Replace(text, " ").Trim();

    /// <summary>The query with every word required; one that says itself what it requires stays as it is.</summary>
    public static string AllWords(string query) =>
        Syntax().IsMatch(query) ? query : string.Join(' ', query.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => "+" + word));

    [GeneratedRegex("""["“”„‟«»()\[\]{}*~^:]|(?<!\S)[-+!]|(?<!\S)(AND|OR|NOT|&&|\|\|)(?!\S)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Syntax();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
