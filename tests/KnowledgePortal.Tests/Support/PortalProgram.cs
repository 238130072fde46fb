using System.Diagnostics;

namespace KnowledgePortal.Tests.Support;

/// <summary>The built program as an operator starts it.</summary>
public static class PortalProgram
{
    public sealed record Outcome(int ExitCode, string Output, string Errors);

    public static Task<Outcome> RunAsync(string data, string language, params string[] arguments) => RunAsync(data, language, "", [], arguments);

    public static async Task<Outcome> RunAsync(string data, string language, string input, Dictionary<string, string> settings, params string[] arguments)
    {
        var start = StartInfo(data, language, arguments);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await errors);
    }

    private static ProcessStartInfo StartInfo(string data, string language, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "KnowledgePortal.Web.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PORTAL_DATA"] = data;
        start.Environment["PORTAL_DATABASE"] = TestDatabase.Of(data);
        start.Environment["LANG"] = language;
        start.Environment.Remove("LC_ALL");
        start.Environment.Remove("LC_MESSAGES");
        return start;
    }
}
