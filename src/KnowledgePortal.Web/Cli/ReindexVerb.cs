using System.Diagnostics;
using System.Globalization;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>reindex</c>: builds the search index again from the database.</summary>
public sealed class ReindexVerb : IVerb
{
    public string Name => "reindex";

    public string Arguments => "";

    public string Summary => Words.Pick("สร้างดัชนีค้นหาใหม่ทั้งหมดจากฐานข้อมูล", "builds the search index again from the database");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments.Length > 0) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        var watch = Stopwatch.StartNew();
        var index = site.GetRequiredService<SearchIndex>();
        await index.RebuildAsync();
        var seconds = watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(index.DocumentCount > 0
            ? Words.Pick($"สร้างดัชนีแล้ว {index.DocumentCount} รายการ ใน {seconds} วินาที", $"indexed {index.DocumentCount} documents in {seconds} s")
            : Words.Pick($"เว็บไซต์ที่เปิดอยู่สร้างดัชนีใหม่แล้ว ใน {seconds} วินาที", $"the running site has built its index again in {seconds} s"));
        return Verbs.Done;
    }
}
