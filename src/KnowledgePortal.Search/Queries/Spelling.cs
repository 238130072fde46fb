using System.Runtime.CompilerServices;
using System.Text;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Finds indexed words that differ from a typed one only in marks that are easily left out or mistaken: tones, ็ and ์. Each segment's table is made when it
/// is first needed and lives as long as the segment.
/// </summary>
internal static class Spelling
{
    /// <summary>Shorter words have too many neighbours.</summary>
    private const int ShortestSkeleton = 4;

    private static readonly ConditionalWeakTable<SegmentReader, ILookup<string, string>> Tables = [];

    /// <summary>Indexed words, other than the typed one, that it may have been meant for.</summary>
    public static IEnumerable<string> Candidates(IReadOnlyList<SegmentView> segments, string typed)
    {
        var skeleton = Skeleton(typed);
        return skeleton.Length < ShortestSkeleton
            ? []
            : segments.SelectMany(segment => Tables.GetValue(segment.Reader, Build)[skeleton]).Distinct(StringComparer.Ordinal).Where(term => term != typed);
    }

    private static string Skeleton(string term) =>
        string.Concat(term.Where(c => !ThaiCharacters.IsTone(c) && c is not ('\u0E47' or ThaiCharacters.Thanthakhat)));

    private static ILookup<string, string> Build(SegmentReader reader)
    {
        var words = new List<(string Skeleton, string Term)>();
        var terms = reader.Terms.From([TermKeys.Words]);
        while (terms.MoveNext() && terms.Term[0] == TermKeys.Words)
        {
            var term = Encoding.UTF8.GetString(terms.Term[1..]);
            if (ThaiCharacters.IsThai(term[0]) && Skeleton(term) is var skeleton && skeleton.Length >= ShortestSkeleton)
                words.Add((skeleton, term));
        }
        return words.ToLookup(word => word.Skeleton, word => word.Term, StringComparer.Ordinal);
    }
}
