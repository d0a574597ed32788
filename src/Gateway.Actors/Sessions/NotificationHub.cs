using Gateway.Protocol.Messages;

namespace Gateway.Actors.Sessions;

/// <summary>Who listens to which channel of which database on this node. Thread-safe; hears and tells only what is committed.</summary>
/// <remarks>
/// A lock and no actor: what one transaction notifies must have reached every listener before its COMMIT is answered, in the
/// same order for all of them, and telling a listener is no more than putting a line into its queue.
/// </remarks>
public sealed class NotificationHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Database, string Channel), HashSet<SessionChannels>> _listeners = [];

    internal void Change(SessionChannels listener, Action<Action<string>, Action<string>> changes)
    {
        lock (_lock) changes(channel => Add(listener, channel), channel => Remove(listener, channel));
    }

    internal void Publish(string database, IReadOnlyList<NotificationResponse> notifications)
    {
        var told = new HashSet<SessionChannels>();
        lock (_lock)
        {
            foreach (var notification in notifications)
            {
                if (!_listeners.TryGetValue((database, notification.Channel), out var listeners)) continue;
                foreach (var listener in listeners)
                {
                    listener.Hear(notification);
                    told.Add(listener);
                }
            }
        }

        foreach (var listener in told) listener.Wake();
    }

    private void Add(SessionChannels listener, string channel)
    {
        var key = (listener.Database, channel);
        if (!_listeners.TryGetValue(key, out var listeners)) _listeners[key] = listeners = [];
        listeners.Add(listener);
    }

    private void Remove(SessionChannels listener, string channel)
    {
        var key = (listener.Database, channel);
        if (_listeners.TryGetValue(key, out var listeners) && listeners.Remove(listener) && listeners.Count == 0) _listeners.Remove(key);
    }
}
