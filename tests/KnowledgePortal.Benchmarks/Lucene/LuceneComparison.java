import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Does with Apache Lucene what the search verbs of the benchmarks do, on tab-separated files: id, title, text. */
public final class LuceneComparison {
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        BooleanQuery.setMaxClauseCount(1 << 16);
        Analyzer analyzer = args[1].equals("words") ? new WhitespaceAnalyzer()
            : args[1].equals("thai") ? new ThaiAnalyzer() : new ThaiAnalyzer(CharArraySet.EMPTY_SET);
        Path index = Path.of(args[2]);
        switch (args[0]) {
            case "index" -> index(analyzer, index, Arrays.copyOfRange(args, 3, args.length));
            case "run" -> run(analyzer, index, Path.of(args[3]), Path.of(args[4]));
            case "latency" -> latency(analyzer, index, Path.of(args[3]), Integer.parseInt(args[4]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void index(Analyzer analyzer, Path folder, String[] files) throws Exception {
        long start = System.nanoTime();
        int count = 0;
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setOpenMode(IndexWriterConfig.OpenMode.CREATE).setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config)) {
            for (String file : files) {
                try (var lines = Files.lines(Path.of(file))) {
                    for (String line : (Iterable<String>) lines::iterator) {
                        String[] parts = line.split("\t", 3);
                        Document document = new Document();
                        document.add(new StringField("id", parts[0], Field.Store.YES));
                        document.add(new TextField("body", parts[1] + "\n" + parts[2], Field.Store.NO));
                        writer.addDocument(document);
                        count++;
                    }
                }
            }
            writer.commit();
        }
        long bytes = 0;
        try (var entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) bytes += Files.size(entry);
        }
        System.out.printf("documents %d seconds %.1f megabytes %.1f%n", count, (System.nanoTime() - start) / 1e9, bytes / 1e6);
    }

    private static IndexSearcher open(Path folder) throws Exception {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(folder)));
        searcher.setQueryCache(null);
        return searcher;
    }

    /** Queries are lines of id, title and text. */
    private static void run(Analyzer analyzer, Path folder, Path queries, Path output) throws Exception {
        IndexSearcher searcher = open(folder);
        QueryBuilder builder = new QueryBuilder(analyzer);
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(output))) {
            for (String line : Files.readAllLines(queries)) {
                String[] parts = line.split("\t", 3);
                Query query = builder.createBooleanQuery("body", parts[2], Occur.SHOULD);
                if (query == null) continue;
                int rank = 1;
                for (ScoreDoc hit : searcher.search(query, 100).scoreDocs)
                    writer.printf("%s Q0 %s %d %f lucene%n", parts[0], searcher.doc(hit.doc).get("id"), rank++, hit.score);
            }
        }
    }

    /** Queries are lines of kind, operator, text. Prints percentiles over the queries' median rounds, in milliseconds. */
    private static void latency(Analyzer analyzer, Path folder, Path queries, int rounds) throws Exception {
        IndexSearcher searcher = open(folder);
        QueryBuilder builder = new QueryBuilder(analyzer);
        List<String> lines = Files.readAllLines(queries);
        double[][] times = new double[lines.size()][rounds];
        // Rounds that are not measured, for the compiler to warm up.
        for (int round = -8; round < rounds; round++) {
            for (int i = 0; i < lines.size(); i++) {
                String[] parts = lines.get(i).split("\t", 3);
                long start = System.nanoTime();
                Query query = parts[1].equals("phrase") ? builder.createPhraseQuery("body", parts[2])
                    : builder.createBooleanQuery("body", parts[2], parts[1].equals("and") ? Occur.MUST : Occur.SHOULD);
                if (query != null) searcher.search(query, 10);
                if (round >= 0) times[i][round] = (System.nanoTime() - start) / 1e6;
            }
        }
        TreeMap<String, List<Double>> kinds = new TreeMap<>();
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            Arrays.sort(times[i]);
            double median = times[i][rounds / 2];
            kinds.computeIfAbsent(lines.get(i).split("\t", 2)[0], kind -> new ArrayList<>()).add(median);
            all.add(median);
        }
        kinds.forEach(LuceneComparison::print);
        print("all", all);
    }

    private static void print(String kind, List<Double> times) {
        times.sort(null);
        System.out.printf("%s\t%.3f\t%.3f\t%.3f%n", kind, percentile(times, .5), percentile(times, .95), percentile(times, .99));
    }

    private static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
