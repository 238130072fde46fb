namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Cuts a stream into lines and holds one at a time. A line over the limit is passed over without being held.</summary>
internal sealed class LineReader(Stream stream, int longest)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private int _lineStart;
    private int _lineEnd;

    public long Number { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>The line without its end, valid until the next <see cref="Read"/>; meaningless when it was too long.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineEnd - _lineStart).TrimEnd((byte)'\r');

    /// <summary>False at the end of the stream.</summary>
    public bool Read()
    {
        IsTooLong = false;
        for (var scanned = 0; ;)
        {
            var newline = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (newline >= 0) return Found(_start + scanned + newline, 1);
            scanned = _end - _start;
            if (_ended) return (scanned > 0 || IsTooLong) && Found(_end, 0);
            if (scanned > longest)
            {
                IsTooLong = true;
                _start = _end = scanned = 0;
            }
            Fill();
        }
    }

    private bool Found(int end, int newline)
    {
        (_lineStart, _lineEnd) = (_start, end);
        IsTooLong |= end - _start > longest;
        _start = end + newline;
        Number++;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, longest + 64 * 1024));
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
    }
}
