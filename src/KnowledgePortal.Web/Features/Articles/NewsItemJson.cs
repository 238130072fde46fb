using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using KnowledgePortal.Web.Cli;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Reads one line <c>{"id": …, "title": …, "text": …}</c>; other keys are passed over.</summary>
internal static class NewsItemJson
{
    private const int LongestId = 200;

    /// <summary>The item, or null and the reason in the operator's language.</summary>
    public static NewsItem? Read(ReadOnlySpan<byte> line, out string? reason)
    {
        if (!Utf8.IsValid(line))
        {
            reason = Words.Pick("ไม่ใช่ข้อความ UTF-8", "it is not UTF-8");
            return null;
        }
        try
        {
            return Object(line, out reason);
        }
        catch (JsonException error)
        {
            var place = ((error.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            reason = Words.Pick($"ไม่ใช่ JSON ที่ถูกต้อง ผิดที่ไบต์ {place}", $"it is not valid JSON, see byte {place}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // How the reader answers \ud800 without its other half.
            reason = Words.Pick("มีอักขระ \\u ครึ่งตัวที่ขาดคู่", "it has a \\u escape that is half of a character");
            return null;
        }
    }

    private static NewsItem? Object(ReadOnlySpan<byte> line, out string? reason)
    {
        string? id = null, title = null, text = null;
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reason = Words.Pick("ไม่ใช่วัตถุ JSON", "it is not a JSON object");
            return null;
        }
        reason = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isTitle, isText) = (reader.ValueTextEquals("id"), reader.ValueTextEquals("title"), reader.ValueTextEquals("text"));
            reader.Read();
            if (isId) id = Id(ref reader, ref reason);
            else if (isTitle) title = Text(ref reader, "title", ref reason);
            else if (isText) text = Text(ref reader, "text", ref reason);
            else reader.Skip();
        }
        // Finds what follows the object.
        while (reader.Read()) { }
        reason ??= Missing(id, title, text);
        return reason is null ? new NewsItem(id!, title ?? "", text!) : null;
    }

    private static string? Id(ref Utf8JsonReader reader, ref string? reason)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number
            && reader.ValueSpan is { Length: <= LongestId } digits && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            return Encoding.ASCII.GetString(digits);
        if (reader.TokenType == JsonTokenType.String && TidyText.Line(reader.GetString()!) is { Length: <= LongestId } id) return id;
        reader.Skip();
        reason ??= Words.Pick(
            $"id ต้องเป็นจำนวนเต็มหรือข้อความไม่เกิน {LongestId} อักขระ", $"id must be a whole number or a text of at most {LongestId} characters");
        return null;
    }

    private static string? Text(ref Utf8JsonReader reader, string key, ref string? reason)
    {
        if (reader.TokenType == JsonTokenType.String) return WithoutControls(reader.GetString()!);
        if (reader.TokenType == JsonTokenType.Null) return null;
        reader.Skip();
        reason ??= Words.Pick($"{key} ไม่ใช่ข้อความ", $"{key} is not a text");
        return null;
    }

    private static string? Missing(string? id, string? title, string? text)
    {
        if (string.IsNullOrEmpty(id)) return Words.Pick("ไม่มี id", "it has no id");
        if (text is null) return Words.Pick("ไม่มี text", "it has no text");
        var saysNothing = string.IsNullOrWhiteSpace(title) && string.IsNullOrWhiteSpace(text);
        return saysNothing ? Words.Pick("ไม่มีทั้งชื่อเรื่องและเนื้อหา", "it has neither title nor text") : null;
    }

    private static string WithoutControls(string text)
    {
        var isClean = true;
        foreach (var c in text) isClean &= !IsDropped(c);
        return isClean ? text : string.Concat(text.Where(c => !IsDropped(c)));

        // The controls above U+007F stay for now: some of them are bullets of old word processors.
        static bool IsDropped(char c) => c < ' ' && c is not ('\n' or '\r' or '\t' or '\v' or '\f') || c == '\u007F';
    }
}
