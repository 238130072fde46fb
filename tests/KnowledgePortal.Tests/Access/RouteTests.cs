using System.Net;
using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>The routes as the application has them, held to <see cref="RouteRules"/>.</summary>
[Collection(nameof(AccessSite))]
public sealed partial class RouteTests(AccessSite site, ITestOutputHelper output)
{
    // What a form could send that only the site may set.
    private static readonly string[] Assigned =
    [
        "isAdmin", "IsAdministrator", "roles", "Roles", "names", "Names", "groups", "Groups", "Memberships", "ownerId", "Owner", "owner", "Author", "author", "createdBy", "id", "Id", "ContentItemId", "ContentItemVersionId",
        "Published", "PublishedUtc", "publishedAt", "CreatedUtc", "ModifiedUtc", "Latest", "IsEnabled", "enabled", "emailConfirmed", "UserName", "AccountId", "PasswordHash", "ViewGroupsPart.Groups",
    ];

    [Fact]
    public void Every_route_has_a_rule_and_every_rule_a_route()
    {
        var routes = site.Routes().Select(r => r.Pattern).Distinct().ToList();
        routes.Where(r => !RouteRules.All.ContainsKey(r)).ShouldBeEmpty("say in RouteRules who may use these");
        RouteRules.All.Keys.Except(routes).ShouldBeEmpty("there are no such routes any more");
    }

    [Fact]
    public async Task What_needs_a_permission_answers_nobody_else_however_it_is_addressed()
    {
        var asked = 0;
        var refused = new[] { 302, 303, 400, 401, 403, 404, 405, 413, 415 };
        foreach (var (pattern, methods) in site.Routes().Where(r => RouteRules.All.GetValueOrDefault(r.Pattern) is Rule.Permission or Rule.Workbench or Rule.SignedIn))
            foreach (var person in AccessSite.People.Where(p => p.Name is "anonymous" or "disabled" or "membera" or "editor").Where(p => !MayUse(p, pattern)))
            {
                var path = Filled(pattern);
                var token = await site.TokenAsync(person);
                foreach (var address in new[] { path, path + "/", "/" + path, path.ToUpperInvariant(), path.Replace("/", "%2f").Replace("%2f", "/%2f", StringComparison.Ordinal), "/" + path.TrimStart('/').Replace("/", "%2F"), path + "?_method=GET", path + ";x" })
                    foreach (var method in address == path ? new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" } : ["GET", "POST"])
                    {
                        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(site.As(person).BaseAddress!.ToString().TrimEnd('/') + address));
                        foreach (var name in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" }) request.Headers.Add(name, methods[0]);
                        request.Headers.Add("X-Original-URL", path);
                        if (method is not ("GET" or "HEAD")) request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__form", token)]);
                        using var response = await site.As(person).SendAsync(request);
                        asked++;
                        refused.ShouldContain((int)response.StatusCode, $"{person.Name} {method} {address}");
                        if ((int)response.StatusCode is 302 or 303) response.Headers.Location!.ToString().ShouldStartWith("/login");
                    }
            }
        output.WriteLine($"{asked} requests");
    }

    [Fact]
    public async Task No_form_takes_what_only_the_site_may_set()
    {
        var before = await StateAsync();
        foreach (var person in AccessSite.People.Where(p => p.Roles.Contains("Member") || p == AccessSite.Anonymous))
            foreach (var (pattern, _) in site.Routes().Where(r => r.Methods.Contains("POST") && r.Pattern is not ("/logout" or "/account/sessions")))
                foreach (var thing in person.Name == "author" ? new[] { AccessSite.Of("owned"), AccessSite.Of("coma") } : [AccessSite.Of("coma")])
                {
                    var fields = Assigned.Select(name => KeyValuePair.Create(name, name.Contains("ole") || name.Contains("ames") ? "Administrator" : name.Contains("roup") ? AccessSite.CommunityA : "true"))
                        .Append(KeyValuePair.Create("__form", await site.TokenAsync(person))).Append(KeyValuePair.Create("form", thing.Type)).Append(KeyValuePair.Create("TitlePart.Title", "x"));
                    using var response = await site.As(person).PostAsync(Filled(pattern).Replace("4x0000000000000000000000000", thing.Id).Replace("/x", "/" + thing.Id), new FormUrlEncodedContent(fields));
                    ((int)response.StatusCode).ShouldBeLessThan(500, $"{person.Name} {pattern}");
                }
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Anonymous_answers_name_no_account()
    {
        var secrets = (await site.Database.QueryAsync<string>(
            "select user_name from accounts union select account_id from accounts union select password_hash from accounts where password_hash is not null union select key_hash from account_sessions")).ToList();
        var pages = AccessSite.Things.SelectMany(t => new[] { "/" + t.Path, $"/api/v1/content/{t.Id}" }).Concat(site.Routes().Where(r => r.Methods.Contains("GET")).Select(r => Filled(r.Pattern)))
            .Concat(["/cop/moi", "/articles", "/search?q=zqcommon", "/api/v1/search?q=zqcommon", "/api/v1/search/suggest?q=zq", "/subscribe"]);
        foreach (var page in pages.Distinct())
        {
            using var response = await site.As(AccessSite.Anonymous).GetAsync(page);
            var text = await response.Content.ReadAsStringAsync();
            secrets.Where(text.Contains).ShouldBeEmpty(page);
            text.ShouldNotContain("203.0.113.", customMessage: page);
        }
    }

    private async Task<string> StateAsync() => string.Join('\n', await site.Database.QueryAsync<string>(
        """
        select user_name || '|' || display_name || '|' || is_enabled || '|' || coalesce(password_hash, '') from accounts union all select account_id || '|' || role from account_roles
        union all select account_id || '|' || view_group from account_groups union all select name || '|' || document from site_settings where name not like 'search%'
        union all select content_item_id || '|' || coalesce(owner, '') || '|' || coalesce(published_utc, '') || '|' || coalesce(created_utc, '') || '|' || published from content_items where published = 1
        union all select content_item_id || '|' || coalesce(owner, '') from content_items where latest = 1 and substr(content_item_id, 1, 3) = '4zq' union all select content_item_id || '|' || viewer from content_viewers order by 1
        """));

    private static bool MayUse(Person person, string pattern) => person.Name == "root" || RouteRules.All[pattern] switch
    {
        Rule.Permission => person.Name == "editor" && pattern.StartsWith("/manage/terms", StringComparison.Ordinal),
        Rule.Workbench => person.Roles.Length > 0 && person != AccessSite.Disabled,
        _ => person != AccessSite.Anonymous && person != AccessSite.Disabled,
    };

    private static string Filled(string pattern) => Parameter().Replace(pattern, m => m.Value.Contains("range") ? "404" : m.Value.Contains("int") ? "2569" : m.Value is "{id}" or "{contentItemId}" ? "4x0000000000000000000000000" : "x");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
