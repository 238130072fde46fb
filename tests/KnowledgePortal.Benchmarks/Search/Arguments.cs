namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Pairs such as --out FILE; a name may come several times.</summary>
internal sealed class Arguments(string[] args)
{
    public string One(string name) => Find(name) ?? throw new ArgumentException($"--{name} is missing.");

    public string? Find(string name) => All(name).LastOrDefault();

    public int Number(string name, int otherwise) => Find(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    public IEnumerable<string> All(string name) => args.Zip(args.Skip(1)).Where(pair => pair.First == "--" + name).Select(pair => pair.Second);

    public static int ShowUsage()
    {
        Console.Error.WriteLine("""
            search index --docs FILE.jsonl [--docs FILE2 ...] --out DIR
            search run --index DIR --queries FILE.jsonl --out RUN.txt [--top 100]
            search latency --index DIR --queries FILE.tsv --rounds N
            search update --index DIR
            search score --queries FILE.jsonl --qrels FILE.jsonl --run RUN.txt [--half NAME]
            search tokens --docs FILE.jsonl [--docs FILE2 ...] --out FILE.tsv
            search lines --docs FILE.jsonl [--docs FILE2 ...] --out FILE.tsv
            digests [--mails 5000] [--connections 4] [--smtp HOST:PORT]
            versions [--versions 1000] [--rounds 51]
            pages [--seconds 6] [--rounds 5] [--readers 10000] [--publishes 100] [--database CONNECTION]
            crash [--kills 1000] [--seed 1] [--postgres | --database CONNECTION]
            crash --nth [--operation recipe|import|backup|http ...] [--point NAME ...] [--postgres | --database CONNECTION]
            crash --starts 50 (--postgres | --database CONNECTION)
            kernel [--items 10000] [--versions 1000] [--list 100000]
            """);
        return 2;
    }
}
