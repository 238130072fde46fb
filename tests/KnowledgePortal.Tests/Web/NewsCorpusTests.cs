using System.Globalization;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Hosting.Thai;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>The importer's reading of real news, from the folder named by PORTAL_TEST_DATA.</summary>
public sealed class NewsCorpusTests
{
    private static readonly NewsText Reader = new(new NewsAgencies(
        [new KnownAgency("ศูนย์อำนวยการบริหารจังหวัดชายแดนภาคใต้", ["ศอ.บต."]), new KnownAgency("จังหวัดสงขลา", []), new KnownAgency("สำนักงาน ก.พ.ร.", [])]));

    [Fact]
    public void Nearly_all_news_has_a_date_a_source_and_an_agency()
    {
        using var file = NewsFile.Open(TestData("data", "thaigov-21k.jsonl.gz"));
        var (all, dated, sourced, placed, slugs) = (0, 0, 0, 0, 0);
        foreach (var line in file.Lines())
        {
            line.IsReadable.ShouldBeTrue($"{line.Number}: {line.Reason}");
            var news = Reader.Read(line.Item);
            all++;
            if (news.Date is { Year: >= 2020 and <= 2026 }) dated++;
            if (news.HasSourcePage) sourced++;
            if (news.Agency is not null) placed++;
            if (ThaiSlug.Of(news.Title) is not null) slugs++;
        }
        all.ShouldBeGreaterThan(20_000);
        Share(dated).ShouldBeGreaterThan(0.97);
        Share(sourced).ShouldBeGreaterThan(0.98);
        Share(placed).ShouldBeGreaterThan(0.80);
        slugs.ShouldBe(all);

        double Share(int part) => (double)part / all;
    }

    [Fact]
    public void No_part_of_the_page_stays_in_the_text_of_the_five_session_reports()
    {
        var files = Directory.GetFiles(TestData("seeds"), "*.txt").Order(StringComparer.Ordinal).ToList();
        var all = files.ConvertAll(path =>
        {
            var text = File.ReadAllText(path);
            return Reader.Read(new NewsItem(Path.GetFileName(path), text[..text.IndexOf('\n')], text));
        });
        all.Select(n => n.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ShouldBe(["2023-02-21", "2020-01-15", "2020-07-10", "2021-12-08", "2024-03-11"]);
        foreach (var news in all)
        {
            foreach (var phrase in new[] { "Spread the love", "Facebook", "Written by", "Related posts", "bloggers", "ExactMetrics", "รัฐบาลไทย-", "ที่มา :", "ขอขอบคุณข้อมูลจาก", "#WorldSoilDay", "\u00A0" })
                (news.Title + news.Markdown).ShouldNotContain(phrase, Case.Insensitive);
            news.Markdown.Split("\n\n").ShouldNotContain("พิมพ์");
            news.Markdown.Split("\n\n").ShouldNotContain(news.Title);
            news.Agency.ShouldNotBeNull();
        }
        all.Count(n => n.HasSourcePage).ShouldBe(2);
    }

    private static string TestData(params string[] path)
    {
        if (Environment.GetEnvironmentVariable("PORTAL_TEST_DATA") is not { Length: > 0 } folder)
        {
            Assert.Skip("PORTAL_TEST_DATA names no folder with larger data");
            return "";
        }
        return Path.Combine([folder, .. path]);
    }
}
