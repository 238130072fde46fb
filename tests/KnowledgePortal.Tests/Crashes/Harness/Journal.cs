using System.Collections.Concurrent;
using System.Security.Cryptography;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Media;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Crashes.Harness;

/// <summary>
/// What a client knows: everything that was answered with success must be there afterwards; what was on its way may be there, whole, or not at all.
/// </summary>
public sealed class Journal
{
    private readonly ConcurrentDictionary<string, (string? Acknowledged, string? Attempted)> _titles = new();
    private readonly ConcurrentDictionary<string, string> _files = new();

    private int _acknowledged;

    public int Acknowledged => _acknowledged;

    public IReadOnlyCollection<string> Items => (IReadOnlyCollection<string>)_titles.Keys;

    public void Attempt(string contentItemId, string title) => _titles.AddOrUpdate(contentItemId, (null, title), (_, known) => (known.Acknowledged, title));

    public void Acknowledge(string contentItemId, string title)
    {
        _titles[contentItemId] = (title, null);
        Interlocked.Increment(ref _acknowledged);
    }

    public void AcknowledgeFile(string mediaPath, byte[] content)
    {
        _files[mediaPath] = Convert.ToHexString(SHA256.HashData(content));
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>What is lost or half-done, a line each. Afterwards the journal knows what became of what was on its way.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(IServiceProvider site)
    {
        var problems = new List<string>();
        var contents = site.GetRequiredService<ContentManager>();
        foreach (var (id, (acknowledged, attempted)) in _titles)
        {
            var title = (await contents.GetAsync(id))?.DisplayText;
            if (title != acknowledged && title != attempted) problems.Add($"{id}: \"{title}\" is published, \"{acknowledged}\" was acknowledged, \"{attempted}\" attempted");
            if (title is null) _titles.TryRemove(id, out _);
            else _titles[id] = (title, null);
        }
        var media = site.GetRequiredService<MediaFolder>();
        foreach (var (path, hash) in _files)
        {
            if (media.Find(path) is not { } file) problems.Add($"{path} was acknowledged and is gone");
            else if (Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file))) != hash) problems.Add($"{path} has other bytes than were acknowledged");
        }
        return problems;
    }
}
