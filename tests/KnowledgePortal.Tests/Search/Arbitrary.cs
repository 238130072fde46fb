using FsCheck;
using FsCheck.Fluent;

namespace KnowledgePortal.Tests.Search;

/// <summary>Generators of text with everything that has broken Thai software.</summary>
internal static class Arbitrary
{
    private static readonly string[] Words =
    [
        "ขอนแก่น", "ชุมชนนักปฏิบัติ", "นวัตกรรม", "ภาครัฐ", "องค์กร", "ดำรงราชานุภาพ", "ความสำเร็จ", "ของ", "การ", "เสวนา", "ก.พ.ร.", "กพร.", "ศอ.บต.", "มท.", "CoP", "PMQA",
        "Best Practice", "network", "2563", "63", "4/2563", "๒๕๖๔", "1,234.5", "😀", "ม.ค. 63",
    ];

    private static readonly Gen<char> Unit = Gen.OneOf(
        Gen.Choose(0x0E01, 0x0E5B).Select(c => (char)c),
        Gen.Choose(0x20, 0x7E).Select(c => (char)c),
        Gen.Elements('\u0E4D', '\u0E32', '\u0E33', '\u0E48', '\u0E40', '\u200B', '\u00A0', '\u0301', '\uD83D', '\uDE00', '\uFFFE', '\u0130', '\u212A', '"', '*', '+', '-', ' '),
        Gen.Choose(0, 0xFFFF).Select(c => (char)c));

    private static readonly Gen<string> Noise = Unit.ArrayOf().Select(units => new string(units));

    /// <summary>Any UTF-16 string, with a liking for Thai.</summary>
    public static Arbitrary<string> Texts { get; } =
        Arb.From(Gen.OneOf(Noise, Gen.OneOf(Noise, Gen.Elements(Words), Gen.Constant(" ")).ListOf().Select(string.Concat)));

    /// <summary>A few known words with and without spaces.</summary>
    public static Gen<string> Sentence { get; } =
        Gen.Elements(Words).ListOf().SelectMany(words => Gen.Elements("", " ", " ๆ ").Select(separator => string.Join(separator, words.Take(12))));

    /// <summary>What a person might type: words, operators, nonsense.</summary>
    public static Gen<string> Query { get; } = Gen.Elements(Words).ListOf().SelectMany(words =>
        Gen.Elements(" ", "", " +", " -", "\" \"", "* ", " \"").Select(separator => string.Join(separator, words.Take(5))));
}
