namespace Gateway.Backends.Iris;

/// <summary>Stops what a connection is running, from the gentlest way to the surest, on threads of its own: any of them may hang.</summary>
/// <remarks>
/// First the driver's cancel of the command; then CANCEL QUERY on another connection, where the server has it; then the connection is
/// closed under the command. The last comes early enough for the client to hear of it within a second.
/// </remarks>
internal sealed class CancelLadder
{
    private static readonly TimeSpan ForCommand = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ForQuery = TimeSpan.FromMilliseconds(400);

    // What is on its way must be gone before the connection runs something else.
    private static readonly TimeSpan ForStragglers = TimeSpan.FromMilliseconds(300);

    private readonly ManualResetEventSlim _over = new();
    private readonly CountdownEvent _busy = new(1);
    private readonly Action? _cancel;
    private readonly Action? _cancelQuery;
    private readonly Action _close;
    private volatile bool _closed;

    /// <param name="cancel">The driver's own cancel; null for what is no command.</param>
    /// <param name="cancelQuery">Null where the server has no CANCEL QUERY, or it must not be used.</param>
    public CancelLadder(Action? cancel, Action? cancelQuery, Action close)
    {
        (_cancel, _cancelQuery, _close) = (cancel, cancelQuery, close);
        new Thread(Climb) { IsBackground = true, Name = "cancel" }.Start();
    }

    /// <summary>The command has ended, in whichever way.</summary>
    /// <returns>Nothing of this can reach what the connection does next; else it must not do anything.</returns>
    public bool End()
    {
        _over.Set();
        return _busy.Wait(ForStragglers) && !_closed;
    }

    private void Climb()
    {
        Start(_cancel);
        if (!_over.Wait(ForCommand))
        {
            Start(_cancelQuery);
            if (!_over.Wait(ForQuery))
            {
                _closed = true;
                Start(_close);
            }
        }

        _busy.Signal();
    }

    private void Start(Action? rung)
    {
        if (rung is null) return;
        _busy.AddCount();
        new Thread(() =>
        {
            try
            {
                rung();
            }
            catch (Exception)
            {
                // The next rung is surer.
            }
            finally
            {
                _busy.Signal();
            }
        }) { IsBackground = true, Name = "cancel" }.Start();
    }
}
