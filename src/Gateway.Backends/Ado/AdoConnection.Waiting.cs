namespace Gateway.Backends.Ado;

/// <remarks>A server that says nothing any more.</remarks>
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
}
