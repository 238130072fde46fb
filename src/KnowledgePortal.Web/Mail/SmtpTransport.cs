namespace KnowledgePortal.Web.Mail;

/// <summary>Sends over a few connections that stay open between mails and are closed when nothing more comes.</summary>
public sealed partial class SmtpTransport : IMailTransport, IAsyncDisposable, IDisposable
{
    private const int UsualConnections = 4;
    private const int MailsPerConnection = 100; // what common servers allow
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly SmtpServer _server;
    private readonly SmtpTimeouts _timeouts;
    private readonly ILogger<SmtpTransport> _log;
    private readonly SemaphoreSlim _places;
    private readonly Stack<SmtpConnection> _idle = new();
    private readonly ITimer _timer;
    private volatile bool _isClosed;

    public SmtpTransport(SmtpServer server, SmtpTimeouts timeouts, TimeProvider clock, ILogger<SmtpTransport> log, int connections = UsualConnections)
    {
        _places = new SemaphoreSlim(connections);
        (_server, _timeouts, _log) = (server, timeouts, log);
        _timer = clock.CreateTimer(_ => _ = CloseIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<SendOutcome> SendAsync(Envelope envelope, Func<Task>? beforeHandOver = null, CancellationToken cancellation = default)
    {
        await _places.WaitAsync(cancellation);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        budget.CancelAfter(_timeouts.Budget);
        try
        {
            return Noted(await SendOnAnyAsync(envelope, beforeHandOver, budget.Token));
        }
        catch (SmtpFault fault)
        {
            return Noted(fault.Outcome);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Noted(new SendOutcome.Deferred(SmtpStage.Connection, null, null, $"{_server} took longer than {_timeouts.Budget} for one mail"));
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task<string?> CheckAsync(CancellationToken cancellation = default)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        budget.CancelAfter(_timeouts.Budget);
        try
        {
            await (await SmtpConnection.OpenAsync(_server, _timeouts, budget.Token)).QuitAsync();
            return null;
        }
        catch (SmtpFault fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{_server} took longer than {_timeouts.Budget} to greet";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _timer.DisposeAsync();
        await CloseIdleAsync();
    }

    public void Dispose()
    {
        _isClosed = true;
        _timer.Dispose();
        while (TakeIdle() is { } connection) connection.Dispose();
    }

    private async Task<SendOutcome> SendOnAnyAsync(Envelope envelope, Func<Task>? beforeHandOver, CancellationToken cancellation)
    {
        if (TakeIdle() is { } used)
        {
            try
            {
                var outcome = await SendOnAsync(used, envelope, beforeHandOver, cancellation);
                if (outcome is not SendOutcome.Deferred { Code: 421, Stage: not SmtpStage.Message }) return outcome;
            }
            catch (SmtpFault)
            {
                // A server may close what has long been silent. Nothing was handed over, so a new connection is asked.
            }
        }
        return await SendOnAsync(await SmtpConnection.OpenAsync(_server, _timeouts, cancellation), envelope, beforeHandOver, cancellation);
    }

    private async Task<SendOutcome> SendOnAsync(SmtpConnection connection, Envelope envelope, Func<Task>? beforeHandOver, CancellationToken cancellation)
    {
        try
        {
            return await connection.SendAsync(envelope, beforeHandOver, cancellation);
        }
        finally
        {
            await GiveBackAsync(connection);
        }
    }

    private SmtpConnection? TakeIdle()
    {
        lock (_idle) return _idle.TryPop(out var connection) ? connection : null;
    }

    private async Task GiveBackAsync(SmtpConnection connection)
    {
        if (!connection.IsUsable) connection.Dispose();
        else if (_isClosed || connection.Sent >= MailsPerConnection) await connection.QuitAsync();
        else
        {
            lock (_idle) _idle.Push(connection);
            _timer.Change(IdleTime, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task CloseIdleAsync()
    {
        while (TakeIdle() is { } connection) await connection.QuitAsync();
    }

    private SendOutcome Noted(SendOutcome outcome)
    {
        // Codes only: the text of a reply may hold a person's address.
        if (outcome is SendOutcome.Deferred { Code: null } fault) LogFault(_server, fault.Stage, fault.Reply);
        if (outcome is SendOutcome.Deferred { Code: { } later } deferred) LogRefusal(_server, deferred.Stage, later, deferred.EnhancedCode);
        if (outcome is SendOutcome.Refused refused) LogRefusal(_server, refused.Stage, refused.Code, refused.EnhancedCode);
        if (outcome is SendOutcome.Uncertain uncertain) LogUncertain(_server, uncertain.Reason);
        return outcome;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} at {Stage}: {Reason}")]
    private partial void LogFault(SmtpServer server, SmtpStage stage, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} refused a mail at {Stage}: {Code} {EnhancedCode}")]
    private partial void LogRefusal(SmtpServer server, SmtpStage stage, int code, string? enhancedCode);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} may or may not have taken a mail: {Reason}")]
    private partial void LogUncertain(SmtpServer server, string reason);
}
