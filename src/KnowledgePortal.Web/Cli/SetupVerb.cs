using System.Diagnostics;
using System.Globalization;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>setup RECIPE</c>: makes a site in an empty data folder.</summary>
public sealed class SetupVerb : IVerb
{
    public string Name => "setup";

    public string Arguments => "RECIPE";

    public string Summary => Words.Pick(
        "สร้างเว็บไซต์จากสูตรในโฟลเดอร์ข้อมูลที่ยังว่าง เช่น recipes/demo.recipe.json",
        "makes a site from a recipe in an empty data folder, such as recipes/demo.recipe.json");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site) => arguments.Length == 1 ? await SetUpAsync(arguments[0], site) : null;

    public static async Task<int> SetUpAsync(string recipePath, IServiceProvider site)
    {
        var settings = site.GetRequiredService<PortalSettings>();
        if (await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick($"{settings.Data} มีเว็บไซต์อยู่แล้ว", $"{settings.Data} already holds a site"));
            return Verbs.Refused;
        }
        try
        {
            var watch = Stopwatch.StartNew();
            var recipe = Recipe.ReadFile(File.Exists(recipePath) ? recipePath : Path.Combine(settings.Root, recipePath));
            await site.GetRequiredService<Migrator>().MigrateAsync();
            var report = await site.GetRequiredService<RecipeExecutor>().RunAsync(
                recipe, new Dictionary<string, string> { ["SiteName"] = recipe.Name, ["AdminUsername"] = Actor.System.Name, ["AdminUserId"] = Actor.System.Name },
                step => Console.Out.WriteLine($"  {step}"), RefuseSecondAsync);
            await NameSiteAsync(recipe, site);
            Introduce(site.GetRequiredService<DemoAccountsStep>().Take());
            Console.Out.WriteLine("  " + Words.Pick("ดัชนีค้นหา", "search index"));
            await site.GetRequiredService<SearchIndex>().CatchUpAsync();
            Summarise(report, watch.Elapsed);
            return Verbs.Done;
        }
        catch (SiteExistsException)
        {
            Console.Error.WriteLine(Words.Pick("เครื่องอื่นเพิ่งสร้างเว็บไซต์ในฐานข้อมูลนี้", "another node has just made the site in this database"));
            return Verbs.Refused;
        }
        catch (InvalidRecipeException error)
        {
            Console.Error.WriteLine(error.Message);
            return Verbs.Refused;
        }
    }

    // Two nodes may begin together: the second one waits in its transaction, and then finds what the first has made.
    private static async Task RefuseSecondAsync(DatabaseTransaction transaction)
    {
        if (await SiteSettings.HasAnythingAsync(transaction)) throw new SiteExistsException();
    }

    private sealed class SiteExistsException : Exception;

    // Orchard asks for the site's name when it sets up, so recipes of others have none.
    private static async Task NameSiteAsync(Recipe recipe, IServiceProvider site)
    {
        if (await site.GetRequiredService<SiteSettings>().GetAsync("SiteName") is not null) return;
        await using var transaction = await site.GetRequiredService<Database>().BeginAsync();
        await SiteSettings.WriteAsync("SiteName", recipe.DisplayName.Length > 0 ? recipe.DisplayName : recipe.Name, transaction);
        await transaction.CommitAsync();
    }

    // The only time that these passwords are seen, and told before anything else can fail: what is stored cannot be turned back into them.
    internal static void Introduce(IReadOnlyList<DemoSignIn> signIns)
    {
        if (signIns.Count == 0) return;
        Console.Out.WriteLine("\n" + Words.Pick("บัญชีสาธิต เข้าสู่ระบบที่ /login (รหัสผ่านแสดงครั้งเดียว)", "demo accounts, sign in at /login (passwords are shown once)"));
        foreach (var (userName, displayName, password) in signIns)
            Console.Out.WriteLine($"  {userName,-24} {password ?? Words.Pick("(ตาม PORTAL_DEMO_PASSWORD)", "(PORTAL_DEMO_PASSWORD)"),-24} {displayName}");
        Console.Out.WriteLine();
    }

    private static void Summarise(RecipeReport report, TimeSpan elapsed)
    {
        foreach (var step in report.Steps)
            foreach (var (what, why) in step.Skipped)
                Console.Error.WriteLine(Words.Pick($"ข้าม {step.Name}: {what} ({why})", $"skipped {step.Name}: {what} ({why})"));
        var seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(Words.Pick(
            $"สร้างเว็บไซต์แล้ว {report.Steps.Sum(s => s.Written)} รายการ ใน {seconds} วินาที",
            $"the site is set up: {report.Steps.Sum(s => s.Written)} things written in {seconds} s"));
    }
}
