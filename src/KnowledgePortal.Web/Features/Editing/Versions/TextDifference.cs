using System.Text;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>What became of a piece of text or an entry.</summary>
public enum PieceKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A piece of text that stayed, went or came. The pieces without the added ones are the old text, those without the removed ones the new.</summary>
public sealed record Piece(PieceKind Kind, string Text);

/// <summary>Compares texts: by line, and inside lines that changed by word, where Thai words are cut as the search engine cuts them.</summary>
public sealed class TextDifference(ThaiAnalyzer analyzer)
{
    // Of two texts with less than this share in common, a mixture of both is harder to read than one after the other.
    private const double LeastInCommon = .3;

    public IReadOnlyList<Piece> Between(string before, string after)
    {
        var (oldLines, newLines) = (Lines(before), Lines(after));
        var pieces = new Pieces();
        var (removed, added) = (new StringBuilder(), new StringBuilder());
        foreach (var run in ListDifference.Of(oldLines, newLines))
        {
            if (run.Kind == PieceKind.Same) Flush();
            var text = string.Concat((run.Kind == PieceKind.Added ? newLines : oldLines).Skip(run.Start).Take(run.Count));
            if (run.Kind == PieceKind.Same) pieces.Add(PieceKind.Same, text);
            else (run.Kind == PieceKind.Removed ? removed : added).Append(text);
        }
        Flush();
        return pieces.ToList();

        void Flush()
        {
            pieces.AddRange(ByWord(removed.ToString(), added.ToString()));
            removed.Clear();
            added.Clear();
        }
    }

    /// <summary>The text cut at every border of a word; together the words are the text.</summary>
    public IReadOnlyList<string> Words(string text)
    {
        var borders = new SortedSet<int> { 0, text.Length };
        foreach (var token in analyzer.Analyze(text).Tokens.Where(t => !t.IsDerived))
        {
            borders.Add(token.Start);
            borders.Add(token.End);
        }
        return [.. borders.Zip(borders.Skip(1), (start, end) => text[start..end])];
    }

    private IReadOnlyList<Piece> ByWord(string before, string after)
    {
        var whole = new Pieces();
        whole.Add(PieceKind.Removed, before);
        whole.Add(PieceKind.Added, after);
        if (before.Length == 0 || after.Length == 0) return whole.ToList();

        var (oldWords, newWords) = (Words(before), Words(after));
        var runs = ListDifference.Of(oldWords, newWords);
        var pieces = new Pieces();
        for (var i = 0; i < runs.Count; i++)
        {
            var (kind, start, count) = runs[i];
            var text = string.Concat((kind == PieceKind.Added ? newWords : oldWords).Skip(start).Take(count));
            // A space between two changed words belongs to the change.
            if (kind == PieceKind.Same && i > 0 && i < runs.Count - 1 && string.IsNullOrWhiteSpace(text) && !text.Contains('\n'))
            {
                pieces.Add(PieceKind.Removed, text);
                pieces.Add(PieceKind.Added, text);
            }
            else pieces.Add(kind, text);
        }
        var mixed = pieces.ToList();
        var inCommon = mixed.Where(p => p.Kind == PieceKind.Same).Sum(p => p.Text.Length);
        return inCommon < LeastInCommon * Math.Min(before.Length, after.Length) ? whole.ToList() : mixed;
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var at && at >= 0 ? at + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    // Between two pieces that stay, what goes stands before what comes.
    private sealed class Pieces
    {
        private readonly List<Piece> _done = [];
        private readonly StringBuilder _removed = new();
        private readonly StringBuilder _added = new();

        public void Add(PieceKind kind, string text)
        {
            if (text.Length == 0) return;
            if (kind == PieceKind.Removed) _removed.Append(text);
            else if (kind == PieceKind.Added) _added.Append(text);
            else
            {
                Flush();
                if (_done.Count > 0 && _done[^1].Kind == PieceKind.Same) _done[^1] = new Piece(PieceKind.Same, _done[^1].Text + text);
                else _done.Add(new Piece(PieceKind.Same, text));
            }
        }

        public void AddRange(IEnumerable<Piece> pieces)
        {
            foreach (var piece in pieces) Add(piece.Kind, piece.Text);
        }

        public IReadOnlyList<Piece> ToList()
        {
            Flush();
            return _done;
        }

        private void Flush()
        {
            if (_removed.Length > 0) _done.Add(new Piece(PieceKind.Removed, _removed.ToString()));
            if (_added.Length > 0) _done.Add(new Piece(PieceKind.Added, _added.ToString()));
            _removed.Clear();
            _added.Clear();
        }
    }
}
