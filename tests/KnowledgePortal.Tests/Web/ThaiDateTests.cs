using System.Globalization;
using KnowledgePortal.Web.Hosting.Thai;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class ThaiDateTests
{
    [Theory]
    [InlineData(2020, 7, 9, 2563)]
    [InlineData(2020, 12, 22, 2564)]
    [InlineData(2021, 12, 7, 2565)]
    [InlineData(2021, 9, 30, 2564)]
    [InlineData(2021, 10, 1, 2565)]
    public void The_fiscal_year_begins_in_October(int year, int month, int day, int fiscalYear) =>
        FiscalYear.Of(new DateOnly(year, month, day)).ShouldBe(fiscalYear);

    [Fact]
    public void Dates_are_written_in_the_Buddhist_era_whatever_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        foreach (var name in new[] { "", "th-TH", "en-US", "ar-SA" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            try
            {
                var date = new DateOnly(2020, 7, 9);
                ThaiDate.Long(date).ShouldBe("วันพฤหัสบดีที่\u00A09\u00A0กรกฎาคม\u00A02563");
                ThaiDate.Normal(date).ShouldBe("9\u00A0ก.ค.\u00A02563");
                ThaiDate.Short(date).ShouldBe("9\u00A0ก.ค.\u00A063");
                ThaiDate.Times(new TimeOnly(13, 30), new TimeOnly(15, 30)).ShouldBe("13.30\u00A0–\u2060\u00A015.30\u00A0น.");
                ThaiDate.Time(new TimeOnly(9, 5)).ShouldBe("09.05\u00A0น.");
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    [Theory]
    [InlineData(0, "0:00", "0\u00A0วินาที")]
    [InlineData(41, "0:41", "41\u00A0วินาที")]
    [InlineData(120, "2:00", "2\u00A0นาที")]
    [InlineData(2472, "41:12", "41\u00A0นาที 12\u00A0วินาที")]
    [InlineData(7104, "1:58:24", "1\u00A0ชม. 58\u00A0นาที")]
    public void Places_and_lengths_of_a_recording_are_readable(int seconds, string clock, string words)
    {
        ThaiDate.Clock(seconds).ShouldBe(clock);
        ThaiDate.Duration(seconds).ShouldBe(words);
    }
}
