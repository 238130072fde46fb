using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Benchmarks.Pages;

/// <summary>Somebody who publishes one article after another through the API, with the cookie of a session.</summary>
internal sealed partial class Publisher : IDisposable
{
    private readonly HttpClient _client;

    private Publisher(HttpClient client) => _client = client;

    public static async Task<Publisher> SignInAsync(Uri site)
    {
        var client = new HttpClient { BaseAddress = site };
        var page = await client.GetStringAsync("/login");
        using var entered = await client.PostAsync("/login", new FormUrlEncodedContent([
            new("__form", FormToken().Match(page).Groups[1].Value), new("Email", BenchmarkSite.Administrator), new("Password", BenchmarkSite.Password)]));
        entered.EnsureSuccessStatusCode();
        var session = await client.GetFromJsonAsync<JsonObject>("/api/v1/session");
        client.DefaultRequestHeaders.Add("X-Form-Token", session!["formToken"]?.ToString() ?? throw new InvalidOperationException("nobody is signed in"));
        return new Publisher(client);
    }

    /// <summary>Milliseconds of each.</summary>
    public async Task<List<double>> PublishAsync(int count, string title)
    {
        var times = new List<double>();
        for (var n = 0; n < count; n++)
        {
            var article = new JsonObject
            {
                ["ContentType"] = "Article", ["TitlePart"] = new JsonObject { ["Title"] = $"{title} {n}" },
                ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = string.Concat(Enumerable.Repeat("คณะทำงานของจังหวัดประชุมติดตามผลการพัฒนาคุณภาพการบริหารจัดการภาครัฐ\n\n", 10)) },
            };
            var start = Stopwatch.GetTimestamp();
            using var answer = await _client.PostAsJsonAsync("/api/v1/content?publish=true", article);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        return times;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
