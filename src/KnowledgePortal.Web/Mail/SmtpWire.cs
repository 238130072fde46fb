using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgePortal.Web.Mail;

/// <summary>The connection cannot be used, or not as the settings demand. Nothing was handed over.</summary>
internal sealed class SmtpFault(SmtpStage stage, string message, SmtpReply? reply = null) : Exception(message)
{
    public SmtpStage Stage => stage;

    public SendOutcome.Deferred Outcome => new(stage, reply?.Code, reply?.EnhancedCode, Message);
}

/// <summary>One answer of a server; its text is one line, safe to show.</summary>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int TextLimit = 500;

    public bool IsAccepted => Code is >= 200 and < 300;

    public bool IsPermanent => Code >= 500;

    /// <summary>The server closes the connection.</summary>
    public bool IsFarewell => Code == 421;

    public string? EnhancedCode => Lines.Count > 0 && Enhanced().Match(Lines[0]) is { Success: true } match ? match.Groups["code"].Value : null;

    public override string ToString()
    {
        var text = HeaderWriter.OneLine(string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}")).Trim();
        return text.Length <= TextLimit ? text : text[..TextLimit];
    }

    public SendOutcome Refusal(SmtpStage stage) => IsPermanent
        ? new SendOutcome.Refused(stage, Code, EnhancedCode, ToString())
        : new SendOutcome.Deferred(stage, Code, EnhancedCode, ToString());

    [GeneratedRegex(@"\A(?<code>[245]\.\d{1,3}\.\d{1,3})(\s|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Enhanced();
}

/// <summary>Lines and replies over a stream, bounded in size and in time.</summary>
internal sealed class SmtpWire(Stream stream)
{
    private const int LineLimit = 2048; // RFC 5321 promises 512
    private const int LinesLimit = 100;

    private readonly byte[] _buffer = new byte[4096];
    private int _start, _end;

    public Stream Stream => stream;

    /// <summary>True when the server has said more than it was asked: before TLS somebody else may have written it.</summary>
    public bool HasUnread => _start < _end;

    public async Task WriteAsync(ReadOnlyMemory<byte> octets, SmtpStage stage, TimeSpan limit, CancellationToken cancellation)
    {
        await WithinAsync(stage, limit, cancellation, async token =>
        {
            await stream.WriteAsync(octets, token);
            await stream.FlushAsync(token);
            return true;
        });
    }

    /// <exception cref="SmtpFault">The connection ended, the time is over, or what came is not SMTP.</exception>
    public Task<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan limit, CancellationToken cancellation) =>
        WithinAsync(stage, limit, cancellation, async token =>
        {
            var lines = new List<string>();
            while (lines.Count < LinesLimit)
            {
                var line = await ReadLineAsync(token) ?? throw new SmtpFault(stage, "the server closed the connection");
                if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599) break;
                if (line.Length > 3 && line[3] is not (' ' or '-')) break;
                lines.Add(line.Length > 4 ? line[4..] : "");
                if (line.Length == 3 || line[3] == ' ') return new SmtpReply(code, lines);
            }
            throw new SmtpFault(stage, "the server's answer is not SMTP");
        });

    private static async Task<T> WithinAsync<T>(SmtpStage stage, TimeSpan limit, CancellationToken cancellation, Func<CancellationToken, Task<T>> work)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        try
        {
            return await work(time.Token);
        }
        catch (IOException error)
        {
            throw new SmtpFault(stage, $"the connection was lost: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpFault(stage, "the server did not answer in time");
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new ArrayBufferWriter<byte>(128);
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellation));
                if (_end == 0) return null;
            }
            var feed = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            var stop = feed < 0 ? _end : feed;
            if (line.WrittenCount + stop - _start > LineLimit) return ""; // no reply: refused by the caller
            line.Write(_buffer.AsSpan(_start, stop - _start));
            _start = feed < 0 ? _end : feed + 1;
            if (feed >= 0) return Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\r');
        }
    }
}
