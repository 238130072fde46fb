using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>How often a page that is made anew goes to the database: on PostgreSQL every time is a way there and back.</summary>
public sealed class StatementsTests(DemoSite site)
{
    [Theory]
    [InlineData("/", 3)]
    [InlineData("/practices", 1)]
    [InlineData("/practices/epam", 3)]
    [InlineData("/cop", 2)]
    [InlineData("/cop/moi", 3)]
    [InlineData("/cop/moi/2563/4", 4)]
    [InlineData("/cop/opdc/2565/เคล็ดที่ไม่ลับ/watch", 3)]
    [InlineData("/topics/digital-government", 2)]
    [InlineData("/provinces", 1)]
    [InlineData("/provinces/songkhla", 3)]
    [InlineData("/calendar", 1)]
    [InlineData("/articles", 1)]
    [InlineData("/search?q=ความรู้", 2)]
    [InlineData("/about", 1)]
    public async Task A_page_goes_to_the_database_few_times(string path, int most)
    {
        var reader = new MemberBrowser(site.Address, "203.0.113.7");
        reader.Cookies.Add(site.Address, new Cookie("reader", "1")); // whoever sends one gets a page of his own
        (await AskedAsync(reader, path)).ShouldBeNoMoreThan(most);
        await reader.SignInAsync(DemoSite.Organizer, DemoSite.Password);
        (await AskedAsync(reader, path)).ShouldBeNoMoreThan(most + 1); // who is it
    }

    private static async Task<IReadOnlyList<string>> AskedAsync(MemberBrowser reader, string path)
    {
        await TraceAsync(reader, path); // reads what is kept until the next publish
        return await TraceAsync(reader, path);
    }

    private static async Task<IReadOnlyList<string>> TraceAsync(MemberBrowser reader, string path)
    {
        using var trace = new Activity("page").SetIdFormat(ActivityIdFormat.W3C).Start();
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DatabaseTrace.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace.TraceId) asked.Enqueue(activity.GetTagItem(DatabaseTrace.Text)!.ToString()!);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", trace.Id);
        using var response = await reader.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. asked];
    }
}

internal static class AskedStatements
{
    public static void ShouldBeNoMoreThan(this IReadOnlyList<string> asked, int most)
    {
        asked.ShouldNotBeEmpty();
        asked.Count.ShouldBeLessThanOrEqualTo(most, string.Join("\n\n", asked));
    }
}
