using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>
/// Makes an article's text of a news item: title, paragraphs, date, source and agency, without the page around them.
/// Thread-safe; one object serves a whole import.
/// </summary>
public sealed class NewsText(NewsAgencies agencies)
{
    private const int LongestTitle = 250;

    /// <summary>A text this short is only the same as another when the titles are too: "see the attached document".</summary>
    private const int ShortText = 200;

    /// <summary>Sites print this day when they have no date.</summary>
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Equal neighbours that are shorter are cells of a table.</summary>
    private const int ShortestRepeat = 20;

    /// <summary>Older dates in running text are history, not the day of the news.</summary>
    private static readonly DateOnly EarliestSaid = new(1990, 1, 1);

    public ImportedNews Read(NewsItem item)
    {
        var lines = Sort(item);
        var title = Shortened(lines.Title.Length > 0 ? lines.Title : lines.Paragraphs.Count > 0 ? lines.Paragraphs[0] : $"ข่าวไม่มีชื่อเรื่อง ({item.Id})");
        return new ImportedNews(
            item.Id, title, PlainMarkdown.Of(lines.Paragraphs), lines.Date ?? lines.ClosingDate ?? FirstSaid(lines.Paragraphs), lines.Source,
            agencies.Find(title, lines.Paragraphs), Hash(item, lines));
    }

    /// <summary>What each line of the item is.</summary>
    private sealed class SortedLines
    {
        public string Title = "";
        public string TitleKey = "";
        public readonly List<string> Paragraphs = [];
        public readonly List<string> Keys = [];
        public DateOnly? Date;
        public DateOnly? ClosingDate;
        public string? Source;
    }

    private static SortedLines Sort(NewsItem item)
    {
        var sorted = new SortedLines();
        SetTitle(sorted, TidyText.Line(item.Title));
        var lines = TidyText.Lines(item.Text);
        lines.RemoveAll(line => TakeSource(sorted, line));
        for (var (i, end) = (0, Boilerplate.EndOfNews(lines)); i < end; i++) Take(sorted, lines[i]);
        return sorted;
    }

    private static void SetTitle(SortedLines sorted, string title)
    {
        if (Boilerplate.IsDate(title, out var date))
        {
            sorted.Date = Dateline(date);
            return;
        }
        sorted.Title = Boilerplate.WithoutPrefix(title);
        sorted.TitleKey = TextKey.Of(sorted.Title);
    }

    private static bool TakeSource(SortedLines sorted, string line)
    {
        if (NewsSource.Of(line) is not { } source) return false;
        sorted.Source = source;
        return true;
    }

    private static void Take(SortedLines sorted, string line)
    {
        if (TakeDate(sorted, line)) return;
        line = Boilerplate.WithoutPrefix(Boilerplate.WithoutRule(line));
        var key = TextKey.Of(line);
        if (Boilerplate.Covers(line, key) || TextKey.Repeats(key, sorted.TitleKey)) return;
        if (sorted.Title.Length == 0)
        {
            (sorted.Title, sorted.TitleKey) = (line, key);
            // A long first line is the text itself and must not be lost to a title that is cut.
            if (line.Length <= LongestTitle) return;
        }
        Add(sorted, line, key);
    }

    /// <summary>Of a paragraph and the teaser before or after it, which is the same text cut short, the whole one stays.</summary>
    private static void Add(SortedLines sorted, string line, string key)
    {
        if (sorted.Keys.Count > 0 && Math.Min(sorted.Keys[^1].Length, key.Length) > ShortestRepeat)
        {
            if (sorted.Keys[^1].StartsWith(key, StringComparison.Ordinal)) return;
            if (key.StartsWith(sorted.Keys[^1], StringComparison.Ordinal))
            {
                (sorted.Paragraphs[^1], sorted.Keys[^1]) = (line, key);
                return;
            }
        }
        sorted.Paragraphs.Add(line);
        sorted.Keys.Add(key);
    }

    private static bool TakeDate(SortedLines sorted, string line)
    {
        var bare = Boilerplate.WithoutRule(line);
        var isHead = sorted.Paragraphs.Count == 0;
        if (!isHead && bare.Length == line.Length || !Boilerplate.IsDate(bare, out var date)) return false;
        if (isHead) sorted.Date ??= Dateline(date);
        else sorted.ClosingDate = date;
        return true;
    }

    private static DateOnly? Dateline(DateOnly date) => date == Epoch ? null : date;

    private static DateOnly? FirstSaid(List<string> paragraphs)
    {
        foreach (var paragraph in paragraphs)
        {
            for (var found = ThaiDateParser.FindFirst(paragraph); found is { } said; found = ThaiDateParser.FindFirst(paragraph, said.Start + said.Length))
            {
                if (said.Date >= EarliestSaid) return said.Date;
            }
        }
        return null;
    }

    private static string Shortened(string title)
    {
        if (title.Length <= LongestTitle) return title;
        var length = 0;
        while (StringInfo.GetNextTextElementLength(title, length) is var next && length + next < LongestTitle) length += next;
        return title[..length].TrimEnd() + "…";
    }

    private static string Hash(NewsItem item, SortedLines lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = lines.Keys.Sum(key => key.Length);
        // An item that says nothing is like no other.
        if (length == 0 && lines.TitleKey.Length == 0) hash.AppendData(MemoryMarshal.AsBytes(item.Id.AsSpan()));
        if (length < ShortText) hash.AppendData(MemoryMarshal.AsBytes($"{lines.TitleKey}\n".AsSpan()));
        foreach (var key in lines.Keys) hash.AppendData(MemoryMarshal.AsBytes(key.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
