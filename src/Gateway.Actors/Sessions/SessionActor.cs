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
    private Task<FlushResult> _push = Task.FromResult(default(FlushResult));
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

        Receive<InputReady>(_ => { _reading = false; Take(); Turn(); });
        Receive<OutputReady>(_ => { _pushing = false; Pushed(_push); Turn(); });
        Receive<RunEnded>(_ => { RunOver(); Turn(); });
        Receive<CancelQuery>(_ => { _host.Cancel("canceling statement due to user request"); Sender.Tell(Akka.Done.Instance); });
        Receive<StatementTimeout>(timeout =>
        {
            if (timeout.Run == _host.Run.Number) _host.Cancel("canceling statement due to statement timeout");
        });
        Receive<ClientGone>(_ => Stop());
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

        // Nobody may complete the pipe while a push is in it.
        var pushed = _pushing ? _push : Task.CompletedTask;
        _host.Run.Orphan(() =>
        {
            try
            {
                _host.Abandon();
            }
            finally
            {
                pushed.ContinueWith(_ => _start.Ended.TrySetResult(), TaskScheduler.Default);
            }
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

            if (_host.Machine.IsClosed || (_inputEnded && !_hasBuffer))
            {
                Stop();
                return;
            }

            if (_endReason is { } reason)
            {
                _endReason = null;
                _host.Machine.Failed(reason);
                continue;
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
            // Refused by its code alone: what follows is no message, and its length is not one to wait for.
            if (new SequenceReader<byte>(_buffer).TryPeek(out var code)) Gateway.Protocol.Session.Session.RequireKnown(code);
            if (Frames.TryRead(ref _buffer, _start.MaxMessage, out var frame))
            {
                _host.Machine.Receive(frame, frame.Code == FrontendCode.Execute && NextIsSync());
                if (_host.Run.IsRunning) StartTimeout();
                return;
            }
        }
        catch (Exception error)
        {
            Fail(_host.Run.Explain(error));
            return;
        }

        // An incomplete message: what was seen is not looked at again until more has come.
        _start.Transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
        _hasBuffer = false;
        if (_inputEnded) Stop();
    }

    private bool NextIsSync() => new SequenceReader<byte>(_buffer).TryPeek(out var code) && code == FrontendCode.Sync;

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

        Take();
        return true;
    }

    private void Take()
    {
        try
        {
            var result = _read.GetResult();
            _buffer = result.Buffer;
            _hasBuffer = true;
            if (result.IsCompleted || result.IsCanceled) _inputEnded = true;
        }
        catch (Exception error) when (IsLoss(error))
        {
            Stop();
        }
    }

    private void Push()
    {
        _host.FlushRequested = false;
        if (_output.IsEmpty) return;
        var push = _output.Push();
        if (push.IsCompletedSuccessfully)
        {
            if (push.Result.IsCompleted) Stop();
            return;
        }

        _push = push.AsTask();
        _pushing = true;
        _push.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_outputReady);
    }

    private void Pushed(Task<FlushResult> push)
    {
        if (!push.IsCompletedSuccessfully || push.Result.IsCompleted) Stop();
    }

    private static bool IsLoss(Exception error) => error is IOException or OperationCanceledException or InvalidOperationException;

    private void StartTimeout()
    {
        if (_start.State.Settings.StatementTimeout is var timeout && timeout > TimeSpan.Zero)
            Timers.StartSingleTimer(nameof(StatementTimeout), new StatementTimeout(_host.Run.Number), timeout);
    }

    private void RunOver()
    {
        _host.Run.Finish();
        if (_host.Run.Error is { } error) Fail(error);
        else _host.Machine.Completed();
    }

    private void Fail(PgException error)
    {
        if (error.SqlState == SqlStates.InternalError && error.InnerException is { } cause)
            Context.GetLogger().Error(cause, "A statement failed in an unexpected way");
        _host.Machine.Failed(error);
    }

    private void End(PgException reason)
    {
        _endReason = reason;
        if (_host.Run.IsRunning) _host.Run.Cancel(reason);
        else if (_pushing) Stop();   // the client does not read, so it would not hear the reason either
        else Turn();
    }

    private void Stop()
    {
        if (_stopping) return;
        _stopping = true;
        Context.Stop(Self);
    }
}
