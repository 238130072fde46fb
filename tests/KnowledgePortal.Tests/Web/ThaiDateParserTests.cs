using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Tests.Search;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Hosting.Thai;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class ThaiDateParserTests
{
    private static readonly DateOnly Day = new(2022, 9, 15);

    private static readonly FsCheck.Arbitrary<DateOnly> Dates = Between(new DateOnly(1857, 1, 1), new DateOnly(2156, 12, 31));

    [Theory]
    [InlineData("15/9/2565")]
    [InlineData("15/09/2565")]
    [InlineData("15-9-2565")]
    [InlineData("15.9.2565")]
    [InlineData("15 9 2565")]
    [InlineData("15 / 9 / 2565")]
    [InlineData("15/9/65")]
    [InlineData("2022-09-15")]
    [InlineData("2022-9-15")]
    [InlineData("15 กันยายน 2565")]
    [InlineData("15กันยายน2565")]
    [InlineData("15 กันยายน พ.ศ. 2565")]
    [InlineData("15 กันยายน พุทธศักราช 2565")]
    [InlineData("15 กันยายน ปี 2565")]
    [InlineData("15 กันยายน ค.ศ. 2022")]
    [InlineData("15 ก.ย. 65")]
    [InlineData("15 ก.ย.65")]
    [InlineData("15 ก. ย. 2565")]
    [InlineData("15 กย 65")]
    [InlineData("15-ก.ย.-65")]
    [InlineData("๑๕ ก.ย. ๖๕")]
    [InlineData("๑๕/๙/๒๕๖๕")]
    [InlineData("วันที่ 15 กันยายน 2565")]
    [InlineData("วันพฤหัสบดีที่ 15 กันยายน พ.ศ. 2565")]
    [InlineData("เมื่อวันพฤหัสบดีที่ 15 กันยายน 2565")]
    [InlineData("พฤ. 15 ก.ย. 2565")]
    [InlineData("  15\u00A0กันยายน\u00A02565\t")]
    [InlineData("15 กัน\u200Bยายน 2565")]
    public void What_people_type_means_one_day(string typed)
    {
        var reading = ThaiDateParser.Parse(typed);
        reading.Date.ShouldBe(Day, reading.Reason?.Thai);
        reading.Reason.ShouldBeNull();
        reading.Warning.ShouldBeNull();
    }

    [Theory]
    [InlineData("9 กรกฏาคม 2563", "2020-07-09")]
    [InlineData("1 กุมภาพันธ 2563", "2020-02-01")]
    [InlineData("29 ก.พ. 2563", "2020-02-29")]
    [InlineData("2 มี.ค. 63", "2020-03-02")]
    [InlineData("2 มิ.ย. 63", "2020-06-02")]
    [InlineData("2 เม.ย. 63", "2020-04-02")]
    [InlineData("จ. 13 ธ.ค. 2564", "2021-12-13")]
    public void Other_days_too(string typed, string expected) => ThaiDateParser.Parse(typed).Date.ShouldBe(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("31/2/2565", "31 กุมภาพันธ์ 2565")]
    [InlineData("29 ก.พ. 2565", "1 ถึง 28")]
    [InlineData("0/9/2565", "ไม่มีวันที่ 0")]
    [InlineData("9/15/2565", "15/9/2565")]
    [InlineData("45/13/2565", "เดือนที่ 13")]
    [InlineData("2022-13-01", "เดือนที่ 13")]
    [InlineData("15 กันยายน", "ปี")]
    [InlineData("15/9/", "ปี")]
    [InlineData("15/9/256", "สี่หลัก")]
    [InlineData("15/9/25650", "สี่หลัก")]
    [InlineData("15/9/2300", "2400")]
    [InlineData("15/9/9999", "2699")]
    [InlineData("15 กันยายน ค.ศ. 22", "สี่หลัก")]
    [InlineData("พรุ่งนี้", "พรุ่งนี้")]
    [InlineData("15 กันยายน 2565 และอื่น ๆ", "อ่านวันที่")]
    [InlineData("1234567", "อ่านวันที่")]
    [InlineData("", "ยังไม่ได้กรอก")]
    [InlineData(" ", "ยังไม่ได้กรอก")]
    [InlineData(null, "ยังไม่ได้กรอก")]
    public void What_is_no_date_is_refused_with_a_reason(string? typed, string named)
    {
        var reading = ThaiDateParser.Parse(typed);
        reading.Date.ShouldBeNull();
        reading.Reason.ShouldNotBeNull().Thai.ShouldContain(named);
    }

    [Theory]
    [InlineData("15/9/2022")]
    [InlineData("15 กันยายน 2022")]
    [InlineData("15 ก.ย. พ.ศ. 2022")]
    public void A_year_of_the_common_era_is_refused_and_the_reason_says_what_to_type(string typed)
    {
        var reading = ThaiDateParser.Parse(typed);
        reading.Date.ShouldBeNull();
        reading.Reason.ShouldNotBeNull().Thai.ShouldContain(typed);
        reading.Reason.Thai.ShouldContain("15/9/2565");
    }

    [Fact]
    public void A_buddhist_year_in_the_order_of_iso_is_refused() => ThaiDateParser.Parse("2565-09-15").Reason.ShouldNotBeNull().Thai.ShouldContain("15/9/2565");

    [Fact]
    public void A_weekday_that_contradicts_the_date_is_a_warning()
    {
        var reading = ThaiDateParser.Parse("วันศุกร์ที่ 15 กันยายน 2565");
        reading.Date.ShouldBe(Day);
        reading.Warning.ShouldNotBeNull().Thai.ShouldBe("15 กันยายน 2565 เป็นวันพฤหัสบดี ไม่ใช่วันศุกร์");
    }

    [Fact]
    public void A_short_year_that_may_be_meant_otherwise_is_a_warning() => ThaiDateParser.Parse("15/9/22").Warning.ShouldNotBeNull().Thai.ShouldBe("อ่านปีสองหลักเป็น พ.ศ. 2522 (ค.ศ. 1979)");

    [Fact]
    public void A_reason_quotes_nothing_that_could_harm_a_page_of_text() =>
        ThaiDateParser.Parse("ก\u0000ข\uD800ค\r\nง").Reason.ShouldNotBeNull().Thai.ShouldContain("“กข\uFFFDคง”");

    [Fact]
    public void Every_date_that_the_site_shows_can_be_typed_again() =>
        Prop.ForAll(Dates, date =>
        {
            foreach (var shown in new[] { ThaiDate.Long(date), ThaiDate.Full(date), ThaiDate.Normal(date), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{date.Day}/{date.Month}/{date.Year + 543}" })
                ThaiDateParser.Parse(shown).Date.ShouldBe(date, shown);
            ThaiDateParser.Parse(ThaiDate.Long(date)).Warning.ShouldBeNull();
            ThaiDateParser.FindFirst($"ข่าวที่ 7 ว่าเมื่อ{ThaiDate.Long(date)} มี 3 คน")!.Value.Date.ShouldBe(date);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_short_date_of_the_century_can_be_typed_again() =>
        Prop.ForAll(Between(new DateOnly(1957, 1, 1), new DateOnly(2056, 12, 31)), date => ThaiDateParser.Parse(ThaiDate.Short(date)).Date.ShouldBe(date)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_is_thrown() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var reading = ThaiDateParser.Parse(text);
            (reading.Date is null).ShouldBe(reading.Reason is not null);
            var time = ThaiTimeParser.Parse(text);
            (time.Time is null).ShouldBe(time.Reason is not null);
            if (ThaiDateParser.FindFirst(text) is { } found) (found.Start + found.Length).ShouldBeLessThanOrEqualTo(text.Length);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("เมื่อวันที่ 9 ก.ค. 2563 เวลา 13.15 น. ณ ห้องประชุม", "9 ก.ค. 2563", "2020-07-09")]
    [InlineData("วันนี้ (15 ม.ค. 63) ที่โรงแรม", "15 ม.ค. 63", "2020-01-15")]
    [InlineData("วันที่ (21 กุมภาพันธ์ 2566) 9.30 น.", "21 กุมภาพันธ์ 2566", "2023-02-21")]
    [InlineData("วันศุกร์ที่ 10 กรกฎาคม 2563", "10 กรกฎาคม 2563", "2020-07-10")]
    [InlineData("วันพุธที่ 8 ธันวาคม พ.ศ. 2564", "8 ธันวาคม พ.ศ. 2564", "2021-12-08")]
    [InlineData("11/03/2567 พิมพ์", "11/03/2567", "2024-03-11")]
    [InlineData("๑๖ กุมภาพันธ์ ๒๕๖๔", "๑๖ กุมภาพันธ์ ๒๕๖๔", "2021-02-16")]
    [InlineData("ประจ\u0E4D\u0E32ปี เมื่อ 9\u00A0ก.ค.\u00A02563", "9\u00A0ก.ค.\u00A02563", "2020-07-09")]
    [InlineData("เมื่อวันที่ 27 ก.ค.2566 ที่", "27 ก.ค.2566", "2023-07-27")]
    [InlineData("ระหว่างวันที่ 24–28 กรกฎาคม 2568", "24–28 กรกฎาคม 2568", "2025-07-24")]
    [InlineData("ระหว่าง ๕ - ๑๖ กันยายน ๒๕๖๕", "๕ - ๑๖ กันยายน ๒๕๖๕", "2022-09-05")]
    [InlineData("ครั้งที่ 4/2563 รวม 76 แห่ง วันที่ 9 ก.ค. 50.5 ล้าน แล้ว 31 ก.พ. 2563 จึง 1 มี.ค. 2563", "1 มี.ค. 2563", "2020-03-01")]
    [InlineData("โทร 0-2123-2565 ที่อยู่ 99/12/2565/1 วันที่ 1 มี.ค. 2563", "1 มี.ค. 2563", "2020-03-01")]
    [InlineData("on 9 กรกฎาคม ค.ศ. 2020", "9 กรกฎาคม ค.ศ. 2020", "2020-07-09")]
    public void The_first_date_of_running_text_is_found_where_it_stands(string text, string said, string expected)
    {
        var found = ThaiDateParser.FindFirst(text).ShouldNotBeNull();
        found.Date.ShouldBe(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        text.Substring(found.Start, found.Length).ShouldBe(said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ปีงบประมาณ พ.ศ. 2563 มี 76 แห่ง")]
    [InlineData("วันที่ 9 ก.ค. เวลา 13.15 น.")]
    [InlineData("มติ ก.พ.ร. 4.0 และ 5 ก.พ.ร. 25")]
    [InlineData("1/2 และ 3/4/5")]
    [InlineData("15 คน 63")]
    public void Text_without_a_whole_date_has_none(string text) => ThaiDateParser.FindFirst(text).ShouldBeNull();

    [Theory]
    [InlineData("1 ")]
    [InlineData("15 ก.ค. ")]
    [InlineData("1\u200B")]
    [InlineData("9 กรกฎาค")]
    [InlineData("99/99/9999 ")]
    [InlineData("1111111111")]
    [InlineData("                                1")]
    public void A_megabyte_of_almost_dates_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Should.CompleteIn(() => ThaiDateParser.FindFirst(text), Patience.Long).ShouldBeNull();
        Should.CompleteIn(() => ThaiDateParser.Parse(text), Patience.Long).Reason.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("13.15", 13, 15)]
    [InlineData("13:15", 13, 15)]
    [InlineData("13.15 น.", 13, 15)]
    [InlineData("13.15น.", 13, 15)]
    [InlineData("13:15:00", 13, 15)]
    [InlineData("9.30", 9, 30)]
    [InlineData("09.30", 9, 30)]
    [InlineData("เวลา 9.30 นาฬิกา", 9, 30)]
    [InlineData("๑๓.๑๕\u00A0น.", 13, 15)]
    [InlineData("13 น.", 13, 0)]
    [InlineData("00.00", 0, 0)]
    public void A_typed_time_is_understood(string typed, int hour, int minute) => ThaiTimeParser.Parse(typed).Time.ShouldBe(new TimeOnly(hour, minute));

    [Theory]
    [InlineData("24.00")]
    [InlineData("13.60")]
    [InlineData("13.5")]
    [InlineData("13")]
    [InlineData("บ่ายสอง")]
    [InlineData("13.15 – 15.30 น.")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_time_is_refused(string? typed)
    {
        ThaiTimeParser.Parse(typed).Time.ShouldBeNull();
        ThaiTimeParser.Parse(typed).Reason.ShouldNotBeNull();
    }

    [Fact]
    public void Every_time_that_the_site_shows_can_be_typed_again()
    {
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var time = new TimeOnly(minute / 60, minute % 60);
            ThaiTimeParser.Parse(ThaiDate.Time(time)).Time.ShouldBe(time);
        }
    }

    private static FsCheck.Arbitrary<DateOnly> Between(DateOnly first, DateOnly last) => Arb.From(Gen.Choose(first.DayNumber, last.DayNumber).Select(DateOnly.FromDayNumber));
}
