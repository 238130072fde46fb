using FsCheck;
using FsCheck.Fluent;

namespace KnowledgePortal.Tests.Search;

/// <summary>Generates queries of every kind over a few words.</summary>
internal static class AnyQuery
{
    /// <summary>Words without synonyms, each a single token; some a single edit apart.</summary>
    public static readonly string[] Words =
        ["ขอนแก่น", "นวัตกรรม", "เสวนา", "network", "networks", "netwerk", "สงขลา", "เกษตรกร", "โรงเรียน", "777", "7777"];

    private static readonly Gen<string> Word = Gen.Elements(Words);

    private static readonly Gen<NaiveQuery> PlainWord = Word.Select(word => (NaiveQuery)new NaiveWord(word));

    private static readonly Gen<NaiveQuery> Phrase =
        from words in Word.ListOf(2)
        from slop in Gen.Elements(0, 0, 2, 15)
        from inTitle in Gen.Elements(false, false, true)
        select (NaiveQuery)new NaivePhrase([.. words], slop, inTitle);

    private static readonly Gen<NaiveQuery> Prefix = Gen.Elements("net", "ขอน", "7", "networks", "zzz").SelectMany(prefix =>
        Gen.Elements(false, true).Select(inTitle => (NaiveQuery)new NaiveAny($"{(inTitle ? "title:" : "")}{prefix}*", word => word.StartsWith(prefix, StringComparison.Ordinal), inTitle)));

    private static readonly Gen<NaiveQuery> Similar = Gen.Elements("network", "netwerks", "777", "สงขลา", "ขงขลา").Select(typed =>
        (NaiveQuery)new NaiveAny($"{typed}~", word => Words.Contains(word) && Distance(typed, word) <= 1, false));

    private static readonly Gen<NaiveQuery> TitleWord = Word.Select(word => (NaiveQuery)new NaiveAny($"title:{word}", other => other == word, true));

    private static readonly Gen<NaiveQuery> Condition = Gen.OneOf(
        Gen.Elements("cop", "workshop").Select(kind => (NaiveQuery)new NaiveCondition($"kind:{kind}", document => document.Kind == kind)),
        from least in Gen.Choose(0, 9)
        from most in Gen.Choose(0, 9)
        select (NaiveQuery)new NaiveCondition($"held:[{least} TO {most}]", document => document.Held >= least && document.Held <= most),
        Gen.Choose(0, 9).Select(most => (NaiveQuery)new NaiveCondition($"held:<{most}", document => document.Held < most)));

    private static readonly Gen<NaiveQuery> Boosted = Word.Select(word => (NaiveQuery)new NaiveWord(word, 2.5));

    private static readonly Gen<NaiveQuery> Leaf = Gen.OneOf(PlainWord, PlainWord, Phrase, Prefix, Similar, TitleWord, Condition, Boosted);

    /// <summary>Words, and signed or special clauses among them.</summary>
    private static readonly Gen<NaiveQuery> Flat = Gen.OneOf(
        Word.ListOf().Select(words => Level([.. words.Distinct().Take(4).Select(word => ((NaiveQuery)new NaiveWord(word), ' '))])),
        from parts in Leaf.Zip(Gen.Elements(' ', '+', '-')).ListOf()
        select Level([.. parts.Select(part => (part.Item1, Otherwise(part.Item1, part.Item2))).DistinctBy(part => part.Item1.Typed.Split('^', '~')[0]).Take(4)]));

    private static readonly Gen<NaiveQuery> Bracketed =
        from left in Leaf
        from right in Leaf
        from isAnd in Gen.Elements(false, true)
        where left.Typed != right.Typed
        select isAnd
            ? (NaiveQuery)new NaiveLevel($"({left.Typed} AND {right.Typed})", [(left, '+'), (right, '+')])
            : new NaiveLevel($"({left.Typed} OR {right.Typed})", [(left, ' '), (right, ' ')]);

    private static readonly Gen<NaiveQuery> Nested =
        from left in Bracketed
        from right in Gen.OneOf(Bracketed, Leaf)
        from operation in Gen.Elements("AND", "OR", "AND NOT")
        select (NaiveQuery)(operation switch
        {
            "AND" => new NaiveLevel($"{left.Typed} AND {right.Typed}", [(left, '+'), (right, '+')]),
            "OR" => new NaiveLevel($"{left.Typed} OR {right.Typed}", [(left, ' '), (right, ' ')]),
            _ => new NaiveLevel($"{left.Typed} AND NOT {right.Typed}", [(left, '+'), (right, '-')]),
        });

    public static Gen<NaiveQuery> Any { get; } = Gen.OneOf(Flat, Flat, Bracketed, Nested);

    /// <summary>A few words, beside each other or apart.</summary>
    public static Gen<string> Text(int most) => Word.ListOf().SelectMany(words => Gen.Elements(" ", " ๆ ").Select(separator => string.Join(separator, words.Take(most))));

    private static NaiveQuery Level(IReadOnlyList<(NaiveQuery Query, char Sign)> parts) =>
        new NaiveLevel(string.Join(' ', parts.Select(part => (part.Sign == ' ' || part.Query is NaivePhrase or NaiveCondition && part.Sign == '+' ? "" : part.Sign) + part.Query.Typed)), parts) { IsText = true };

    /// <summary>Phrases, fields and conditions are required unless they are forbidden.</summary>
    private static char Otherwise(NaiveQuery query, char sign) =>
        sign == ' ' && (query is NaivePhrase or NaiveCondition || query.Typed.StartsWith("title:", StringComparison.Ordinal)) ? '+' : sign;

    /// <summary>The words of the generator that are compared have clusters of one letter each, or differ in one.</summary>
    private static int Distance(string a, string b)
    {
        if (a == b)
            return 0;
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }
        return table[a.Length, b.Length];
    }
}
