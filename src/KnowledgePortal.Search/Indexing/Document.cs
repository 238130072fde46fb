namespace KnowledgePortal.Search.Indexing;

/// <summary>What is to be indexed under one key. Adding to the same field again adds another value.</summary>
/// <param name="key">Identifies the document in its index; an update replaces the document with the same key.</param>
public sealed class Document(string key)
{
    private readonly List<(string Field, string Text)> _texts = [];
    private readonly List<(string Field, string Value)> _keywords = [];
    private readonly List<(string Field, long Value)> _numbers = [];
    private readonly List<(string Name, string Value)> _stored = [];

    /// <summary>The key.</summary>
    public string Key { get; } = key;

    internal IReadOnlyList<(string Field, string Text)> Texts => _texts;

    internal IReadOnlyList<(string Field, string Value)> Keywords => _keywords;

    internal IReadOnlyList<(string Field, long Value)> Numbers => _numbers;

    /// <summary>What <see cref="Store"/> was given, in its order.</summary>
    public IReadOnlyList<(string Name, string Value)> StoredValues => _stored;

    /// <summary>Adds words to search. A phrase never reaches from one value into the next.</summary>
    public Document AddText(string field, string text)
    {
        _texts.Add((field, text));
        return this;
    }

    /// <summary>Adds an exact value to filter and count by.</summary>
    public Document AddKeyword(string field, string value)
    {
        _keywords.Add((field, value));
        return this;
    }

    /// <summary>Adds a number to sort by; of several the largest is kept.</summary>
    public Document AddNumber(string field, long value)
    {
        _numbers.Add((field, value));
        return this;
    }

    /// <summary>Keeps text to give back with a hit. Of several values of one name the first is given back; lone surrogates come back as U+FFFD.</summary>
    public Document Store(string name, string value)
    {
        _stored.Add((name, value));
        return this;
    }
}
