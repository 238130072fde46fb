using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Web.Features.Recordings;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class WebVttTests
{
    [Fact]
    public void Cues_give_their_seconds_speaker_and_plain_text()
    {
        var cues = WebVtt.Parse("""
            WEBVTT - ทดสอบ

            STYLE
            ::cue { color: red }

            NOTE ไม่ใช่คำพูด

            1
            00:05.000 --> 00:07.500 line:0
            <v.loud ผู้บรรยาย>สวัสดี <b>ครับ</b>
            ทุกท่าน &amp; ทุกคน

            01:02:03.250 --> 01:02:04.000
            ไม่มีผู้พูด
            """);
        cues.ShouldBe([new Cue(5, 7.5, "ผู้บรรยาย", "สวัสดี ครับ ทุกท่าน & ทุกคน"), new Cue(3723.25, 3724, null, "ไม่มีผู้พูด")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WEBVTT\n\n00:07.000 --> 00:05.000\nย้อนเวลา")]
    [InlineData("WEBVTT\n\n--> \nไม่มีเวลา")]
    [InlineData("WEBVTT\n\n99999:00:00.000 --> 99999:00:01.000\nนานเกินไป")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>")]
    public void A_broken_block_is_left_out(string text) => WebVtt.Parse(text).ShouldBeEmpty();

    [Fact]
    public void Any_text_is_read_without_an_error() => Prop.ForAll<string>(text => WebVtt.Parse("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text) is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Windows_line_ends_do_not_matter() =>
        WebVtt.Parse("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nก\r\n\r\n00:03.000 --> 00:04.000\r\nข\r\n").Count.ShouldBe(2);
}
