using System.Globalization;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Reads what follows "field:" for the fields that the schema has.</summary>
internal static class FieldReader
{
    private const int BuddhistOffset = 543;
    private const int FirstBuddhistYear = 2400;

    /// <summary>Null when there is no such field, or what follows makes no sense for it.</summary>
    public static (int End, Action<Clauses, Occur> AddTo)? Read(QueryInput input, IndexSchema schema, string field, int start, int end)
    {
        if (schema.NumberFields.Contains(field))
            return Range(input, field, start, end);
        var quote = input.ClosingQuote(start, end);
        if (schema.KeywordFields.Contains(field))
        {
            var valueEnd = quote > 0 ? quote + 1 : input.ChunkEnd(start, end);
            var value = quote > 0 ? input.Text[(start + 1)..quote] : input.Text[start..valueEnd];
            return (valueEnd, (level, occur) => level.AddCondition(new QueryCondition(field, value, 0, 0, occur)));
        }
        if (schema.TextFields.All(text => text.Name != field))
            return null;
        return quote > 0 ? Phrase(input, field, start, quote, end) : Word(input, field, start, input.ChunkEnd(start, end));
    }

    private static (int, Action<Clauses, Occur>)? Phrase(QueryInput input, string field, int start, int quote, int end)
    {
        var (slop, boost, after) = input.Suffixes(quote + 1, end);
        var phrase = input.Text[(start + 1)..quote];
        return (after, (level, occur) => level.AddPhrase(phrase, occur, slop ?? 0, field, boost));
    }

    private static (int, Action<Clauses, Occur>)? Word(QueryInput input, string field, int start, int end)
    {
        var (word, slop, boost) = input.Word(start, end);
        return (end, (level, occur) =>
        {
            if (!(slop is not null && level.AddSimilar(word, occur, field, boost)) && !(word.EndsWith('*') && level.AddPrefix(word.TrimEnd('*'), occur, field, boost)))
                level.AddText(word, occur, field, boost);
        }
        );
    }

    /// <summary>[a TO b], {a TO b} without the ends, * for an open end, &gt;=a and the like, or one value.</summary>
    private static (int, Action<Clauses, Occur>)? Range(QueryInput input, string field, int start, int end)
    {
        var text = input.Text;
        var (least, most) = (long.MinValue + 1, long.MaxValue);
        int after;
        if (text[start] is '[' or '{')
        {
            var close = text.AsSpan(start, end - start).IndexOfAny(']', '}');
            if (close < 0 || text.Substring(start + 1, close - 1).Split(" TO ") is not [var from, var to])
                return null;
            after = start + close + 1;
            if (!Open(from, ref least) || !Open(to, ref most))
                return null;
            least += text[start] == '{' && from.Trim() != "*" ? 1 : 0;
            most -= text[after - 1] == '}' && to.Trim() != "*" ? 1 : 0;
        }
        else
        {
            after = input.ChunkEnd(start, end);
            var value = text[start..after].TrimStart('>', '<', '=');
            var sign = text[start..(after - value.Length)];
            if (!TryNumber(value, out var number))
                return null;
            (least, most) = sign switch { ">" => (number + 1, most), ">=" => (number, most), "<" => (least, number - 1), "<=" => (least, number), _ => (number, number) };
        }
        return (after, (level, occur) => level.AddCondition(new QueryCondition(field, null, least, most, occur)));
    }

    private static bool Open(string text, ref long end) => text.Trim() == "*" || TryNumber(text, out end);

    /// <summary>A whole number, or a date such as 2020-07-09 or 2563-07-09 as its <see cref="DateOnly.DayNumber"/>.</summary>
    private static bool TryNumber(string text, out long number)
    {
        text = text.Trim();
        if (text.Length is > 0 and < 19 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return true;
        number = 0;
        if (text.Split('-') is not [{ Length: 4 } yearText, var month, var day] || !int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return false;
        var common = year >= FirstBuddhistYear ? year - BuddhistOffset : year;
        if (!DateOnly.TryParseExact($"{common:0000}-{month}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return false;
        number = date.DayNumber;
        return true;
    }
}
