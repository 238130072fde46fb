using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Tests.Search;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Editing.Versions;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>A difference says exactly what leads from the old version to the new one; a merge takes from each side what only that side changed.</summary>
public sealed class DifferenceTests
{
    private static readonly TextDifference Texts = new(new ThaiAnalyzer());

    [Fact]
    public void The_pieces_without_the_added_are_the_old_text_and_without_the_removed_the_new() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Arb.From(TextPairs), pair =>
        {
            var pieces = Texts.Between(pair.Item1, pair.Item2);
            string.Concat(pieces.Where(p => p.Kind != PieceKind.Added).Select(p => p.Text)).ShouldBe(pair.Item1);
            string.Concat(pieces.Where(p => p.Kind != PieceKind.Removed).Select(p => p.Text)).ShouldBe(pair.Item2);
        }));

    [Fact]
    public void The_runs_of_two_lists_lead_from_one_to_the_other_and_are_as_few_as_can_be() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Lists), Arb.From(Lists), (before, after) =>
        {
            var runs = ListDifference.Of(before, after);
            runs.Where(r => r.Kind != PieceKind.Added).SelectMany(r => before.Skip(r.Start).Take(r.Count)).ShouldBe(before);
            runs.Where(r => r.Kind != PieceKind.Removed).SelectMany(r => (r.Kind == PieceKind.Added ? after : before).Skip(r.Start).Take(r.Count)).ShouldBe(after);
            runs.Where(r => r.Kind == PieceKind.Same).Sum(r => r.Count).ShouldBe(LongestCommon(before, after));
        }));

    [Fact]
    public void Applying_the_shown_difference_to_the_old_version_gives_the_new_one() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Arb.From(Items), Arb.From(Items), (older, newer) =>
        {
            var applied = older.DeepClone().AsObject();
            ContentDifference.Apply(ContentDifference.Between(older, newer), applied);
            JsonNode.DeepEquals(applied, newer).ShouldBeTrue();
        }));

    [Fact]
    public void A_merge_keeps_what_nobody_changed_takes_what_one_changed_and_is_the_same_from_either_side() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Triples), triple =>
        {
            var (common, mine, theirs) = triple;
            var merge = ContentMerge.Of(common, mine, theirs);
            var other = ContentMerge.Of(common, theirs, mine);
            var conflicts = merge.Conflicts.Select(c => (c.Part, c.Member)).ToHashSet();
            other.Conflicts.Select(c => (c.Part, c.Member)).ToHashSet().ShouldBe(conflicts, ignoreOrder: true);
            foreach (var (part, member) in Members(common, mine, theirs))
            {
                var (b, m, t) = (ContentDifference.Get(common, part, member), ContentDifference.Get(mine, part, member), ContentDifference.Get(theirs, part, member));
                var merged = ContentDifference.Get(merge.Parts, part, member);
                if (JsonNode.DeepEquals(b, m)) JsonNode.DeepEquals(merged, t).ShouldBeTrue($"{part}.{member}: only theirs changed");
                if (JsonNode.DeepEquals(b, t)) JsonNode.DeepEquals(merged, m).ShouldBeTrue($"{part}.{member}: only mine changed");
                if (conflicts.Contains((part, member))) JsonNode.DeepEquals(merged, m).ShouldBeTrue("of a conflict mine stays until somebody chooses");
                else JsonNode.DeepEquals(merged, ContentDifference.Get(other.Parts, part, member)).ShouldBeTrue($"{part}.{member} depends on the side");
            }
        }));

    [Fact]
    public void Two_people_who_each_add_change_and_remove_other_rows_of_a_bag_are_merged()
    {
        var common = Bag(("a", "ก"), ("b", "ข"), ("c", "ค"), ("d", "ง"));
        var mine = Bag(("a", "ก"), ("b", "ข แก้"), ("c", "ค"), ("m", "ม"), ("d", "ง"));
        var theirs = Bag(("t", "ต"), ("a", "ก"), ("b", "ข"), ("d", "ง แก้"));
        var merge = ContentMerge.Of(common, mine, theirs);
        merge.Members.ShouldHaveSingleItem().Side.ShouldBe(MergeSide.Both);
        Rows(merge.Parts).ShouldBe(["t:ต", "a:ก", "b:ข แก้", "m:ม", "d:ง แก้"]);
        Rows(ContentMerge.Of(common, theirs, mine).Parts).ShouldBe(Rows(merge.Parts));
    }

    [Fact]
    public void One_row_changed_by_both_or_removed_by_one_and_changed_by_the_other_is_a_conflict()
    {
        var common = Bag(("a", "ก"), ("b", "ข"));
        ContentMerge.Of(common, Bag(("a", "ก1"), ("b", "ข")), Bag(("a", "ก2"), ("b", "ข"))).Conflicts.ShouldHaveSingleItem();
        ContentMerge.Of(common, Bag(("b", "ข")), Bag(("a", "ก2"), ("b", "ข"))).Conflicts.ShouldHaveSingleItem();
        ContentMerge.Of(common, Bag(("b", "ข"), ("a", "ก")), Bag(("a", "ก"), ("b", "ข"), ("c", "ค"))).Conflicts.ShouldBeEmpty();
    }

    [Fact]
    public void Thai_text_differs_by_word_and_markdown_by_line()
    {
        Texts.Between("ประชุมชุมชนนักปฏิบัติครั้งที่ 4", "ประชุมชุมชนนักปฏิบัติครั้งที่ 5").Select(p => (p.Kind, p.Text)).ShouldBe(
            [(PieceKind.Same, "ประชุมชุมชนนักปฏิบัติครั้งที่ "), (PieceKind.Removed, "4"), (PieceKind.Added, "5")]);
        Texts.Between("# หัวข้อ\n\nย่อหน้าแรก\n\nย่อหน้าที่สอง\n", "# หัวข้อ\n\nย่อหน้าแรก\n\nแทรก\n\nย่อหน้าที่สอง\n").Single(p => p.Kind != PieceKind.Same).ShouldBe(new Piece(PieceKind.Added, "แทรก\n\n"));
        var rewritten = Texts.Between("บริการประชาชนต้องคล่องตัว", "งบประมาณโปร่งใสตรวจสอบได้");
        rewritten.Count.ShouldBe(2, "of a sentence written anew no odd word is kept");
    }

    [Fact]
    public void Two_long_texts_that_have_nothing_in_common_are_compared_in_time()
    {
        var (before, after) = (string.Concat(Enumerable.Range(0, 5_000).Select(i => $"เก่า {i}\n")), string.Concat(Enumerable.Range(0, 5_000).Select(i => $"ใหม่ {i * 7}\n")));
        Should.CompleteIn(() => Texts.Between(before, after), Patience.Long).Count.ShouldBeGreaterThan(1);
    }

    private static readonly Gen<string> Letters = Gen.Elements("a", "b", "c", "d");

    private static readonly Gen<string[]> Lists = Gen.Choose(0, 12).SelectMany(n => Letters.ArrayOf(n));

    private static readonly Gen<(string, string)> TextPairs = Gen.OneOf(
        Arbitrary.Texts.Generator.Two(),
        // An edited text: one stretch replaced.
        Gen.OneOf(Arbitrary.Sentence, Gen.Elements("\n", "\n\n- ")).ListOf().Select(string.Concat).SelectMany(text => Gen.Choose(0, text.Length).Two().SelectMany(ends =>
            Arbitrary.Sentence.Select(put => (text, text[..Math.Min(ends.Item1, ends.Item2)] + put + text[Math.Max(ends.Item1, ends.Item2)..])))))
        .Select(pair => (pair.Item1, pair.Item2));

    private static readonly Gen<JsonNode> Values = Gen.OneOf(
        Letters.Select(t => (JsonNode)new JsonObject { ["Text"] = t }), Letters.Select(t => (JsonNode)JsonValue.Create(t)),
        Gen.Elements(1, 2).Select(n => (JsonNode)new JsonObject { ["Value"] = n }), Lists.Select(l => (JsonNode)new JsonArray([.. l.Select(t => (JsonNode)t)])));

    private static readonly Gen<JsonObject> Items = Gen.Choose(1, 6).SelectMany(n => Gen.Elements("P", "Q", "R").SelectMany(p => Gen.Elements("A", "B", "C").SelectMany(m => Values.Select(v => (p, m, v)))).ArrayOf(n))
        .Select(members => Build(members));

    // Two versions that began from one: each changes some members.
    private static readonly Gen<(JsonObject, JsonObject, JsonObject)> Triples = Items.SelectMany(common => Gen.OneOf(Items.Select(i => Over(common, i)), Gen.Constant(common)).Two()
        .Select(sides => (common, sides.Item1, sides.Item2)));

    private static JsonObject Build(IEnumerable<(string Part, string Member, JsonNode Value)> members)
    {
        var item = new JsonObject();
        foreach (var (part, member, value) in members)
        {
            if (item[part] is null) item[part] = new JsonObject();
            item[part]![member] = value.DeepClone();
        }
        return item;
    }

    private static JsonObject Over(JsonObject common, JsonObject changes)
    {
        var item = common.DeepClone().AsObject();
        foreach (var (part, members) in changes)
            foreach (var (member, value) in members!.AsObject())
            {
                if (item[part] is null) item[part] = new JsonObject();
                item[part]![member] = value!.DeepClone();
            }
        return item;
    }

    private static IEnumerable<(string, string)> Members(params JsonObject[] items) =>
        items.SelectMany(i => i.SelectMany(p => p.Value!.AsObject().Select(m => (p.Key, m.Key)))).Distinct();

    private static int LongestCommon(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
                lengths[i, j] = a[i - 1] == b[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[a.Length, b.Length];
    }

    private static JsonObject Bag(params (string Id, string Title)[] rows) => new()
    {
        ["Speakers"] = new JsonObject
        {
            ["ContentItems"] = new JsonArray([.. rows.Select(r => new JsonObject { ["ContentItemId"] = r.Id, ["ContentType"] = "Speaker", ["TitlePart"] = new JsonObject { ["Title"] = r.Title } })]),
        },
    };

    private static IEnumerable<string> Rows(JsonObject item) => item["Speakers"]!["ContentItems"]!.AsArray().Select(r => $"{r!["ContentItemId"]}:{r["TitlePart"]!["Title"]}");
}
