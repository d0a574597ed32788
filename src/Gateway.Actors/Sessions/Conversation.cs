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
    private readonly SessionInput _input;
    private readonly SessionTimeouts _timeouts;
    private readonly CopyFeed _feed;
    private readonly Action _turns;
    private readonly Action _outputReady;

    // What others tell, each followed by Wake.
    private volatile bool _inputCame;
    private volatile bool _outputWent;
    private volatile bool _runEnded;
    private volatile bool _clientGone;
    private volatile bool _abandoned;
    private volatile PgException? _endReason;
    private int _wakes;

    private bool _pushing;
    private bool _over;
    private bool _cleared;

    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _push;

    public Conversation(SessionStart start, IActorRef session)
    {
        _start = start;
        _session = session;
        _turns = Turns;
        _outputReady = () => { _outputWent = true; Wake(); };
        _input = new SessionInput(start.Transport.Input, start.MaxMessage, () => { _inputCame = true; Wake(); });
        _timeouts = new SessionTimeouts(start.State, session);
        _output = new SessionOutput(start.Transport.Output, start.Services.Buffers, start.State.Settings);
        _host = new SessionHost(start.State, _output, start.Cache, start.Route, start.Services, start.MaxMessage, this, Wake);
        _feed = new CopyFeed(_input, _host.Machine);
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
        if (_timeouts.Rung() is not { } due) return null;
        if (due.Transaction)
            End(new PgException(SqlStates.TransactionTimeout, "terminating connection due to transaction timeout", Reach.Connection));
        else if (due.Statement is { } run)
            _host.Run.Cancel(new PgException(SqlStates.QueryCanceled, "canceling statement due to statement timeout"), run);
        if (due.Idle) Wake();
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

    void IRunOwner.Started(long run) => _timeouts.Started(run);

    void IRunOwner.TransactionBegins() => _timeouts.TransactionBegins();

    void IRunOwner.Ready() => _timeouts.Ready(_host.Status);

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
            _inputCame = false;
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

            if (_host.Machine.IsClosed || (_input.IsEnded && !_input.HasData))
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
            if (_timeouts.IsAtRest && !_input.HasData && _host.TellNews())
            {
                _host.Flush();
                continue;
            }

            if (!_input.HasData)
            {
                if (_input.IsReading ? !EndIfIdleTooLong() : !Read()) return;
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
        if (!_input.HasData)
        {
            if (_input.IsReading) return false;
            if (_input.IsEnded)
            {
                ClientGone();
                return false;
            }

            return Read(mayRest: false);
        }

        try
        {
            return _feed.Give(intake) == CopyFeed.Outcome.NeedsData;
        }
        catch (PgException error)
        {
            _host.EndCopyIn(error);
            return false;
        }
    }

    private void Consume()
    {
        // The rest of a CopyData message that nobody waits for any more.
        if (_input.CopyRest > 0)
        {
            _input.TakeCopyData(long.MaxValue);
            if (_input.CopyRest == 0) return;
            _input.Advance();
            if (_input.IsEnded) Stop();
            return;
        }

        try
        {
            // Refused by its code alone: what follows is no message, and its length is not one to wait for.
            if (_input.TryPeek(out var code)) Protocol.Session.Session.RequireKnown(code);
            if (_input.TryRead(out var frame))
            {
                _timeouts.Heard();
                _host.Machine.Receive(frame, frame.Code == FrontendCode.Execute && NextIsSync());
                return;
            }
        }
        catch (Exception error)
        {
            _host.Machine.Failed(_host.Run.Explain(error));
            return;
        }

        _input.Advance();
        if (_input.IsEnded) Stop();
    }

    private bool NextIsSync() => _input.TryPeek(out var code) && code == FrontendCode.Sync;

    /// <returns>False when the read is pending.</returns>
    private bool Read(bool mayRest = true)
    {
        if (mayRest && _output.IsEmpty) _output.Rest();
        try
        {
            if (_input.Read()) return true;
        }
        catch (Exception error) when (IsLoss(error))
        {
            Stop();
            return true;
        }

        _timeouts.Waiting(_host.Status);
        _input.Await();
        return false;
    }

    /// <returns>True when the session is over.</returns>
    private bool EndIfIdleTooLong()
    {
        if (_timeouts.IdleTooLong(_host.Status) is not { } reason) return false;
        _host.Machine.Failed(reason);
        return true;
    }

    private void Take()
    {
        try
        {
            _input.Take();
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
