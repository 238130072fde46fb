using System.Runtime.CompilerServices;
using System.Text;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// The words of a segment by what is left of them without the marks that are easily left out or mistaken (tones, ็ and ์), and by their clusters. Each segment's
/// table is made when it is first needed and lives as long as the segment.
/// </summary>
internal sealed class Spelling
{
    /// <summary>Shorter words have too many neighbours.</summary>
    private const int ShortestSkeleton = 4;

    private static readonly ConditionalWeakTable<SegmentReader, Spelling> Tables = [];

    private readonly ILookup<string, string> _bySkeleton;
    private readonly string[] _words;

    private Spelling(SegmentReader reader)
    {
        var words = new List<string>();
        var terms = reader.Terms.From([TermKeys.Words]);
        while (terms.MoveNext() && terms.Term[0] == TermKeys.Words)
            words.Add(Encoding.UTF8.GetString(terms.Term[1..]));
        _words = [.. words];
        _bySkeleton = words.Where(word => ThaiCharacters.IsThai(word[0]) && Skeleton(word).Length >= ShortestSkeleton).ToLookup(Skeleton, StringComparer.Ordinal);
    }

    public static Spelling Of(SegmentReader reader) => Tables.GetValue(reader, static reader => new Spelling(reader));

    /// <summary>Other words with the same letters.</summary>
    public IEnumerable<string> ButForMarks(string typed) =>
        Skeleton(typed) is var skeleton && skeleton.Length >= ShortestSkeleton ? _bySkeleton[skeleton].Where(term => term != typed) : [];

    /// <summary>Words that differ in one cluster at most, which is one letter in other scripts: put in, left out, or mistaken. The word itself is one of them.</summary>
    public IEnumerable<string> Similar(string typed)
    {
        var clusters = Clusters(typed);
        // Of two words with one difference the beginnings or the ends are equal; very short ones may have neither.
        var isShort = clusters.Ends.Count <= 2;
        return _words.Where(word => (isShort || word[0] == typed[0] || word[^1] == typed[^1])
            && Math.Abs(word.Length - typed.Length) <= ClusterEdit.MostCharacters && ClusterEdit.IsWithinOne(clusters, Clusters(word)));
    }

    /// <summary>Ends of the clusters of a word, and the word.</summary>
    private static (string Word, List<int> Ends) Clusters(string word)
    {
        var ends = new List<int>(word.Length);
        for (var i = 0; i < word.Length;)
        {
            i += ThaiCharacters.IsThai(word[i]) ? CharacterClusters.LengthAt(word, i) : char.IsHighSurrogate(word[i]) && i + 1 < word.Length ? 2 : 1;
            ends.Add(i);
        }
        return (word, ends);
    }

    private static string Skeleton(string term) =>
        string.Concat(term.Where(c => !ThaiCharacters.IsTone(c) && c is not ('\u0E47' or ThaiCharacters.Thanthakhat)));
}
