namespace KnowledgePortal.Search.Analysis;

/// <summary>
/// Enumerates overlapping pairs of Thai character clusters inside each run of Thai text, with tone marks left out. They find a word in spite of a
/// slip and inside other words.
/// </summary>
internal ref struct ClusterBigrams
{
    /// <summary>Longer clusters come only from floods of marks and are cut.</summary>
    private const int MaximumCluster = 12;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _next;
    private int _secondStart;
    private int _previousLength;
    private int _length;

    /// <summary>Begins before the first pair. The buffer needs <see cref="BufferLength"/> characters.</summary>
    public ClusterBigrams(ReadOnlySpan<char> normalizedText, Span<char> buffer)
    {
        _text = normalizedText;
        _buffer = buffer;
    }

    public static int BufferLength => 2 * MaximumCluster;

    /// <summary>The pair's term; valid until the next call of <see cref="MoveNext"/>.</summary>
    public readonly ReadOnlySpan<char> Current => _buffer[.._length];

    /// <summary>Start of the pair's first cluster in the normalised text.</summary>
    public int FirstStart { get; private set; }

    /// <summary>End of the pair in the normalised text.</summary>
    public readonly int End => _next;

    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            if (!ThaiCharacters.IsThai(_text[_next]))
            {
                _previousLength = 0;
                _next++;
                continue;
            }
            var hasPrevious = _previousLength > 0;
            if (hasPrevious)
                _buffer[(_length - _previousLength).._length].CopyTo(_buffer);
            FirstStart = _secondStart;
            _secondStart = _next;
            Append(_previousLength);
            if (hasPrevious)
                return true;
        }
        return false;
    }

    private void Append(int at)
    {
        var clusterLength = CharacterClusters.LengthAt(_text, _next);
        var length = at;
        foreach (var c in _text.Slice(_next, clusterLength))
        {
            if (length - at < MaximumCluster && !ThaiCharacters.IsTone(c))
                _buffer[length++] = c;
        }
        _next += clusterLength;
        _length = length;
        _previousLength = length - at;
    }
}
