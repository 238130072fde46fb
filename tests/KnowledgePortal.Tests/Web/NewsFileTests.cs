using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Tests.Search;
using KnowledgePortal.Web.Features.Articles;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>A file of news is read line by line; what is broken is named and the rest goes on.</summary>
public sealed class NewsFileTests
{
    private const string Good = """{"id":"a1","title":"เรื่องทดสอบ","text":"เนื้อความ","other":{"x":[1,2]}}""";

    [Fact]
    public void Lines_are_items_and_other_keys_are_passed_over() => Read(Good)[0].Item.ShouldBe(new NewsItem("a1", "เรื่องทดสอบ", "เนื้อความ"));

    [Theory]
    [InlineData("""{"id":17,"title":"ก","text":"ข"}""", "17")]
    [InlineData("""{"id":"17","title":"ก","text":"ข"}""", "17")]
    [InlineData("""{"id":" 17\u0000 ","title":null,"text":"ข"}""", "17")]
    [InlineData("""{"text":"ข","id":"ไทย"}""", "ไทย")]
    public void An_id_is_a_number_or_a_text(string line, string id) => Read(line)[0].Item.ShouldNotBeNull().Id.ShouldBe(id);

    [Theory]
    [InlineData("{")]
    [InlineData("ไม่ใช่ JSON")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("""{"id":"1","title":"ก","text":"ข"} {"id":"2"}""")]
    [InlineData("""{"id":"1","title":"ก","text":"ข",}""")]
    [InlineData("""{"title":"ก","text":"ข"}""")]
    [InlineData("""{"id":"","title":"ก","text":"ข"}""")]
    [InlineData("""{"id":1.5,"title":"ก","text":"ข"}""")]
    [InlineData("""{"id":-1,"title":"ก","text":"ข"}""")]
    [InlineData("""{"id":true,"title":"ก","text":"ข"}""")]
    [InlineData("""{"id":["1"],"title":"ก","text":"ข"}""")]
    [InlineData("""{"id":"1","title":"ก"}""")]
    [InlineData("""{"id":"1","title":"ก","text":7}""")]
    [InlineData("""{"id":"1","title":{"th":"ก"},"text":"ข"}""")]
    [InlineData("""{"id":"1","title":" ","text":""}""")]
    [InlineData("""{"id":"1","title":"ก","text":"\ud800"}""")]
    [InlineData("""{"id":"1","title":"\udc00ก","text":"ข"}""")]
    [InlineData("""{"id":"1","title":"ก","text":"ขาด""")]
    public void A_broken_line_is_named_and_the_others_are_read(string broken)
    {
        var lines = Read(Good, broken, """{"id":"a3","title":"ก","text":"ข"}""");
        lines.Select(l => l.IsReadable).ShouldBe([true, false, true]);
        lines[1].Number.ShouldBe(2);
        lines[1].Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Text_of_another_encoding_is_a_broken_line()
    {
        byte[] thaiWindows = [.. Encoding.ASCII.GetBytes("""{"id":"1","title":"ก","text":" """), 0xA1, 0xA2, .. "\"}\n"u8, .. Encoding.UTF8.GetBytes(Good)];
        Read(thaiWindows).Select(l => l.IsReadable).ShouldBe([false, true]);
    }

    [Fact]
    public void Controls_are_taken_out_of_the_text_but_not_its_line_ends() =>
        Read("""{"id":"1","title":"ก\u0000ข\u001B","text":"ค\u0007\n\tง\u007F"}""")[0].Item.ShouldBe(new NewsItem("1", "กข", "ค\n\tง"));

    [Fact]
    public void The_second_line_with_an_id_is_named_with_the_first()
    {
        var lines = Read(Good, "", """{"id":"a1","title":"อีก","text":"ข่าว"}""");
        lines.Count.ShouldBe(2);
        lines[1].Number.ShouldBe(3);
        lines[1].Reason.ShouldNotBeNull().ShouldContain("1");
        lines[1].Item.ShouldBeNull();
    }

    [Fact]
    public void Byte_order_marks_line_ends_of_windows_and_a_missing_last_line_end_are_fine()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good + "\r\n\r\n" + Good.Replace("a1", "a2"))];
        Read(file).Select(l => (l.Number, l.Item?.Id)).ShouldBe([(1L, "a1"), (3L, "a2")]);
    }

    [Fact]
    public void A_line_over_the_limit_is_named_and_not_held()
    {
        var huge = $$"""{"id":"b","title":"ก","text":"{{new string('x', NewsFile.LongestLine)}}"}""";
        var lines = Read(Good, huge, Good.Replace("a1", "a3"), huge + huge + huge);
        lines.Select(l => l.IsReadable).ShouldBe([true, false, true, false]);
        lines[1].Reason.ShouldNotBeNull().ShouldContain("5");
    }

    [Fact]
    public void A_line_just_within_the_limit_is_read()
    {
        var line = $$"""{"id":"b","title":"ก","text":"{{new string('x', NewsFile.LongestLine - 100)}}"}""";
        Read(line, Good).ShouldAllBe(l => l.IsReadable);
    }

    [Fact]
    public void A_compressed_file_is_read_like_a_plain_one()
    {
        Read(Compressed(Good)).ShouldHaveSingleItem().Item.ShouldNotBeNull().Id.ShouldBe("a1");
        using var scratch = new Support.ScratchFolder();
        var path = Path.Combine(scratch.Path, "news.jsonl.gz");
        File.WriteAllBytes(path, Compressed(Good));
        using var file = NewsFile.Open(path);
        file.Lines().Count().ShouldBe(1);
        file.Progress.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_compressed_file_gives_what_is_before_the_damage_and_says_so()
    {
        var whole = Compressed(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => Good.Replace("a1", $"{i * 7919 % 100_003:x}-{i}"))));
        var damaged = whole.ToArray();
        damaged.AsSpan(damaged.Length / 2, 64).Fill(0xFF);
        var lines = Read(damaged);
        lines.Count(l => l.IsReadable).ShouldBeGreaterThan(100);
        lines[^1].IsReadable.ShouldBeFalse();
    }

    [Fact]
    public void Empty_files_have_no_lines()
    {
        Read(Array.Empty<byte>()).ShouldBeEmpty();
        Read("", " ", "").ShouldBeEmpty();
    }

    [Fact]
    public void Any_bytes_are_lines_and_nothing_is_thrown() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()), bytes => { _ = Read([.. bytes, (byte)'\n', .. Encoding.UTF8.GetBytes(Good)]); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_in_a_line_is_an_item_or_has_a_reason() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var line = Read($$"""{"id":"1","title":"ก","text":"{{text.Replace("\n", " ")}}"}""").ShouldHaveSingleItem();
            line.IsReadable.ShouldBe(line.Reason is null);
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<NewsLine> Read(params string[] lines) => Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    private static IReadOnlyList<NewsLine> Read(byte[] bytes)
    {
        using var file = new NewsFile(new MemoryStream(bytes));
        return [.. file.Lines()];
    }

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}
