using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Tests.Search;

/// <summary>Does to an index of two segments, the second with deletions, what disks, people and programs do.</summary>
internal sealed class Damage(string folder, string scratch)
{
    private string Commit => Path.Combine(folder, "index.commit");

    private string[] Segments => [.. Directory.GetFiles(folder, "*.segment").Order(StringComparer.Ordinal)];

    private string[] Deletions => [.. Directory.GetFiles(folder, "*.live").Order(StringComparer.Ordinal)];

    public void Do(string damage)
    {
        Segments.Length.ShouldBeTwo();
        Deletions.Length.ShouldBeTwo();
        var (kind, target) = damage.Contains("commit") ? (damage.Replace("commit", "*"), Commit) : damage.Contains("deletions") ? (damage.Replace("deletions", "*"), Deletions[0]) : (damage.Replace("segments", "*").Replace("segment", "*"), Segments[0]);
        switch (kind)
        {
            case "truncated *":
                Change(target, bytes => bytes[..(bytes.Length * 2 / 3)]);
                break;
            case "empty *":
                Change(target, _ => []);
                break;
            case "* longer by a byte":
                Change(target, bytes => [.. bytes, 0]);
                break;
            case "missing *" or "missing the *":
                File.Delete(target);
                break;
            case "* exchanged":
                Exchange(Segments[0], Segments[1]);
                break;
            case "flipped bit in a *" or "flipped bit in the *":
                Change(target, bytes => Flipped(bytes, bytes.Length / 2));
                break;
            case "flipped bit in the checksum of a *":
                Change(target, bytes => Flipped(bytes, bytes.Length - 1));
                break;
            case "zeros over the middle of a *":
                Change(target, bytes => [.. bytes[..(bytes.Length / 3)], .. new byte[bytes.Length / 3], .. bytes[(bytes.Length / 3 * 2)..]]);
                break;
            case "* of another segment":
                File.Copy(Deletions[1], Deletions[0], overwrite: true);
                break;
            case "* of another version":
                // The deletions have no number for it but their first bytes.
                WithChecksum(target, bytes => { bytes[target.EndsWith(".live", StringComparison.Ordinal) ? 0 : 4]++; return bytes; });
                break;
            case "* of another index":
                CommitOf(new ThaiAnalyzer(["คำของอีกเว็บไซต์"], []), "other");
                break;
            case "text instead of the *":
                File.WriteAllText(target, "index: yes");
                break;
            case "* from before a merge":
                CommitOf(Seeds.Analyzer, "old");
                break;
            default:
                throw new ArgumentException(damage);
        }
    }

    /// <summary>Puts the commit of another index in the place of this one; its files are not here.</summary>
    private void CommitOf(ThaiAnalyzer analyzer, string name)
    {
        var other = Path.Combine(scratch, name);
        using (var writer = IndexWriter.Open(other, Seeds.Schema, analyzer))
        {
            for (var i = 0; i < 3; i++)
            {
                writer.Update(new Document($"{i}").AddText("body", "เสวนา"));
                writer.Commit($"{i}");
            }
        }
        File.Copy(Path.Combine(other, "index.commit"), Commit, overwrite: true);
    }

    private static void Exchange(string first, string second)
    {
        File.Move(first, first + ".aside");
        File.Move(second, first);
        File.Move(first + ".aside", second);
    }

    private static void WithChecksum(string path, Func<byte[], byte[]> change) => Change(path, bytes =>
    {
        var content = change(bytes[..^4]);
        return [.. content, .. BitConverter.GetBytes(~DurableFile.Checksum(uint.MaxValue, content))];
    });

    private static byte[] Flipped(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static void Change(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
}

file static class Expectations
{
    public static void ShouldBeTwo(this int count)
    {
        if (count != 2)
            throw new InvalidOperationException($"The damage needs two files of a kind, not {count}.");
    }
}
