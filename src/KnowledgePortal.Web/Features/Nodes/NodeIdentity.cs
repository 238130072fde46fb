using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Nodes;

/// <summary>
/// Who this node is: its data folder, with an id that lies in it. Operator verbs on the same folder are the same node; their process is another one.
/// </summary>
public sealed class NodeIdentity : IDisposable
{
    private readonly Lazy<string> _id;
    private readonly Lazy<FileStream?> _claim;

    public NodeIdentity(PortalSettings settings)
    {
        _id = new(() => ReadOrMake(Path.Combine(settings.Data, "node")));
        _claim = new(() => Claim(Path.Combine(settings.Data, "node.lock")));
        Name = $"{Environment.MachineName} {settings.Data}";
    }

    public string Id => _id.Value;

    /// <summary>What an administrator knows the node by.</summary>
    public string Name { get; }

    /// <summary>This process, until it ends.</summary>
    public string Process => _process ??= $"{Id}/{Guid.NewGuid():N}";

    private string? _process;

    /// <summary>True for a process of this node that serves it alone; then whatever another one of it held is free, because that one is no more.</summary>
    public bool IsOnly => _claim.Value is not null;

    public void Dispose()
    {
        if (_claim.IsValueCreated) _claim.Value?.Dispose();
    }

    private static string ReadOrMake(string path)
    {
        if (!File.Exists(path)) DurableFile.WriteAsync(path, async stream => await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")))).GetAwaiter().GetResult();
        return File.ReadAllText(path).Trim();
    }

    // The system gives the lock free however the process ends.
    private static FileStream? Claim(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
