using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Gateway.Actors.Pools;
using Gateway.Actors.Sessions.Copying;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The work of one session: reads what its client sends, runs it, sends what comes of it. Owns the two pipes.</summary>
/// <remarks>
/// It holds a thread of the pool from <see cref="Wake"/> until there is somebody to wait for (the client's next bytes, room
/// in its socket, a connection of the pool), and everything private here is touched by that thread only. So a query that
/// waits for nobody is read, run and answered in one go. What comes from outside, through the mailbox of the
/// <see cref="SessionActor"/>, is heard at any time: it stops the run directly and is looked at with the next turn.
/// </remarks>
internal sealed class Conversation : IThreadPoolWorkItem, IRunOwner
{
    private readonly SessionStart _start;
    private readonly IActorRef _session;
    private readonly SessionOutput _output;
    private readonly SessionHost _host;
    private readonly Action _inputReady;
    private readonly Action _turns;
    private readonly Action _outputReady;

    // What others tell, each followed by Wake.
    private volatile bool _inputCame;
    private volatile bool _outputWent;
    private volatile bool _runEnded;
    private volatile bool _clientGone;
    private volatile bool _abandoned;
    private volatile bool _idleTooLong;
    private volatile PgException? _endReason;
    private int _wakes;

    private ReadOnlySequence<byte> _buffer;
    private bool _hasBuffer;
    private bool _inputEnded;
    private bool _reading;
    private bool _pushing;
    private bool _over;
    private bool _cleared;

    // ReadyForQuery was the last that was said, by either side; and its time is being taken.
    private bool _atRest;
    private bool _idle;
    private int _transactions;
    private SessionClock? _clock;

    // What is still to come of a CopyData message whose first part has been taken already.
    private int _copyRest;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _push;

    public Conversation(SessionStart start, IActorRef session)
    {
        _start = start;
        _session = session;
        _turns = Turns;
        _inputReady = () => { _inputCame = true; Wake(); };
        _outputReady = () => { _outputWent = true; Wake(); };
        _output = new SessionOutput(start.Transport.Output, start.Services.Buffers);
        _host = new SessionHost(start.State, _output, start.Cache, start.Route, start.Services, start.MaxMessage, this, Wake);
    }

    /// <summary>The client learns that it may begin.</summary>
    public void Begin()
    {
        _host.BeforeReady();
        _host.Send(new BackendKeyData(_start.State.ProcessId, _start.SecretKey));
        _host.Send(new ReadyForQuery(TransactionStatus.Idle));
        _host.Flush();
        Wake();
    }

    /// <summary>Stops what runs now, if anything does. From any thread.</summary>
    /// <param name="done">Called when nothing of it is left to happen.</param>
    public void Cancel(string why, Action done) => _host.Run.Cancel(new PgException(SqlStates.QueryCanceled, why), null, done);

    /// <summary>The timer of the clock has rung. From the mailbox.</summary>
    /// <returns>When it is to ring again.</returns>
    public TimeSpan? Rung()
    {
        if (_clock?.Look() is not { } due) return null;
        if (due.Transaction)
            End(new PgException(SqlStates.TransactionTimeout, "terminating connection due to transaction timeout", Reach.Connection));
        else if (due.Statement is { } run)
            _host.Run.Cancel(new PgException(SqlStates.QueryCanceled, "canceling statement due to statement timeout"), run);
        if (due.Idle)
        {
            _idleTooLong = true;
            Wake();
        }

        return due.RingIn;
    }

    /// <summary>What runs is stopped, then the client is told why and the session ends. From any thread.</summary>
    public void End(PgException reason)
    {
        _endReason = reason;
        _host.Run.CancelForever(reason);
        Wake();
    }

    /// <summary>There is nobody to talk to any more. From any thread.</summary>
    public void ClientGone()
    {
        _clientGone = true;
        _host.Run.CancelForever(new PgException(SqlStates.QueryCanceled, "connection to client lost"));
        Wake();
    }

    /// <summary>The actor has stopped: everything is given back once nothing runs any more. From any thread.</summary>
    public void Abandon()
    {
        _abandoned = true;
        _host.Run.CancelForever(new PgException(SqlStates.QueryCanceled, "the session has ended"));
        Wake();
    }

    void IRunOwner.Started(long run)
    {
        if (_start.State.Settings.StatementTimeout is var timeout && timeout > TimeSpan.Zero) Clock.Statement(run, timeout);
    }

    void IRunOwner.TransactionBegins()
    {
        if (_start.State.Settings.TransactionTimeout is var timeout && timeout > TimeSpan.Zero) Clock.Transaction(timeout);
    }

