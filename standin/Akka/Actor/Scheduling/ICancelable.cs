namespace Akka.Actor;

/// <summary>Something that can be called off.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }
    CancellationToken Token { get; }
    void Cancel();
    void CancelAfter(TimeSpan delay);
    void CancelAfter(int millisecondsDelay);
    void Cancel(bool throwOnFirstException);
}

/// <summary>The usual cancelable.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Cancelable(IScheduler scheduler)
    {
    }

    public Cancelable(IActionScheduler scheduler)
    {
    }

    public Cancelable(IScheduler scheduler, TimeSpan delay) => CancelAfter(delay);
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) => CancelAfter(delay);
    public Cancelable(IScheduler scheduler, int millisecondsDelay) => CancelAfter(millisecondsDelay);

    public bool IsCancellationRequested => _source.IsCancellationRequested;
    public CancellationToken Token => _source.Token;
    public bool IsDisposed { get; private set; }

    public static ICancelable CreateCanceled()
    {
        var cancelable = new Cancelable((IScheduler)null);
        cancelable.Cancel();
        return cancelable;
    }

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        if (!IsDisposed) _source.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay) => _source.CancelAfter(delay);
    public void CancelAfter(int millisecondsDelay) => _source.CancelAfter(millisecondsDelay);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _source.Dispose();
    }
}

public static class CancelableExtensions
{
    public static void CancelIfNotNull(this ICancelable cancelable) => cancelable?.Cancel();
}
