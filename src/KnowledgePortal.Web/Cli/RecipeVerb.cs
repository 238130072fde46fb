using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>recipe plan|run|export</c>: moves content, definitions and settings in and out as Orchard Core's recipes. Refuses (1) with the place named.</summary>
public sealed class RecipeVerb : IVerb
{
    private static readonly JsonSerializerOptions ReportFormat = new(JsonText.Options) { WriteIndented = true };

    public string Name => "recipe";

    public string Arguments => "plan FILE | run FILE [--report REPORT.json] | export --out FILE [--types A,B] [--media]";

    public string Summary => Words.Pick(
        "สูตรของ Orchard Core (.json หรือ .zip): plan แสดงสิ่งที่จะเปลี่ยนโดยไม่เขียน, run นำเข้าทั้งหมดหรือไม่นำเข้าเลย, export เขียนทั้งเว็บไซต์ (--media เป็น .zip พร้อมไฟล์)",
        "Orchard Core's recipes (.json or .zip): plan says what would change and writes nothing, run takes all of it or nothing, export writes the whole site (--media: a .zip with the files)");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        try
        {
            return arguments switch
            {
                ["plan", var file] when IsValue(file) => await PlanAsync(file, site),
                ["run", var file] when IsValue(file) => await RunAsync(file, null, site),
                ["run", var file, "--report", var report] when IsValue(file) && IsValue(report) => await RunAsync(file, report, site),
                ["run", "--report", var report, var file] when IsValue(file) && IsValue(report) => await RunAsync(file, report, site),
                ["export", .. var options] => await ExportAsync(options, site),
                _ => null,
            };
        }
        catch (InvalidRecipeException error)
        {
            Console.Error.WriteLine(Words.Pick("ไม่รับสูตรนี้ และไม่ได้เขียนอะไร: ", "refused, nothing was written: ") + error.Message);
            return Verbs.Refused;
        }
    }

    private static bool IsValue(string argument) => !argument.StartsWith("--", StringComparison.Ordinal);

    private static async Task<int> PlanAsync(string file, IServiceProvider site)
    {
        var recipe = Recipe.ReadFile(file);
        if (await site.GetRequiredService<Migrator>().IsCurrentAsync())
        {
            await ShowPlanAsync(recipe, site);
            return Verbs.Done;
        }
        if (site.GetRequiredService<Database>() is { Path: null } database)
        {
            Show(await PlanInSchemaToComeAsync(recipe, database, site));
            return Verbs.Done;
        }
        // The schema must be there to plan against it, and must not be made where nothing may be written.
        var settings = site.GetRequiredService<PortalSettings>();
        var scratch = Directory.CreateTempSubdirectory("portal-plan-");
        try
        {
            foreach (var part in Directory.EnumerateFiles(settings.Data, "portal.db*")) File.Copy(part, Path.Combine(scratch.FullName, Path.GetFileName(part)));
            await using var copy = new ServiceCollection().AddLogging().AddPortal(settings with { Data = scratch.FullName }).BuildServiceProvider();
            await copy.GetRequiredService<Migrator>().MigrateAsync();
            await ShowPlanAsync(recipe, copy);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
        return Verbs.Done;
    }

    private static async Task<RecipeReport> PlanInSchemaToComeAsync(Recipe recipe, Database database, IServiceProvider site)
    {
        await using var transaction = await database.BeginAsync();
        await site.GetRequiredService<Migrator>().MigrateAsync(transaction);
        database.ReadThrough(transaction);
        var report = await site.GetRequiredService<RecipeExecutor>().PlanAsync(recipe, await ParametersAsync(recipe, site), transaction);
        database.ReadThrough(null);
        return report;
    }

    private static async Task ShowPlanAsync(Recipe recipe, IServiceProvider site) =>
        Show(await site.GetRequiredService<RecipeExecutor>().PlanAsync(recipe, await ParametersAsync(recipe, site)));

    private static void Show(RecipeReport report)
    {
        RecipeSummary.Show(report, showsChanges: true);
        var ids = report.Steps.Sum(s => s.NewIds);
        var written = report.Steps.Sum(s => s.Written);
        Console.Out.WriteLine(Words.Pick($"จะเขียน {written} รายการ ยังไม่ได้เขียนอะไร", $"{written} things would be written; nothing was"));
        if (ids > 0)
            Console.Out.WriteLine(Words.Pick(
                $"สูตรนี้สร้างรหัสใหม่ {ids} รหัสทุกครั้งที่รัน รันซ้ำจะได้รายการเพิ่มอีกชุด",
                $"the recipe makes {ids} new ids at every run: a second run adds its items once more"));
    }

    private static async Task<int> RunAsync(string file, string? reportFile, IServiceProvider site)
    {
        var recipe = Recipe.ReadFile(file);
        var database = site.GetRequiredService<Database>();
        var isNew = database.Path is { } path && !File.Exists(path);
        // Where there is no file that could be taken away again, what would be refused is found out before anything is made.
        if (database.Path is null && !await site.GetRequiredService<Migrator>().IsCurrentAsync()) await PlanInSchemaToComeAsync(recipe, database, site);
        RecipeReport report;
        try
        {
            await site.GetRequiredService<Migrator>().MigrateAsync();
            report = await site.GetRequiredService<RecipeExecutor>().RunAsync(recipe, await ParametersAsync(recipe, site));
        }
        catch when (isNew)
        {
            await database.DisposeAsync();
            foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(database.Path)!, Path.GetFileName(database.Path) + "*")) File.Delete(part);
            throw;
        }
        SetupVerb.Introduce(site.GetRequiredService<DemoAccountsStep>().Take());
        if (reportFile is not null) await WriteReportAsync(report, reportFile);
        RecipeSummary.Show(report, showsChanges: false);
        var written = report.Steps.Sum(s => s.Written);
        var skipped = report.Steps.Sum(s => s.Skipped.Count);
        Console.Out.WriteLine(Words.Pick($"เขียน {written} รายการ ข้าม {skipped} รายการ", $"{written} things written, {skipped} skipped"));
        await site.GetRequiredService<SearchIndex>().CatchUpAsync();
        return Verbs.Done;
    }

    private static Task WriteReportAsync(RecipeReport report, string path) =>
        DurableFile.WriteAsync(path, stream => JsonSerializer.SerializeAsync(stream, report.ToJson(), ReportFormat));

    private static async Task<int?> ExportAsync(string[] options, IServiceProvider site)
    {
        string? output = null;
        IReadOnlyList<string> types = [];
        var withMedia = false;
        for (var at = 0; at < options.Length; at++)
        {
            if (options[at] == "--media") withMedia = true;
            else if (options[at] == "--out" && at + 1 < options.Length) output = options[++at];
            else if (options[at] == "--types" && at + 1 < options.Length) types = options[++at].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            else return null;
        }
        if (output is null || !IsValue(output)) return null;
        if (!await site.GetRequiredService<Migrator>().IsCurrentAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่มีเว็บไซต์ในโฟลเดอร์ข้อมูล", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        await DurableFile.WriteAsync(output, stream => site.GetRequiredService<RecipeExport>().WriteAsync(stream, new RecipeExportScope(types, withMedia)));
        var size = (new FileInfo(output).Length / 1024.0).ToString("N0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(Words.Pick($"ส่งออกไปที่ {output} แล้ว ({size} kB)", $"exported to {output} ({size} kB)"));
        return Verbs.Done;
    }

    // What Orchard gives to a recipe that runs on a site that is there; an administrator's password or address is never among it.
    private static async Task<Dictionary<string, string>> ParametersAsync(Recipe recipe, IServiceProvider site) => new()
    {
        ["SiteName"] = (await site.GetRequiredService<SiteSettings>().GetAsync("SiteName"))?.ToString() ?? recipe.DisplayName,
        ["AdminUsername"] = Actor.System.Name,
        ["AdminUserId"] = Actor.System.Name,
    };
}
