using System.Data.Common;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary>An operator command.</summary>
public interface IVerb
{
    string Name { get; }

    /// <summary>Its arguments, as the usage line shows them.</summary>
    string Arguments { get; }

    /// <summary>What it does, in one line of the operator's language.</summary>
    string Summary { get; }

    /// <summary>The exit code when it could not be carried out because of a file, a time or the database.</summary>
    int Failed => Verbs.Refused;

    /// <summary>Carries it out. Returns null for wrong usage.</summary>
    Task<int?> RunAsync(string[] arguments, IServiceProvider site);
}

/// <summary>Operator commands on the site in the data folder. Exit codes: 0 done, 1 refused, 2 wrong usage.</summary>
public static class Verbs
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
    private const int CallWidth = 20;

    private static readonly IVerb[] All =
        [new SetupVerb(), new CreateAdminVerb(), new ReindexVerb(), new ImportVerb(), new RecipeVerb(), new SendDigestsVerb(), new CheckVerb(), new BackupVerb(), new RestoreVerb(), new ReleaseMailVerb(), new DoctorVerb()];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args[0] is "help" or "--help")
        {
            Console.Out.WriteLine(Help());
            return Done;
        }
        if (All.FirstOrDefault(v => v.Name == args[0]) is not { } verb)
        {
            Console.Error.WriteLine(Words.Pick($"ไม่รู้จักคำสั่ง \"{args[0]}\"", $"unknown command \"{args[0]}\"") + "\n\n" + Help());
            return WrongUsage;
        }
        if (args.Contains("--help"))
        {
            Console.Out.WriteLine(Usage(verb));
            return Done;
        }
        return await RunAsync(verb, args[1..]);
    }

    /// <summary>Sets the site up unless there is one: what <c>--setup RECIPE</c> does before serving.</summary>
    public static Task<int> SetUpIfEmptyAsync(PortalSettings settings, string recipe) => SiteStart.PatientlyAsync(async () =>
    {
        await using var services = Site(settings);
        await SiteStart.PrepareAsync(services);
        var site = services.GetRequiredService<SiteState>();
        if (await site.IsSetUpAsync() || await SetupVerb.SetUpAsync(recipe, services) == Done) return Done;
        return await site.IsSetUpAsync() ? Done : Refused; // another node may have been quicker
    });

    private static async Task<int> RunAsync(IVerb verb, string[] arguments)
    {
        try
        {
            await using var services = Site(PortalSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build()));
            await SiteStart.PrepareAsync(services);
            if (await verb.RunAsync(arguments, services) is { } code) return code;
            Console.Error.WriteLine(Usage(verb));
            return WrongUsage;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or TimeoutException or BusyDatabaseException or DbException)
        {
            Console.Error.WriteLine(error.Message);
            return verb.Failed;
        }
    }

    private static ServiceProvider Site(PortalSettings settings) => new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider();

    private static string Usage(IVerb verb) => Words.Pick("วิธีใช้", "usage") + $": ./portal {verb.Name} {verb.Arguments}".TrimEnd() + $"\n\n  {verb.Summary}";

    private static string HelpLine(IVerb verb)
    {
        var call = $"{verb.Name} {verb.Arguments}";
        return call.Length <= CallWidth ? $"  {call.PadRight(CallWidth)} {verb.Summary}" : $"  {call}\n  {"".PadRight(CallWidth)} {verb.Summary}";
    }

    private static string Help() =>
        Words.Pick("วิธีใช้: ./portal คำสั่ง", "usage: ./portal VERB") + "\n\n"
        + string.Join('\n', All.Select(HelpLine)) + "\n\n"
        + Words.Pick("./portal คำสั่ง --help อธิบายแต่ละคำสั่ง", "./portal VERB --help explains each");
}

/// <summary>The operator's language: Thai when LANG (or LC_ALL, LC_MESSAGES) starts with th, else English.</summary>
public static class Words
{
    private static readonly bool IsThai = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }
        .Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v))?.StartsWith("th", StringComparison.OrdinalIgnoreCase) == true;

    public static string Pick(string thai, string english) => IsThai ? thai : english;

    public static string Pick(Phrase phrase) => Pick(phrase.Thai, phrase.English);
}
