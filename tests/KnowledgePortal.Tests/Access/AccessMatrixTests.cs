using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Features.Search;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>
/// Every person asks every surface about every thing. What somebody may not see must not occur in any answer to him, and where he asks for it by its address
/// the answer is that for a thing which does not exist.
/// </summary>
[Collection(nameof(AccessSite))]
public sealed partial class AccessMatrixTests(AccessSite site, ITestOutputHelper output)
{
    private static readonly string[] Lists =
    [
        "/", "/cop", "/cop/moi", "/cop/opdc", "/practices", "/articles", "/calendar", "/calendar?fy=2569", "/provinces", "/provinces/khon-kaen", "/topics/public-innovation", "/feed.atom", "/sitemap.xml", "/sitemap-1.xml",
        "/feeds/Article.atom", "/feeds/BestPractice.atom", "/feeds/CopSession.atom", "/feeds/Recording.atom", "/feeds/Leaf.atom", "/cop/moi/feed.atom", "/cop/opdc/feed.atom", "/topics/public-innovation/feed.atom",
        "/search", "/search?q=zqcommon", "/search?q=zqcommon&sort=newest", "/search?q=zqcommon&type=CopSession", "/api/v1/search?q=zqcommon", "/api/v1/search?q=", "/api/v1/search?q=zqfilesessaz", "/api/v1/search/suggest?q=zq",
        "/api/v1/search/suggest?q=zqm", "/api/v1/search/suggest?q=zqs", "/search?q=zqcommom", "/zqp", "/subscribe", "/manage", "/manage/trash", "/manage/terms", "/manage/choices/BestPractice/BestPractice.ToldIn",
        "/manage/choices/CopSession/CopSession.NextSession?q=zq", "/manage/choices/CopSession/CopSession.Community?q=zq", "/manage/choices/Recording/Recording.Session?q=zq", "/manage/new/CopSession", "/manage/new/Recording", "/manage/new/BestPractice",
        $"/articles/{PathOf("public")}", $"/practices/{PathOf("told")}", $"/{PathOf("pointer")}", $"/cop/moi/2569/{PathOf("sessp")}", $"/api/v1/content/{AccessSite.Of("told").Id}", "/cop/moi/2563/4", "/cop/moi/2563/4/watch",
        "/api/v1/content?limit=100", "/api/v1/content?type=Article&limit=100", "/api/v1/content?type=BestPractice&limit=100", "/api/v1/content?type=CopSession&limit=100", "/api/v1/content?type=Leaf&limit=100", "/api/v1/content?type=Recording&limit=100", "/api/v1/types", "/api/v1/taxonomies",
        "/api/v1/content?type=BestPractice&version=latest&limit=100",
    ];

    private readonly ConcurrentBag<string> _leaks = [];
    private readonly ConcurrentDictionary<string, string> _missing = new();
    private int _cells;

