using System.Text.RegularExpressions;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>A query as words: without quotes, operators and the other signs that mean something to the search.</summary>
public static partial class PlainQuery
{
    public static string Words(string query) =>
        Spaced(Signs().Replace(string.Join(' ', Chunks(query).Where(chunk => !Query.Operators.Contains(chunk)).Select(chunk => IsSigned(chunk) ? chunk[1..] : chunk)), " "));

    public static string Spaced(string text) => Spaces().Replace(text, " ").Trim();

    /// <summary>The query with every word required; one that says itself what it requires stays as it is.</summary>
    public static string AllWords(string query) =>
        Signs().IsMatch(query) || Chunks(query).Any(chunk => IsSigned(chunk) || Query.Operators.Contains(chunk)) ? query
            : string.Join(' ', query.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => "+" + word));

    private static string[] Chunks(string query) => query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSigned(string chunk) => chunk[0] is '-' or '+' or '!';

    [GeneratedRegex("""["“”„‟«»()\[\]{}*~^:]""", RegexOptions.NonBacktracking)]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
