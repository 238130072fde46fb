using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>
/// Says whether a sender still lives. Each holds a lock on a file of its own, which the system gives free however the process ends; a sender whose file
/// is not in this data folder is judged by its lease.
/// </summary>
public sealed class SenderLocks(PortalSettings settings)
{
    private string Folder => Path.Combine(settings.Data, "senders");

    /// <summary>Enters a new sender, who lives until the result is disposed.</summary>
    public SenderLock Enter()
    {
        Directory.CreateDirectory(Folder);
        var name = Guid.NewGuid().ToString("N");
        return new SenderLock(name, new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    public bool IsDead(string sender, bool isLeaseOver)
    {
        if (!File.Exists(PathOf(sender))) return isLeaseOver;
        try
        {
            using var file = new FileStream(PathOf(sender), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return isLeaseOver; // gone this moment, in good order
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Forget(string sender) => File.Delete(PathOf(sender));

    private string PathOf(string sender) => Path.Combine(Folder, Path.GetFileName(sender) + ".lock");
}

/// <summary>A living sender.</summary>
public sealed class SenderLock(string name, FileStream file) : IDisposable
{
    public string Name => name;

    public void Dispose()
    {
        File.Delete(file.Name);
        file.Dispose();
    }
}
