using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris.Schema;

/// <summary>
/// The shadow of the last change for the next one: a migration sends many, and a namespace's every table would be made again for
/// each. Used by one thread at a time (under the lock of schema changes), but for the timer that lets it go when nothing changes.
/// </summary>
internal sealed class KeptShadow : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private (Shadow Shadow, IrisCatalog Of)? _kept;
    private bool _isOver;

    public KeptShadow() => _timer = new Timer(_ => LetGo());

    /// <summary>Of exactly this catalog: the kept one, or a new one. The caller's, until it is given back.</summary>
    public Shadow Take(IrisCatalog catalog)
    {
        (Shadow Shadow, IrisCatalog Of)? kept;
        lock (_lock) (kept, _kept) = (_kept, null);
        if (kept is var (shadow, of))
        {
            if (ReferenceEquals(of, catalog)) return shadow;
            shadow.Dispose();
        }

        return new Shadow(catalog);
    }

    /// <param name="changed">What its statement has made there; null when it does not hold.</param>
    /// <param name="catalog">What it goes with from now on.</param>
    public void Give(Shadow shadow, SchemaSnapshot? changed, IrisCatalog catalog)
    {
        try
        {
            if (changed is null) shadow.Undo();
            else shadow.Accept(changed);
        }
        catch (PgException)
        {
            // The change itself is not its affair: the next one makes another.
            shadow.Dispose();
            return;
        }

        lock (_lock)
        {
            if (_isOver)
            {
                shadow.Dispose();
                return;
            }

            _kept?.Shadow.Dispose();
            _kept = (shadow, catalog);
            _timer.Change(Idle, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock) _isOver = true;
        _timer.Dispose();
        LetGo();
    }

    private void LetGo()
    {
        lock (_lock)
        {
            _kept?.Shadow.Dispose();
            _kept = null;
        }
    }
}
