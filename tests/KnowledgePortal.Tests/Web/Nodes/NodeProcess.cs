using System.Diagnostics;
using System.Net;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Search;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>The built program as a server: one node, with a data folder of its own.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    public const int LeaseSeconds = 8;
    private readonly Process _process;

    private NodeProcess(string data, Process process, Uri address) => (Data, _process, Address) = (data, process, address);

    public string Data { get; }

    public Uri Address { get; }

    /// <summary>As the database knows it.</summary>
    public string Id => File.ReadAllText(Path.Combine(Data, "node"));

    public int MailCount => Directory.Exists(Path.Combine(Data, "mail")) ? Directory.GetFiles(Path.Combine(Data, "mail"), "*.eml").Length : 0;

    public static async Task<NodeProcess> StartAsync(string data, string media, string database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KnowledgePortal.Web.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var settings = new Dictionary<string, string>
        {
            ["PORT"] = "0", ["PORTAL_DATA"] = data, ["PORTAL_MEDIA"] = media, ["PORTAL_DATABASE"] = database, ["PORTAL_LEASE"] = $"{LeaseSeconds}",
            ["PORTAL_SEARCH_RATE"] = "10000", ["PORTAL_CHANGE_RATE"] = "10000", ["PORTAL_URL"] = "http://127.0.0.1", ["LC_ALL"] = "C.UTF-8",
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var serving = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) serving.TrySetException(new InvalidOperationException("the node did not start"));
            else if (line.Data.StartsWith("serving at ", StringComparison.Ordinal)) serving.TrySetResult(new Uri(line.Data.Split(' ')[2]));
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new NodeProcess(data, process, await serving.Task.WaitAsync(Patience.Long));
    }

    public HttpClient Client(CookieContainer? cookies = null) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = Address, Timeout = Patience.Long };

    public async Task<string> ReadAsync(string path)
    {
        using var client = Client();
        return await client.GetStringAsync(path);
    }

    public async Task<bool> FindsAsync(string words) => (await ReadAsync("/api/v1/search?q=" + Uri.EscapeDataString(words))).Contains(words, StringComparison.Ordinal);

    /// <summary>Every document of its search index, as far as it is committed.</summary>
    public IReadOnlyDictionary<string, string> Index()
    {
        var analyzer = new ThaiAnalyzer();
        return Searcher.Open(Path.Combine(Data, "index"), SearchFields.Schema, analyzer).Search(new SearchRequest { Query = "", Top = 1000 }).Hits
            .ToDictionary(h => h.Key, h => string.Join('|', h.Stored(SearchFields.StoredTitle), h.Stored(SearchFields.StoredUrl), h.Stored(SearchFields.StoredBody), h.Stored(SearchFields.StoredLines)));
    }

    public void Kill() => _process.Kill();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