    [Fact]
    public async Task Nobody_learns_of_what_he_may_not_see()
    {
        await Task.WhenAll(AccessSite.People.Select(AskAllAsync));
        await DigestsAsync();
        output.WriteLine($"{_cells} cells");
        string.Join('\n', _leaks.Order()).ShouldBeEmpty($"{_leaks.Count} of {_cells} cells");
        _cells.ShouldBeGreaterThan(5_000);

        async Task AskAllAsync(Person person)
        {
            foreach (var list in Lists.Union(SurfacesOfRoutes())) await ListAsync(person, list);
            foreach (var thing in AccessSite.Things)
            {
                foreach (var (path, headers) in Reading(thing)) await AskAsync(person, thing, path, headers);
                foreach (var path in SurfacesOf(thing)) await AskAsync(person, thing, path, []);
                foreach (var path in Working(thing).Union(Readable().Where(p => p.Contains("{id}") && RouteRules.All[p] == Rule.Workbench).Select(p => p.Replace("{id}", thing.Id)).Where(p => !p.Contains('{')))) await AskWorkbenchAsync(person, thing, HttpMethod.Get, path);
                foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete }) await AskWorkbenchAsync(person, thing, method, $"/api/v1/content/{thing.Id}");
                foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete }) await AskWorkbenchAsync(person, thing, method, $"/api/v1/content/{thing.Id}/publication");
                await AskWorkbenchAsync(person, thing, HttpMethod.Get, $"/api/v1/content/{thing.Id}?version=latest");
            }
        }
    }

    [Fact]
    public async Task Everybody_finds_exactly_what_he_may_see()
    {
        foreach (var person in AccessSite.People)
        {
            var found = JsonNode.Parse(await site.As(person).GetStringAsync("/api/v1/search?q=zqcommon"))!;
            var visible = AccessSite.Things.Where(t => t.Seers.Contains(person.Name) && t.Type != "Pointer").Select(t => t.Id).Order(StringComparer.Ordinal).ToList();
            found["hits"]!.AsArray().Select(h => h!["contentItemId"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList().ShouldBe(visible, person.Name);
            found["total"]!.GetValue<int>().ShouldBe(visible.Count, person.Name);
            foreach (var facet in found["facets"]!.AsObject())
                foreach (var choice in facet.Value!.AsArray())
                    JsonNode.Parse(await site.As(person).GetStringAsync($"/api/v1/search?q=zqcommon&{facet.Key}={Uri.EscapeDataString(choice!["value"]!.GetValue<string>())}"))!["total"]!.GetValue<int>()
                        .ShouldBe(choice["count"]!.GetValue<int>(), $"{person.Name}: {facet.Key}={choice["value"]}");
            foreach (var thing in AccessSite.Things.Where(t => t.Path.Length > 0))
                (await site.As(person).GetAsync("/" + thing.Path)).StatusCode.ShouldBe(thing.Seers.Contains(person.Name) ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{person.Name}: {thing.Name}");
            foreach (var (thing, file) in AccessSite.Things.SelectMany(t => t.Files.Select(f => (t, f))))
                (await site.As(person).GetAsync("/media/" + file)).StatusCode.ShouldBe(thing.Seers.Contains(person.Name) ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{person.Name}: {file}");
        }
        (await site.As(AccessSite.People[2]).GetStringAsync("/api/v1/search?q=zqfilesessaz")).ShouldContain("zqfilesessaz");
    }

    [Fact]
    public async Task A_membership_and_a_role_count_from_the_next_request_on()
    {
        var (officer, thing) = (AccessSite.People.First(p => p.Name == "officer"), AccessSite.Of("coma"));
        await ShouldAnswerAsync(HttpStatusCode.NotFound);
        await ChangeAsync("insert into account_groups (account_id, view_group) select account_id, @CommunityA from accounts where user_name = @UserName");
        await ShouldAnswerAsync(HttpStatusCode.OK);
        await ChangeAsync("delete from account_groups where view_group = @CommunityA and account_id = (select account_id from accounts where user_name = @UserName)");
        await ShouldAnswerAsync(HttpStatusCode.NotFound);
        await ChangeAsync("insert into account_roles (account_id, role) select account_id, 'Organizer' from accounts where user_name = @UserName and @CommunityA is not null");
        await ShouldAnswerAsync(HttpStatusCode.OK);
        await ChangeAsync("delete from account_roles where role = 'Organizer' and @CommunityA is not null and account_id = (select account_id from accounts where user_name = @UserName)");
        await ShouldAnswerAsync(HttpStatusCode.NotFound);

        async Task ShouldAnswerAsync(HttpStatusCode status)
        {
            (await site.As(officer).GetAsync("/" + thing.Path)).StatusCode.ShouldBe(status);
            (await site.As(officer).GetAsync("/media/" + thing.Files[0])).StatusCode.ShouldBe(status);
        }

        async Task ChangeAsync(string sql)
        {
            await using var transaction = await site.Database.BeginAsync();
            await transaction.ExecuteAsync(sql, new { AccessSite.CommunityA, officer.UserName });
            await transaction.CommitAsync();
        }
    }

    private async Task ListAsync(Person person, string path)
    {
        var answer = await AnswerAsync(person, HttpMethod.Get, path);
        // Whoever may edit an item is given its document as it is.
        if (person.Name == "root" && (path == "/api/v1/content" || path.StartsWith("/api/v1/content?limit", StringComparison.Ordinal))) return;
        foreach (var thing in AccessSite.Things.Where(t => !t.Path.Contains(path.TrimStart('/'), StringComparison.Ordinal) || path.Length < 5))
            Judge(path.StartsWith("/manage", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal) || path.Contains("version=latest") ? Knows(person, thing) : thing.Seers.Contains(person.Name), person, thing, path, answer.Body);
    }

    // Whatever the site has to give out, as a page, a feed, a file to download or an export: a new route is asked as soon as it is there.
    private IEnumerable<string> SurfacesOfRoutes()
    {
        var surfaces = Readable().SelectMany(pattern => Values.Where(v => pattern.Contains('{' + v.Key, StringComparison.Ordinal)).Aggregate(
            new[] { pattern }.AsEnumerable(), (paths, v) => paths.SelectMany(p => v.Value.Select(value => Parameter(v.Key).Replace(p, value))))).Distinct().ToList();
        surfaces.Where(s => s.Contains('{')).ShouldBeEmpty("say in Values what these parameters may be");
        return surfaces;
    }

    // Those of one thing: what hangs below its address, and what is asked by its id.
    private IEnumerable<string> SurfacesOf(Thing thing)
    {
        var segments = thing.Path.Split('/');
        foreach (var pattern in Readable().Where(p => RouteRules.All[p] != Rule.Workbench))
        {
            if (pattern.Contains("{handle}")) yield return pattern.Replace("{handle}", thing.Id);
            var parts = pattern[1..].Split('/');
            if (parts.Length < segments.Length || !segments.Zip(parts).All(s => s.Second.StartsWith('{') || s.First == s.Second)) continue;
            var tail = string.Join('/', [parts[segments.Length - 1].Split('}')[^1], .. parts[segments.Length..]]);
            if (parts[segments.Length - 1].StartsWith('{') && tail.Length > 0 && !tail.Contains('{')) yield return $"/{thing.Path}{tail}";
        }
    }

    // Rest-of-path routes are the things' own pages and files, which Reading asks; secrets are for whoever has them.
    private IEnumerable<string> Readable() => site.Routes()
        .Where(r => r.Methods.Contains("GET") && !r.Pattern.Contains("{**") && RouteRules.All[r.Pattern] != Rule.Secret && !r.Pattern.StartsWith("/logout", StringComparison.Ordinal)).Select(r => r.Pattern).Distinct();

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["community"] = ["moi", "opdc"], ["fiscalYear"] = ["2569", "2563"], ["slug"] = ["public-innovation", "khon-kaen", "4"], ["type"] = ["Article", "BestPractice", "CopSession", "Recording", "Leaf"],
        ["name"] = ["CopSession", "topics", "malformed"], ["part"] = ["1"], ["status"] = ["404"], ["field"] = ["CopSession.NextSession", "BestPractice.ToldIn"], ["alias"] = ["topics"],
        ["id"] = [AccessSite.Of("public").Id], ["handle"] = [AccessSite.Of("public").Id], ["version"] = [AccessSite.Of("public").Id[..25] + "v"], ["accountId"] = ["none"], ["keyId"] = ["none"],
    };

    private static Regex Parameter(string name) => new($$"""\{{{name}}(?::[^}]*)?\}""");

    private static IEnumerable<(string Path, (string, string)[] Headers)> Reading(Thing thing)
    {
        var pages = new[] { "/" + thing.Path, $"/{thing.Path}/", $"/{thing.Path}?page=2", $"/{thing.Path}?q={thing.Secret}", $"/api/v1/content/{thing.Id}", $"/api/v1/search?q={thing.Secret}", $"/search?q={thing.Marker}", $"/api/v1/search/suggest?q={thing.Marker[..^1]}", "/" + thing.Former };
        foreach (var page in pages) yield return (page, []);
        yield return ("/" + thing.Path, [("If-None-Match", "*")]);
        yield return ("/" + thing.Path, [("If-Modified-Since", "Sun, 01 Nov 2099 00:00:00 GMT")]);
        foreach (var file in thing.Files)
        {
            foreach (var more in new[] { "", "?download", "?view" }) yield return ($"/media/{file}{more}", []);
            foreach (var range in new[] { "bytes=0-5", "bytes=-5", "bytes=0-1,3-4", "bytes=999999-" }) yield return ($"/media/{file}", [("Range", range)]);
            yield return ($"/media/{file}", [("Range", "bytes=0-5"), ("If-Range", "Sun, 01 Nov 2099 00:00:00 GMT")]);
            yield return ($"/media/{file}", [("If-Match", "\"x\"")]);
            yield return ($"/media/{file}", [("If-Unmodified-Since", "Sun, 01 Nov 1998 00:00:00 GMT")]);
            yield return ($"/media/{file}", [("If-None-Match", "*")]);
            yield return ($"/media/{file}", [("If-Modified-Since", "Sun, 01 Nov 2099 00:00:00 GMT")]);
            if (!file.EndsWith("large.webp", StringComparison.Ordinal)) continue;
            foreach (var width in new[] { "800", "320" })
                foreach (var more in new[] { "", "?download" })
                {
                    yield return ($"/media/{file.Replace("large", width)}{more}", []);
                    yield return ($"/media/{file.Replace("large", width)}{more}", [("Range", "bytes=0-5")]);
                }
        }
    }

    private static IEnumerable<string> Working(Thing thing) =>
        from what in new[] { "", "/history", "/compare", $"/compare?to={thing.Id[..25]}v", "/preview", $"/versions/{thing.Id[..25]}v/preview" } select $"/manage/items/{thing.Id}{what}";

    private async Task AskAsync(Person person, Thing thing, string path, (string, string)[] headers)
    {
        var sees = thing.Seers.Contains(person.Name);
        foreach (var method in headers.Length == 0 && !path.StartsWith("/api", StringComparison.Ordinal) ? new[] { HttpMethod.Get, HttpMethod.Head } : [HttpMethod.Get])
        {
            Interlocked.Increment(ref _cells);
            if (sees) continue;
            var answer = await AnswerAsync(person, method, path, headers);
            var missing = await MissingAsync(thing, person, method, path.Replace(thing.Path, thing.Missing.Path).Replace(thing.Id, thing.Missing.Id)
                .Replace(thing.Secret, thing.Missing.Secret).Replace(thing.Marker[..^1], thing.Missing.Marker[..^1]).Replace(thing.Former, thing.Missing.Former).Replace($"/{thing.Name}", $"/{thing.Missing.Name}"), headers);
            if (thing.Plain(answer.ToString()) != missing)
                _leaks.Add($"{person.Name} {method} {path} about {thing.Name}: unlike a missing one\n{First(thing.Plain(answer.ToString()), missing)}");
        }
    }

    private async Task AskWorkbenchAsync(Person person, Thing thing, HttpMethod method, string path)
    {
        Interlocked.Increment(ref _cells);
        // Of what he sees he may be told that he may not change it.
        if (MayPreview(person, thing) || path.StartsWith("/api", StringComparison.Ordinal) && thing.Seers.Contains(person.Name)) return;
        var answer = await AnswerAsync(person, method, path);
        var missing = await MissingAsync(thing, person, method, path.Replace(thing.Id, thing.Missing.Id).Replace(thing.Id[..25], thing.Missing.Id[..25]));
        if (thing.Plain(answer.ToString()) != missing) _leaks.Add($"{person.Name} {method} {path} about {thing.Name}: unlike a missing one\n{First(thing.Plain(answer.ToString()), missing)}");
    }

    // The words of the thing apart, all that are missing are answered alike.
    private async Task<string> MissingAsync(Thing thing, Person person, HttpMethod method, string path, params (string, string)[] headers)
    {
        var key = $"{person.Name} {method} {thing.Missing.Plain(path)} {string.Join(' ', headers)}";
        return _missing.TryGetValue(key, out var known) ? known : _missing[key] = thing.Missing.Plain((await AnswerAsync(person, method, path, headers)).ToString());
    }

    // Mails are for whoever reads them.
    private async Task DigestsAsync()
    {
        var anonymous = AccessSite.Anonymous;
        var entries = await site.Get<DigestEntries>().LoadAsync(0, long.MaxValue, new DateOnly(2026, 11, 2));
        var search = SavedSearch.Of(new SearchInput("zqcommon", new Dictionary<string, IReadOnlyList<string>>(), 1))!;
        var interests = new Interests([], search);
        await entries.LookUpAsync([interests], site.Get<SavedSearchMatches>());
        var told = string.Join('\n', entries.For(interests, 0).Concat(entries.For(new Interests([]), 0)).Select(e => e.ToString()));
        told.ShouldContain(AccessSite.Of("public").Marker);
        var mail = await site.Get<DigestSample>().HtmlAsync(DigestFrequency.Daily, interests);
        foreach (var thing in AccessSite.Things)
        {
            Judge(thing.Seers.Contains(anonymous.Name), anonymous, thing, "digest", told);
            Judge(thing.Seers.Contains(anonymous.Name), anonymous, thing, "sample of a digest", mail);
        }
    }

    private static bool Knows(Person person, Thing thing) => thing.Seers.Contains(person.Name) || MayPreview(person, thing) || person.Name == "root";

    private static bool MayPreview(Person person, Thing thing) => person.Name == "root" ? thing.Name != "trashed" : thing.Name != "trashed"
        && (person.Name == "editor" && thing.Type is not ("Binder" or "Leaf" or "Pointer") || person.Name == "author" && (thing.Previewers.Contains("author") || thing.Name == "owned"));

    private void Judge(bool sees, Person person, Thing thing, string path, string answer)
    {
        Interlocked.Increment(ref _cells);
        if (!sees && thing.Words.FirstOrDefault(answer.Contains) is { } word) _leaks.Add($"{person.Name} {path} tells of {thing.Name}: …{Around(answer, word)}…");
    }

    private sealed record Answer(int Status, string Headers, string Body)
    {
        public override string ToString() => $"{Status}\n{Headers}\n{Body}";
    }

    private async Task<Answer> AnswerAsync(Person person, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (method != HttpMethod.Get && method != HttpMethod.Head)
        {
            request.Headers.Add("X-Form-Token", await site.TokenAsync(person));
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            request.Content = new StringContent("""{ "ContentType": "Article", "TitlePart": { "Title": "x" } }""", System.Text.Encoding.UTF8, "application/json");
        }
        using var response = await site.As(person).SendAsync(request);
        var sent = response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "Set-Cookie" or "Content-Length" or "Age" or "RateLimit")).OrderBy(h => h.Key, StringComparer.Ordinal);
        return new Answer((int)response.StatusCode, Varying().Replace(string.Join('\n', sent.Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")), "~"), Varying().Replace(await TextAsync(response.Content), "~"));
    }

    // What is packed is looked into.
    private static async Task<string> TextAsync(HttpContent content)
    {
        var bytes = await content.ReadAsByteArrayAsync();
        if (!bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) return await content.ReadAsStringAsync();
        using var archive = new ZipArchive(new MemoryStream(bytes));
        return string.Join('\n', archive.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return $"{e.FullName} {reader.ReadToEnd()}"; }));
    }

    private static string Around(string text, string word) => text[Math.Max(0, text.IndexOf(word, StringComparison.Ordinal) - 60)..Math.Min(text.Length, text.IndexOf(word, StringComparison.Ordinal) + 60)].ReplaceLineEndings(" ");

    private static string First(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(c => c.First == c.Second).Count();
        return $"  {one[Math.Max(0, at - 40)..Math.Min(one.Length, at + 60)].ReplaceLineEndings(" ")}\n  {other[Math.Max(0, at - 40)..Math.Min(other.Length, at + 60)].ReplaceLineEndings(" ")}";
    }

    [GeneratedRegex("""CfDJ8[\w-]+|"tookMs":[\d.]+|"traceId":"[^"]+|nonce-?[=\w"+/-]+""")]
    private static partial Regex Varying();

    private static string PathOf(string name) => AccessSite.Of(name).Path.Split('/')[^1];
}