    void IRunOwner.Ready()
    {
        _atRest = true;
        var settings = _start.State.Settings;
        if (_clock is null && settings.TransactionTimeout == TimeSpan.Zero) return;
        var another = _transactions != _start.State.Transactions;
        _transactions = _start.State.Transactions;
        if (_host.Status == TransactionStatus.Idle || settings.TransactionTimeout == TimeSpan.Zero) _clock?.NoTransaction();
        else if (another || !Clock.HasTransaction) Clock.Transaction(settings.TransactionTimeout);
    }

    void IRunOwner.Ended()
    {
        _runEnded = true;

        // The thread of a backend that blocks goes on with what follows, as a hand-over costs more than a short statement.
        if (!BackendThreads.IsCurrent) Wake();
        else if (Interlocked.Increment(ref _wakes) == 1) Turns();
    }

    void IRunOwner.Unexpected(Exception cause) => _session.Tell(new StatementBroke(cause), ActorRefs.NoSender);

    void IThreadPoolWorkItem.Execute() => Turns();

    private void Turns()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            try
            {
                Turn();
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                Stop();   // the connection was reset
            }
            catch (Exception error)
            {
                // On the bare pool it would end the process: the supervisor is to see it.
                _over = true;
                _session.Tell(new ConversationBroke(error), ActorRefs.NoSender);
            }
        }
        while (Interlocked.Add(ref _wakes, -seen) != 0);
    }

    /// <summary>A turn follows: the one that runs is followed by another.</summary>
    private void Wake()
    {
        if (Interlocked.Increment(ref _wakes) != 1) return;
        if (!_host.ExpectsToBlock || !_start.Services.Threads.TryPost(_turns)) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Goes on until something has to be waited for.</summary>
    private void Turn()
    {
        if (_runEnded)
        {
            _runEnded = false;
            RunOver();
        }

        if (_outputWent)
        {
            _outputWent = _pushing = false;
            Pushed();
        }

        if (_abandoned)
        {
            if (!_host.Run.IsRunning) Clear();
            return;
        }

        if (_inputCame)
        {
            _inputCame = _reading = false;
            Take();
        }

        while (!_over)
        {
            if (_host.Run.IsRunning)
            {
                if (!Feed()) return;
                continue;
            }

            if (_clientGone)
            {
                Stop();
                return;
            }

            if (_pushing)
            {
                // A client that does not read would not hear the reason either.
                if (_endReason is not null) Stop();
                return;
            }

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

            // To an idle client at once; to one whose message is half here, or that has a transaction, with its ReadyForQuery.
            if (_atRest && !_hasBuffer && _host.TellNews())
            {
                _host.Flush();
                continue;
            }

            if (!_hasBuffer)
            {
                if (_reading ? !EndIfIdleTooLong() : !Read()) return;
                continue;
            }

            Consume();
        }
    }

    /// <summary>Gives what the client copies in to the run that waits for it. The output belongs to the run.</summary>
    /// <returns>False when something has to be waited for.</returns>
    private bool Feed()
    {
        if (_host.Intake is not { IsTaking: true } intake || _clientGone || _endReason is not null) return false;
        if (!_hasBuffer)
        {
            if (_reading) return false;
            if (_inputEnded)
            {
                ClientGone();
                return false;
            }

            return Read(mayRest: false);
        }

        try
        {
            while (intake.IsTaking)
            {
                if (_copyRest == 0 && !BeginCopyMessage(intake)) return !_hasBuffer;
                while (_copyRest > 0 && !_buffer.IsEmpty)
                {
                    var room = intake.Room;
                    if (room == 0) return false;
                    var part = _buffer.Slice(0, Math.Min(Math.Min(_buffer.Length, _copyRest), room));
                    _host.Machine.Receive(new Frame(FrontendCode.CopyData, part));
                    _copyRest -= (int)part.Length;
                    _buffer = _buffer.Slice(part.End);
                }

                if (_copyRest > 0)
                {
                    Advance();
                    return true;
                }
            }
        }
        catch (PgException error)
        {
            // A length that cannot be: nothing behind it can be told apart.
            _host.EndCopyIn(error);
        }

        return false;
    }

    /// <summary>Looks at the head of a message during COPY FROM STDIN; one that is no CopyData is handled at once.</summary>
    /// <returns>False when its head or the rest of it has not come yet, or its turn has not.</returns>
    private bool BeginCopyMessage(CopyIntake intake)
    {
        var reader = new SequenceReader<byte>(_buffer);
        if (!reader.TryRead(out var code))
        {
            Advance();
            return false;
        }

        if (code == FrontendCode.CopyData)
        {
            if (!reader.TryReadBigEndian(out int length))
            {
                Advance();
                return false;
            }

            if (length < sizeof(int) || length - sizeof(int) > _start.MaxMessage) throw PgException.Protocol($"invalid message length {length}");
            _copyRest = length - sizeof(int);
            _buffer = reader.UnreadSequence;
            return true;
        }

        // The rows before it may be wrong, which comes first.
        if (code is not (FrontendCode.CopyDone or FrontendCode.CopyFail) && !intake.IsDigested) return false;
        if (!Protocol.Session.Session.BelongsToCopyIn(code))
        {
            _host.Machine.Receive(new Frame(code, default));
            return true;
        }

        if (!Frames.TryRead(ref _buffer, _start.MaxMessage, out var frame))
        {
            Advance();
            return false;
        }

        _host.Machine.Receive(frame);
        return true;
    }

    /// <summary>What was seen is not looked at again until more has come.</summary>
    private void Advance()
    {
        _start.Transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
        _buffer = default;
        _hasBuffer = false;
    }

    private void Consume()
    {
        // The rest of a CopyData message that nobody waits for any more.
        if (_copyRest > 0)
        {
            var part = (int)Math.Min(_copyRest, _buffer.Length);
            _copyRest -= part;
            _buffer = _buffer.Slice(part);
            if (_copyRest == 0) return;
            Advance();
            if (_inputEnded) Stop();
            return;
        }

        try
        {
            // Refused by its code alone: what follows is no message, and its length is not one to wait for.
            if (new SequenceReader<byte>(_buffer).TryPeek(out var code)) Protocol.Session.Session.RequireKnown(code);
            if (Frames.TryRead(ref _buffer, _start.MaxMessage, out var frame))
            {
                Rouse();
                _host.Machine.Receive(frame, frame.Code == FrontendCode.Execute && NextIsSync());
                return;
            }
        }
        catch (Exception error)
        {
            _host.Machine.Failed(_host.Run.Explain(error));
            return;
        }

        Advance();
        if (_inputEnded) Stop();
    }

    private bool NextIsSync() => new SequenceReader<byte>(_buffer).TryPeek(out var code) && code == FrontendCode.Sync;

    /// <returns>False when the read is pending.</returns>
    private bool Read(bool mayRest = true)
    {
        if (mayRest && _output.IsEmpty) _output.Rest();
        _read = _start.Transport.Input.ReadAsync().ConfigureAwait(false).GetAwaiter();
        if (!_read.IsCompleted)
        {
            _reading = true;
            if (_atRest && !_idle) TimeIdleness();
            _read.UnsafeOnCompleted(_inputReady);
            return false;
        }

        Take();
        return true;
    }

    private SessionClock Clock => _clock ??= new SessionClock(_session);

    private void TimeIdleness()
    {
        var settings = _start.State.Settings;
        var timeout = _host.Status == TransactionStatus.Idle ? settings.IdleSessionTimeout : settings.IdleInTransactionTimeout;
        if (timeout == TimeSpan.Zero) return;
        _idle = true;
        Clock.Idle(timeout);
    }

    /// <summary>The client has sent something.</summary>
    private void Rouse()
    {
        _atRest = false;
        if (!_idle) return;
        _idle = false;
        Clock.NotIdle();
    }

    /// <returns>True when the session is over.</returns>
    private bool EndIfIdleTooLong()
    {
        if (!_idleTooLong) return false;
        _idleTooLong = false;
        if (!_idle || !Clock.IsIdleDue) return false;
        _host.Machine.Failed(_host.Status == TransactionStatus.Idle
            ? new PgException(SqlStates.IdleSessionTimeout, "terminating connection due to idle-session timeout", Reach.Connection)
            : new PgException(SqlStates.IdleInTransactionSessionTimeout, "terminating connection due to idle-in-transaction timeout", Reach.Connection));
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
        _push = _output.Push().ConfigureAwait(false).GetAwaiter();
        if (_push.IsCompleted)
        {
            Pushed();
            return;
        }

        _pushing = true;
        _push.UnsafeOnCompleted(_outputReady);
    }

    private void Pushed()
    {
        try
        {
            if (_push.GetResult().IsCompleted) Stop();
        }
        catch (Exception error) when (IsLoss(error))
        {
            Stop();
        }
    }

    private static bool IsLoss(Exception error) => error is IOException or OperationCanceledException or InvalidOperationException;

    private void RunOver()
    {
        if (_host.Run.Finish() is { } error) _host.Machine.Failed(error);
        else _host.Machine.Completed();
    }

    private void Stop()
    {
        if (_over) return;
        _over = true;
        _session.Tell(ConversationOver.Instance, ActorRefs.NoSender);
    }

    private void Clear()
    {
        try
        {
            if (_cleared) return;
            _over = _cleared = true;
            if (_host.MayBlock) _start.Services.Threads.Post(LetGo);
            else _host.Abandon();
        }
        finally
        {
            // Nobody may complete the pipe while a push is in it.
            if (_pushing) _output.Interrupt();
            else _start.Ended.TrySetResult();
        }
    }

    private void LetGo()
    {
        try
        {
            _host.Abandon();
        }
        catch (Exception)
        {
            // Nobody is left to be told, and the thread is the process's: what the lease holds it has given back by then.
        }
    }
}
