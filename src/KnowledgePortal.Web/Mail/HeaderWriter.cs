using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Mail;

/// <summary>
/// Header lines: folded at 76 octets where a fold is possible and never over 998, other scripts as encoded-words (RFC 2047) or extended parameters (RFC 2231).
/// </summary>
internal sealed class HeaderWriter
{
    private const int LineLimit = 76; // what RFC 2047 allows a line with an encoded-word; RFC 5322 would allow 78
    private const int HardLimit = 998;
    private const int EncodedWordLimit = 75;
    private const int UnitLimit = 21; // octets that fit one encoded-word even where each becomes =XX
    private const string Base64Start = "=?utf-8?B?", QuotedStart = "=?utf-8?Q?", End = "?=";
    private const string CrLf = "\r\n";

    private readonly StringBuilder _text = new();
    private string _name = "";
    private int _column;

    /// <summary>Free text, such as a subject.</summary>
    public HeaderWriter Text(string name, string text)
    {
        Begin(name);
        var line = OneLine(text);
        if (IsPlain(line)) Words(line);
        else EncodedWords(line);
        return EndLine();
    }

    /// <summary>A value with a grammar, folded at its spaces.</summary>
    public HeaderWriter Structured(string name, string value)
    {
        Begin(name);
        Words(value);
        return EndLine();
    }

    /// <summary>A name in any script before a value with a grammar: <c>=?utf-8?B?…?= &lt;somchai@example.com&gt;</c>.</summary>
    public HeaderWriter Phrased(string name, string? phrase, string value)
    {
        Begin(name);
        var line = OneLine(phrase ?? "").Trim();
        if (line.Length > 0 && line.Length < LineLimit / 2 && IsPlain(line)) Word(Quoted(line));
        else if (line.Length > 0) EncodedWords(line);
        Words(value);
        return EndLine();
    }

    /// <summary>A value with a parameter whose text may be in any script: <c>attachment; filename*=utf-8''%E0%B8…</c>.</summary>
    public HeaderWriter WithParameter(string name, string value, string parameter, string text)
    {
        Begin(name);
        Words(value + ";");
        var line = OneLine(text);
        if (line.Length < LineLimit / 2 && IsPlain(line)) Word($"{parameter}={Quoted(line)}");
        else ExtendedParameter(parameter, line);
        return EndLine();
    }

    public override string ToString() => _text.ToString();

    /// <summary>Whatever would end a line becomes one space.</summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        var isGap = false;
        foreach (var c in text)
        {
            var isBreak = char.IsControl(c) || c is '\u2028' or '\u2029';
            if (!isBreak) line.Append(c);
            else if (!isGap) line.Append(' ');
            isGap = isBreak;
        }
        return line.ToString();
    }

    private void Begin(string name)
    {
        _name = name;
        _text.Append(name).Append(':');
        _column = name.Length + 1;
    }

    private HeaderWriter EndLine()
    {
        _text.Append(CrLf);
        return this;
    }

    private void Words(string value)
    {
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Word(word);
    }

    private void Word(string word)
    {
        var octets = Encoding.UTF8.GetByteCount(word);
        if (octets >= HardLimit) throw new MailFormatException($"{_name}: {octets} octets in one piece do not fit a line");
        if (_column + 1 + octets > LineLimit) Fold();
        _text.Append(' ').Append(word);
        _column += 1 + octets;
    }

    private void Fold()
    {
        _text.Append(CrLf);
        _column = 0;
    }

    // Spaces at an end or in a row, and what looks like an encoded-word, would not come back as written.
    private static bool IsPlain(string line) =>
        line.All(c => c is >= ' ' and <= '~') && !line.Contains("=?", StringComparison.Ordinal) && !line.Contains("  ", StringComparison.Ordinal)
        && !line.StartsWith(' ') && !line.EndsWith(' ') && line.Split(' ').All(word => word.Length < LineLimit);

    private static string Quoted(string line) => "\"" + line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private void EncodedWords(string line)
    {
        var isQuoted = Encoding.UTF8.GetBytes(line).Sum(QuotedLength) < Encoding.UTF8.GetByteCount(line) * 4 / 3;
        var pending = new List<byte>();
        foreach (var unit in Units(line))
        {
            if (!Fits(pending.Count == 0 ? unit : [.. pending, .. unit], isQuoted))
            {
                Flush(pending, isQuoted);
                Fold();
            }
            pending.AddRange(unit);
        }
        Flush(pending, isQuoted);
    }

    private bool Fits(List<byte> octets, bool isQuoted)
    {
        var length = Base64Start.Length + End.Length + (isQuoted ? octets.Sum(QuotedLength) : (octets.Count + 2) / 3 * 4);
        return length <= Math.Min(EncodedWordLimit, LineLimit - _column - 1);
    }

    private void Flush(List<byte> octets, bool isQuoted)
    {
        if (octets.Count == 0) return;
        var word = isQuoted ? QuotedStart + string.Concat(octets.Select(QuotedOctet)) + End : Base64Start + Convert.ToBase64String([.. octets]) + End;
        _text.Append(' ').Append(word);
        _column += 1 + word.Length;
        octets.Clear();
    }

    // A letter and its marks stay in one encoded-word; a heap of marks is cut between characters, never inside one.
    private static IEnumerable<List<byte>> Units(string line)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(line); elements.MoveNext();)
        {
            var element = elements.GetTextElement();
            if (Encoding.UTF8.GetByteCount(element) <= UnitLimit) yield return [.. Encoding.UTF8.GetBytes(element)];
            else
                foreach (var rune in element.EnumerateRunes()) yield return [.. Encoding.UTF8.GetBytes(rune.ToString())];
        }
    }

    private static int QuotedLength(byte octet) => QuotedOctet(octet).Length;

    // The characters that RFC 2047 5(3) allows in a phrase; a subject could have more.
    private static string QuotedOctet(byte octet) =>
        octet == ' ' ? "_"
        : char.IsAsciiLetterOrDigit((char)octet) || "!*+-/".Contains((char)octet, StringComparison.Ordinal) ? ((char)octet).ToString()
        : "=" + octet.ToString("X2", CultureInfo.InvariantCulture);

    private void ExtendedParameter(string parameter, string line)
    {
        var room = LineLimit - parameter.Length - " *10*=;".Length;
        var segments = new List<StringBuilder> { new("utf-8''") };
        foreach (var rune in line.EnumerateRunes())
        {
            var escaped = string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(ParameterOctet));
            if (segments[^1].Length + escaped.Length > room) segments.Add(new StringBuilder());
            segments[^1].Append(escaped);
        }
        if (segments.Count == 1) Word($"{parameter}*={segments[0]}");
        else
            for (var i = 0; i < segments.Count; i++)
                Word(string.Create(CultureInfo.InvariantCulture, $"{parameter}*{i}*={segments[i]}{(i < segments.Count - 1 ? ";" : "")}"));
    }

    private static string ParameterOctet(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || "!#$&+-.^_`{}~".Contains((char)octet, StringComparison.Ordinal)
            ? ((char)octet).ToString()
            : "%" + octet.ToString("X2", CultureInfo.InvariantCulture);
}
