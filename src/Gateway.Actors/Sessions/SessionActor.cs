using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Pools;
using Gateway.Actors.Routing;
using Gateway.Actors.Statements;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>Everything a session starts with, once its client is authenticated.</summary>
/// <param name="ClientGone">Cancelled when the socket is closed by the client or lost.</param>
/// <param name="Ended">Completed when the session is over, after its last byte went to the pipe.</param>
public sealed record SessionStart(
    IDuplexPipe Transport,
    CancellationToken ClientGone,
    SessionState State,
    ReadOnlyMemory<byte> SecretKey,
    Pool Pool,
    StatementCache Cache,
    SessionServices Services,
    int MaxMessage,
    TaskCompletionSource Ended);

/// <summary>One client connection after authentication. It owns the protocol state machine and the two pipes.</summary>
/// <remarks>
/// Bytes do not travel as messages: the pending read tells "input ready", and one turn of the mailbox consumes every
/// complete message. What may block runs outside (<see cref="StatementRun"/>) and comes back as a message, so that cancel,
/// time-outs and shutdown are always heard.
/// </remarks>
public sealed class SessionActor : ReceiveActor, IWithTimers
{
    private readonly SessionStart _start;
    private readonly SessionOutput _output;
    private readonly SessionHost _host;
    private readonly Action _inputReady;
    private readonly Action _outputReady;
    private readonly CancellationTokenRegistration _gone;

    private ReadOnlySequence<byte> _buffer;
    private bool _hasBuffer;
    private bool _inputEnded;
    private bool _reading;
    private bool _pushing;
    private bool _stopping;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _push;
    private PgException? _endReason;

    public SessionActor(SessionStart start)
    {
        var self = Self;
        _start = start;
        _inputReady = () => self.Tell(InputReady.Instance, ActorRefs.NoSender);
        _outputReady = () => self.Tell(OutputReady.Instance, ActorRefs.NoSender);
        _output = new SessionOutput(start.Transport.Output);
        _host = new SessionHost(
            start.State, _output, start.Cache, start.Pool, start.Services, () => self.Tell(RunEnded.Instance, ActorRefs.NoSender));
        _gone = start.ClientGone.Register(() => self.Tell(ClientGone.Instance, ActorRefs.NoSender));

        Receive<InputReady>(_ => { _reading = false; Take(_read.GetResult()); Turn(); });
        Receive<OutputReady>(_ => { _pushing = false; Pushed(_push.GetResult()); Turn(); });
        Receive<RunEnded>(_ => { RunOver(); Turn(); });
        Receive<CancelQuery>(_ => _host.Cancel("canceling statement due to user request"));
        Receive<StatementTimeout>(timeout =>
        {
            if (timeout.Run == _host.Run.Number) _host.Cancel("canceling statement due to statement timeout");
        });
        Receive<ClientGone>(_ => { _inputEnded = true; End(null); });
        Receive<EndSession>(end => End(end.Reason));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var state = _start.State;
        _start.Services.Router.Tell(new Enter(state.Database));
        _start.Services.Cancels.Tell(new RegisterKey(state.ProcessId, _start.SecretKey, Self));
        _host.BeforeReady();
        _host.Send(new BackendKeyData(state.ProcessId, _start.SecretKey));
        _host.Send(new ReadyForQuery(TransactionStatus.Idle));
        _host.Flush();
        Turn();
    }

    protected override void PostStop()
    {
        _gone.Dispose();
        _start.Services.Cancels.Tell(new ForgetKey(_start.State.ProcessId));
        _host.Run.Orphan(() =>
        {
            _host.Abandon();
            _start.Ended.TrySetResult();
        });
    }

    /// <summary>Goes on until something has to be waited for.</summary>
    private void Turn()
    {
        while (!_stopping && !_pushing && !_host.Run.IsRunning)
        {
            if (_host.FlushRequested || _output.IsFull)
            {
                Push();
                continue;
            }

            if (_endReason is { } reason)
            {
                _endReason = null;
                _host.Machine.Failed(reason);
                continue;
            }

            if (_host.Machine.IsClosed || (_inputEnded && !_hasBuffer))
            {
                Stop();
                return;
            }

            if (!_hasBuffer)
            {
                if (_reading || !Read()) return;
                continue;
            }

            Consume();
        }
    }

    private void Consume()
    {
        try
        {
            if (Frames.TryRead(ref _buffer, _start.MaxMessage, out var frame))
            {
                _host.Machine.Receive(frame, frame.Code == FrontendCode.Execute && NextIsSync());
                if (_host.Run.IsRunning) StartTimeout();
                return;
            }
        }
        catch (PgException error)
        {
            _host.Machine.Failed(error);
            return;
        }

        // An incomplete message: what was seen is not looked at again until more has come.
        _start.Transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
        _hasBuffer = false;
        if (_inputEnded) Stop();
    }

    private bool NextIsSync() => !_buffer.IsEmpty && _buffer.FirstSpan[0] == FrontendCode.Sync;

    /// <returns>False when the read is pending.</returns>
    private bool Read()
    {
        if (_output.IsEmpty) _output.Rest();
        _read = _start.Transport.Input.ReadAsync().ConfigureAwait(false).GetAwaiter();
        if (!_read.IsCompleted)
        {
            _reading = true;
            _read.UnsafeOnCompleted(_inputReady);
            return false;
        }

        Take(_read.GetResult());
        return true;
    }

    private void Take(ReadResult result)
    {
        _buffer = result.Buffer;
        _hasBuffer = true;
        if (result.IsCompleted || result.IsCanceled) _inputEnded = true;
    }

    private void Push()
    {
        _host.FlushRequested = false;
        if (_output.IsEmpty) return;
        _push = _output.Push().ConfigureAwait(false).GetAwaiter();
        if (_push.IsCompleted)
        {
            Pushed(_push.GetResult());
            return;
        }

        _pushing = true;
        _push.UnsafeOnCompleted(_outputReady);
    }

    private void Pushed(FlushResult result)
    {
        if (result.IsCompleted) Stop();
    }

    private void StartTimeout()
    {
        if (_start.State.Settings.StatementTimeout is var timeout && timeout > TimeSpan.Zero)
            Timers.StartSingleTimer(nameof(StatementTimeout), new StatementTimeout(_host.Run.Number), timeout);
    }

    private void RunOver()
    {
        if (_host.Run.Error is { } error)
        {
            if (error.SqlState == SqlStates.InternalError && error.InnerException is { } cause)
                Context.GetLogger().Error(cause, "A statement failed in an unexpected way");
            _host.Machine.Failed(error);
        }
        else
        {
            _host.Machine.Completed();
        }
    }

    private void End(PgException? reason)
    {
        _endReason = reason;
        if (_host.Run.IsRunning) _host.Cancel("terminating connection due to administrator command");
        else if (reason is null) Stop();
        else Turn();
    }

    private void Stop()
    {
        if (_stopping) return;
        _stopping = true;
        Context.Stop(Self);
    }
}
