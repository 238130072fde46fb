using System.Text;

namespace KnowledgePortal.Search.Analysis;

/// <summary>Names and terms that are one thing although they consist of several words, such as ดำรงราชานุภาพ or ชุมชนนักปฏิบัติ. Immutable.</summary>
public sealed class ThaiDictionary
{
    /// <summary>From this length on an entry is cut out of the text around it even where ICU sees other words; shorter ones would hit by accident.</summary>
    private const int ForcedLength = 7;
    private const int ThaiBlock = 128;

    internal static readonly string[] Lists = ["provinces.txt", "districts.txt", "agencies.txt", "universities.txt", "terms.txt"];

    private readonly Dictionary<long, int> _edges = [];

    /// <summary>Which two Thai characters an entry begins with; most places in a text are passed by this alone.</summary>
    private readonly bool[] _beginnings = new bool[ThaiBlock * ThaiBlock];
    private readonly List<int> _entryAt = [-1];
    private readonly List<string> _entries = [];
    private readonly List<bool[]?> _breaks = [];
    private int _longest;

    /// <summary>Builds a dictionary from words as a person writes them; they are normalised here.</summary>
    public ThaiDictionary(IEnumerable<string> words)
    {
        Words = [.. words.Distinct(StringComparer.Ordinal)];
        foreach (var text in Words.Select(Canonical).Where(text => text.Length > 1).Distinct(StringComparer.Ordinal).OrderBy(text => text.Length))
            Add(text);
    }

    /// <summary>
    /// The word lists shipped with the engine: provinces, districts, agencies, universities, and terms of knowledge management and public administration.
    /// Districts with the name of an everyday word or phrase (เมือง, ท่าเรือ, สองพี่น้อง) are left out, because they would swallow it.
    /// </summary>
    public static ThaiDictionary Default { get; } = new(Lists.SelectMany(EmbeddedText.Lines));

    /// <summary>The words as given.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The form in which an entry is indexed: normalised, single spaces, no dot at the end.</summary>
    internal static string Canonical(string word)
    {
        var result = new StringBuilder();
        foreach (var c in ThaiNormalizer.Normalize(word).Text)
        {
            if (c != ' ' || result.Length > 0 && result[^1] != ' ')
                result.Append(c);
        }
        return result.ToString().TrimEnd(' ', '.');
    }

    /// <summary>Walks the entries that begin at <paramref name="start"/> and calls <paramref name="found"/> with (end, entry), shorter ones first.</summary>
    internal void Matches(ReadOnlySpan<char> text, int start, List<(int End, string Entry)> found)
    {
        found.Clear();
        if (!MayBegin(text, start))
            return;
        var node = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == ' ' && i > start && text[i - 1] == ' ')
                continue;
            if (!_edges.TryGetValue(Edge(node, text[i]), out node))
                return;
            if (_entryAt[node] >= 0)
                found.Add((i + 1, _entries[_entryAt[node]]));
        }
    }

    /// <summary>Corrects ICU's boundaries around and inside the long entries found in the text, the longest first from left to right.</summary>
    internal void CorrectBoundaries(ReadOnlySpan<char> text, Span<bool> boundaries)
    {
        var i = 0;
        while (i < text.Length)
        {
            var entry = MayBegin(text, i) && CanBegin(text, i) ? LongestForced(text, i) : -1;
            if (entry < 0)
            {
                i++;
                continue;
            }
            _breaks[entry].AsSpan().CopyTo(boundaries[i..]);
            i += _entries[entry].Length;
        }
    }

    private int LongestForced(ReadOnlySpan<char> text, int start)
    {
        var best = -1;
        var node = 0;
        for (var i = start; i < text.Length && i - start < _longest; i++)
        {
            if (!_edges.TryGetValue(Edge(node, text[i]), out node))
                break;
            var entry = _entryAt[node];
            if (entry >= 0 && _breaks[entry] is not null && CanEnd(text, i + 1))
                best = entry;
        }
        return best;
    }

    private void Add(string text)
    {
        bool[]? breaks = null;
        if (text.Length >= ForcedLength && text.All(ThaiCharacters.IsThai))
        {
            breaks = new bool[text.Length + 1];
            IcuWordBreaker.Mark(text, breaks);
            // Entries come by length, so those inside this one are known and broken the same way everywhere.
            CorrectBoundaries(text, breaks);
        }
        if (ThaiIndex(text[0]) >= 0 && ThaiIndex(text[1]) >= 0)
            _beginnings[ThaiIndex(text[0]) * ThaiBlock + ThaiIndex(text[1])] = true;
        var node = 0;
        foreach (var c in text)
        {
            if (!_edges.TryGetValue(Edge(node, c), out var next))
            {
                next = _entryAt.Count;
                _entryAt.Add(-1);
                _edges.Add(Edge(node, c), next);
            }
            node = next;
        }
        _entryAt[node] = _entries.Count;
        _entries.Add(text);
        _breaks.Add(breaks);
        _longest = Math.Max(_longest, text.Length);
    }

    private bool MayBegin(ReadOnlySpan<char> text, int i) =>
        i + 1 == text.Length || ThaiIndex(text[i]) is var first && first < 0 || ThaiIndex(text[i + 1]) is var second && second < 0 || _beginnings[first * ThaiBlock + second];

    private static int ThaiIndex(char c) => c is >= '\u0E00' and < '\u0E80' ? c - '\u0E00' : -1;

    private static bool CanBegin(ReadOnlySpan<char> text, int i) =>
        ThaiCharacters.IsThai(text[i]) && !ThaiCharacters.IsDependent(text[i]) && (i == 0 || !ThaiCharacters.IsLeadingVowel(text[i - 1]));

    private static bool CanEnd(ReadOnlySpan<char> text, int i) =>
        i == text.Length || !ThaiCharacters.IsDependent(text[i]) && !(i + 1 < text.Length && text[i + 1] == ThaiCharacters.Thanthakhat);

    private static long Edge(int node, char c) => (long)node << 16 | c;
}
