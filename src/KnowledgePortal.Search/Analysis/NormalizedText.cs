namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Text in the form that is indexed, with a way back to the text it came from.
/// For every index i of <see cref="Text"/>, the original range [StartOf(i), EndOf(i)) holds what became Text[i];
/// both bounds never decrease with i.
/// </summary>
public sealed class NormalizedText
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    internal NormalizedText(string text, int[] starts, int[] ends)
    {
        Text = text;
        _starts = starts;
        _ends = ends;
    }

    /// <summary>The normalised text.</summary>
    public string Text { get; }

    /// <summary>Offset in the original text, in UTF-16 units, where the character at <paramref name="index"/> begins.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>Offset in the original text just after the character at <paramref name="index"/>.</summary>
    public int EndOf(int index) => _ends[index];
}
