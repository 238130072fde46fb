using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Mail;

/// <summary>What a person sees of a mail. Reads what <see cref="MimeWriter"/> writes, and makes the best of anything else without throwing.</summary>
public sealed record ReadableMail(string From, string To, string Subject, string? Text, string? Html, IReadOnlyList<string> Attachments);

public static partial class MimeReader
{
    private const int DepthLimit = 5;

    public static ReadableMail Read(ReadOnlySpan<byte> message)
    {
        // Latin-1 keeps every octet as one character until its charset is known.
        var whole = Part.Of(Encoding.Latin1.GetString(message));
        var leaves = new List<Part>();
        Collect(whole, leaves, 0);
        var bodies = leaves.Where(p => !p.IsAttachment).ToList();
        return new ReadableMail(
            whole.Text("From"), whole.Text("To"), whole.Text("Subject"),
            bodies.FirstOrDefault(p => p.Type == "text/plain")?.Decoded(), bodies.FirstOrDefault(p => p.Type == "text/html")?.Decoded(),
            [.. leaves.Where(p => p.IsAttachment).Select(p => p.FileName)]);
    }

    private static void Collect(Part part, List<Part> leaves, int depth)
    {
        if (depth < DepthLimit && part.Type.StartsWith("multipart/", StringComparison.Ordinal) && part.Parameter("Content-Type", "boundary") is { Length: > 0 } boundary)
            foreach (var inner in part.Body.Split("--" + boundary).Skip(1).TakeWhile(text => !text.StartsWith("--", StringComparison.Ordinal)))
                Collect(Part.Of(Unframed(inner)), leaves, depth + 1);
        else leaves.Add(part);
    }

    // The line end before a boundary belongs to it, and so does the one after it.
    private static string Unframed(string text)
    {
        if (text.StartsWith("\r\n", StringComparison.Ordinal)) text = text[2..];
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private static string DecodeWords(string text) => EncodedWord().Replace(AdjacentWords().Replace(text, words => Blanks().Replace(words.Value, "")), match =>
    {
        var isBase64 = match.Groups["encoding"].Value is "B" or "b";
        var octets = isBase64 ? FromBase64(match.Groups["text"].Value) : FromQuotedPrintable(match.Groups["text"].Value.Replace('_', ' '));
        return Encoding.UTF8.GetString(octets);
    });

    private static byte[] FromBase64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : Encoding.Latin1.GetBytes(text);
    }

    private static byte[] FromQuotedPrintable(string text) =>
        Encoding.Latin1.GetBytes(QuotedOctet().Replace(SoftBreak().Replace(text, ""), m => ((char)byte.Parse(m.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    private static string Unescaped(string quoted) => Escape().Replace(quoted, "$1");

    private static string Utf8(string octets) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private sealed record Part(Dictionary<string, string> Headers, string Body)
    {
        public string Type => Header("Content-Type") is { Length: > 0 } value ? value.Split(';')[0].Trim().ToLowerInvariant() : "text/plain";

        public bool IsAttachment => Header("Content-Disposition").StartsWith("attachment", StringComparison.OrdinalIgnoreCase);

        public string FileName => Parameter("Content-Disposition", "filename") ?? "";

        public static Part Of(string text)
        {
            var end = text.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in Fold().Replace(end < 0 ? text : text[..end], " ").Split("\r\n"))
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) headers.TryAdd(line[..colon], line[(colon + 1)..].Trim(' '));
            return new Part(headers, end < 0 ? "" : text[(end == 0 ? 2 : end + 4)..]);
        }

        public string Text(string name)
        {
            var value = Utf8(Header(name));
            return DecodeWords(name == "Subject" ? value : QuotedString().Replace(value, m => Unescaped(m.Groups[1].Value)));
        }

        public string Decoded() => Encoding.UTF8.GetString(Header("Content-Transfer-Encoding").ToLowerInvariant() switch
        {
            "base64" => FromBase64(Body),
            "quoted-printable" => FromQuotedPrintable(Body),
            _ => Encoding.Latin1.GetBytes(Body),
        });

        /// <summary>A parameter, also one in numbered and percent-encoded pieces (RFC 2231).</summary>
        public string? Parameter(string header, string name)
        {
            var pieces = Parameters().Matches(Header(header)).Where(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (pieces.Count == 0) return null;
            var text = string.Concat(pieces.Select(m => m.Groups["quoted"].Success ? Unescaped(m.Groups["quoted"].Value) : m.Groups["bare"].Value));
            return pieces[0].Groups["encoded"].Success ? Uri.UnescapeDataString(Charset().Replace(text, "")) : text;
        }

        private string Header(string name) => Headers.GetValueOrDefault(name, "");
    }

    [GeneratedRegex(@"\r\n[ \t]", RegexOptions.NonBacktracking)]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?(?<encoding>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex EncodedWord();

    // Space between two encoded-words is not part of the text (RFC 2047 6.2).
    [GeneratedRegex(@"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=([ \t]+=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)+", RegexOptions.NonBacktracking)]
    private static partial Regex AdjacentWords();

    [GeneratedRegex(@"[ \t]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"=[0-9A-Fa-f]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedOctet();

    [GeneratedRegex(@"=[ \t]*\r\n", RegexOptions.NonBacktracking)]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"""((?:\\.|[^""\\])*)""", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedString();

    [GeneratedRegex(@"\\(.)", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@";\s*(?<name>[A-Za-z0-9-]+)(\*\d+)?(?<encoded>\*)?=(?:""(?<quoted>(?:\\.|[^""\\])*)""|(?<bare>[^\s;""]*))", RegexOptions.NonBacktracking)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\A[A-Za-z0-9-]*'[^']*'", RegexOptions.NonBacktracking)]
    private static partial Regex Charset();
}
