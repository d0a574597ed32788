using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <remarks>Calls that wait for the server, and how long: a server that says nothing any more is given up.</remarks>
public sealed partial class AdoConnection
{
    public long? WaitingSince
    {
        get { lock (_cancelLock) return _isCalling ? _callingSince : null; }
    }

    /// <summary>As if its patience were at its end.</summary>
    public void Sever()
    {
        CancellationTokenSource patience;
        lock (_cancelLock)
        {
            if (!_isCalling) return;
            patience = _abandon;
        }

        patience.Cancel();
    }

    /// <summary>Until it is disposed, waiting for the server longer than this gives the connection up.</summary>
    internal IDisposable Within(TimeSpan time)
    {
        _abandon.CancelAfter(time);
        return new Patience(this);
    }

    private sealed class Patience(AdoConnection owner) : IDisposable
    {
        public void Dispose() => owner._abandon = owner.NewPatience();
    }

    /// <summary>A call that waits for the server, at most until it is given up.</summary>
    /// <exception cref="PgException">57014 or 08006 when it is given up; the connection is broken then.</exception>
    internal T Call<T, S>(Func<S, T> call, S on)
    {
        lock (_cancelLock)
        {
            if (_abandon.IsCancellationRequested) _abandoned = IsBroken = true;
            if (_abandoned) throw GivenUp();
            (_isCalling, _callingSince) = (true, Environment.TickCount64);
        }

        try
        {
            return _backend.Adapter.CanBreak ? call(on) : Elsewhere(call, on);
        }
        catch (Exception) when (_abandoned)
        {
            throw GivenUp();
        }
        finally
        {
            lock (_cancelLock) _isCalling = false;
        }
    }

    internal void Call<S>(Action<S> call, S on) => Call(static at => { at.call(at.on); return true; }, (call, on));

    /// <summary>Where the provider's calls cannot be ended, a thread of the pool is left behind with one.</summary>
    private T Elsewhere<T, S>(Func<S, T> call, S on)
    {
        var task = Task.Run(() => call(on));
        ((Task)task).WaitAsync(_abandon.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        if (task.IsCompleted) return task.GetAwaiter().GetResult();
        _ = task.ContinueWith(static done => done.Exception, TaskScheduler.Default);
        _abandoned = IsBroken = true;
        throw GivenUp();
    }

    private PgException GivenUp() => _cancelRequested ? AdoErrors.Canceled() : AdoErrors.Gone(_instance);

    private CancellationTokenSource NewPatience()
    {
        var patience = new CancellationTokenSource();
        patience.Token.UnsafeRegister(static (source, _) =>
        {
            var (owner, patience) = ((AdoConnection, CancellationTokenSource))source!;
            owner.GiveUp(patience);
        }, (this, patience));
        return patience;
    }

    /// <summary>Patience is at its end: the call that waits now fails.</summary>
    private void GiveUp(CancellationTokenSource patience)
    {
        lock (_cancelLock)
        {
            if (!_isCalling || !ReferenceEquals(patience, _abandon)) return;
            _abandoned = IsBroken = true;
            if (_cancelRequested) Quietly(() => EndAtServer(_backend.Adapter.ProcessOf(_connection)));
        }

        Quietly(() => _backend.Adapter.Break(_connection));
    }

    private bool TryWait(Task task)
    {
        try
        {
            return task.Wait(Options.CancelPatience);
        }
        catch (AggregateException)
        {
            return true;   // the request failed, so it is not on its way
        }
    }
}
