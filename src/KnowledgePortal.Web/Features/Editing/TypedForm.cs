namespace KnowledgePortal.Web.Features.Editing;

/// <summary>
/// What stands in the boxes of a form, as typed. A box is named by its place in the item: <c>TitlePart.Title</c>, <c>CopSession.HeldOn.Day</c>,
/// <c>Speakers[0].Speaker.Role</c>. The rows of a bag are the values of <c>Speakers.Rows</c>, in their order.
/// </summary>
public sealed class TypedForm
{
    private const string Rows = ".Rows";
    private readonly Dictionary<string, List<string>> _values = [];
    private readonly Dictionary<string, string> _posted = [];

    /// <summary>What was posted; rows come out numbered from 0 in the order in which they stand.</summary>
    public static TypedForm Of(IFormCollection posted, RowAction? action = null)
    {
        var typed = new TypedForm();
        var bags = posted.Keys.Where(k => k.EndsWith(Rows, StringComparison.Ordinal)).ToDictionary(
            k => k[..^Rows.Length], k => RowOrder.Of(posted, k[..^Rows.Length], action));
        foreach (var (name, values) in posted)
            if (Renumbered(name, bags) is { } place) typed._values[place] = [.. values.OfType<string>()];
        foreach (var (bag, rows) in bags)
        {
            typed.SetRows(bag, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                typed._posted[$"{bag}[{i}]"] = $"{bag}[{rows[i].Row}]";
                if (rows[i].Level is { } level) typed._values[$"{bag}[{i}].Level"] = [$"{level}"];
            }
        }
        if (action is not null && bags.TryGetValue(action.Bag, out var order) && order.ToList().FindIndex(r => r.Row == action.Row) is >= 0 and var moved) typed.Set(action.Bag + ".Moved", $"{moved}");
        if (action is { Verb: "add" }) typed.AddRow(action.Bag, action.Row);
        return typed;
    }

    public string Text(string name) => _values.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : "";

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

    public void Set(string name, params IEnumerable<string> values) => _values[name] = [.. values];

    /// <summary>Names of boxes that begin so.</summary>
    public IEnumerable<string> NamesUnder(string prefix) => _values.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>How a box was called when it was posted: rows may have moved since.</summary>
    public string PostedName(string name) =>
        name.IndexOf(']') is var end and > 0 && _posted.TryGetValue(name[..(end + 1)], out var row) ? row + name[(end + 1)..] : name;

    public int RowCount(string bag) => All(bag + Rows).Count;

    public void SetRows(string bag, int count) => _values[bag + Rows] = [.. Enumerable.Range(0, count).Select(i => $"{i}")];

    /// <summary>True when any box holds bytes that were lost on the way.</summary>
    public IEnumerable<string> BrokenBoxes() => _values.Where(v => v.Value.Any(TypedText.IsBroken)).Select(v => v.Key);

    /// <summary>Puts what another form holds at a path, of a field or a bag, into this one.</summary>
    public void Take(string path, TypedForm other)
    {
        foreach (var name in Boxes(path).ToList()) _values.Remove(name);
        foreach (var name in other.Boxes(path)) _values[name] = [.. other._values[name]];
    }

    /// <summary>True when both hold the same at a path. A row's id is not what somebody typed: of a form that was sent twice it differs.</summary>
    public bool IsSame(string path, TypedForm other) => Boxes(path).Union(other.Boxes(path)).Where(name => !name.EndsWith("].Id", StringComparison.Ordinal)).All(name => Words(name).SequenceEqual(other.Words(name)));

    private IEnumerable<string> Boxes(string path) =>
        _values.Keys.Where(k => k == path || (k.Length > path.Length && k.StartsWith(path, StringComparison.Ordinal) && k[path.Length] is '.' or '['));

    // An empty box and one that is not there say the same; a browser ends lines in its own way.
    private IEnumerable<string> Words(string name) => All(name).Select(TypedText.Lines).Where(v => v.Length > 0);

    private void AddRow(string bag, string type)
    {
        var row = RowCount(bag);
        SetRows(bag, row + 1);
        _values[$"{bag}[{row}].Type"] = [type];
    }

    // Null for a box of a row that is not there any more.
    private static string? Renumbered(string name, Dictionary<string, IReadOnlyList<PostedRow>> bags)
    {
        var open = name.IndexOf('[');
        var close = name.IndexOf(']');
        if (open <= 0 || close < open || !bags.TryGetValue(name[..open], out var rows)) return name;
        var posted = name[(open + 1)..close];
        var row = rows.ToList().FindIndex(r => r.Row == posted);
        return row < 0 ? null : $"{name[..open]}[{row}]{name[(close + 1)..]}";
    }
}

/// <summary>A button on a bag: <c>add:Speakers:Speaker</c>, <c>up:Speakers:1</c>, <c>down:…</c>, <c>remove:…</c>; in a tree <c>in:…</c> and <c>out:…</c> too.</summary>
public sealed record RowAction(string Verb, string Bag, string Row)
{
    /// <summary>Null when the button is another one.</summary>
    public static RowAction? Of(string action) =>
        action.Split(':') is [("add" or "up" or "down" or "in" or "out" or "remove") and var verb, { Length: > 0 } bag, var row] ? new RowAction(verb, bag, row) : null;
}
