using System.Collections.Concurrent;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>LISTEN, UNLISTEN and NOTIFY of one session: they wait for the commit, and what is heard waits for the session to be idle.</summary>
internal sealed class SessionChannels(string database, int processId, NotificationHub hub, Action wake)
{
    private const int MaxChannel = 64;
    private const int MaxPayload = 8000;

    private readonly HashSet<string> _listening = [];
    private readonly ConcurrentQueue<NotificationResponse> _heard = new();

    // What the open transaction has asked for, in order; a null channel is all of them.
    private readonly List<(bool Listen, string? Channel)> _changes = [];
    private readonly List<NotificationResponse> _notifications = [];
    private readonly HashSet<(string Channel, string Payload)> _known = [];
    private readonly List<(int Changes, int Notifications)> _savepoints = [];

    public string Database => database;

    /// <summary>The channels that commits have made this session listen to.</summary>
    public IReadOnlyCollection<string> Listening => _listening;

    /// <summary>Something was heard that the client does not know yet.</summary>
    public bool HasNews => !_heard.IsEmpty;

    public void Listen(string channel) => _changes.Add((true, channel));

    public void Unlisten(string? channel)
    {
        if (_listening.Count > 0 || _changes.Count > 0) _changes.Add((false, channel));
    }

    /// <exception cref="PgException">22023 for a channel or a payload that is too long.</exception>
    public void Notify(string channel, string payload)
    {
        if (channel.Length == 0) throw new PgException(SqlStates.InvalidParameterValue, "channel name cannot be empty");
        if (Encoding.UTF8.GetByteCount(channel) >= MaxChannel) throw new PgException(SqlStates.InvalidParameterValue, "channel name too long");
        if (Encoding.UTF8.GetByteCount(payload) >= MaxPayload) throw new PgException(SqlStates.InvalidParameterValue, "payload string too long");
        if (_known.Add((channel, payload))) _notifications.Add(new NotificationResponse(processId, channel, payload));
    }

    public void Savepoint() => _savepoints.Add((_changes.Count, _notifications.Count));

    public void Release(int savepoint) => _savepoints.RemoveRange(savepoint, _savepoints.Count - savepoint);

    public void RollbackTo(int savepoint)
    {
        var (changes, notifications) = _savepoints[savepoint];
        _changes.RemoveRange(changes, _changes.Count - changes);
        foreach (var gone in _notifications.Skip(notifications)) _known.Remove((gone.Channel, gone.Payload));
        _notifications.RemoveRange(notifications, _notifications.Count - notifications);
        _savepoints.RemoveRange(savepoint + 1, _savepoints.Count - savepoint - 1);
    }

    public void Commit()
    {
        if (_changes.Count > 0) hub.Change(this, Apply);
        if (_notifications.Count > 0) hub.Publish(database, _notifications);
        Rollback();
    }

    public void Rollback()
    {
        if (_changes.Count > 0) _changes.Clear();
        if (_savepoints.Count > 0) _savepoints.Clear();
        if (_notifications.Count == 0) return;
        _notifications.Clear();
        _known.Clear();
    }

    /// <summary>The session is over, or as new.</summary>
    public void Forget()
    {
        Rollback();
        if (_listening.Count == 0) return;
        Unlisten(null);
        Commit();
    }

    /// <summary>From the notifier's thread.</summary>
    public void Hear(NotificationResponse notification) => _heard.Enqueue(notification);

    public void Wake() => wake();

    public bool Tell(out NotificationResponse notification) => _heard.TryDequeue(out notification);

    private void Apply(Action<string> add, Action<string> remove)
    {
        foreach (var (listen, channel) in _changes)
        {
            if (listen && _listening.Add(channel!)) add(channel!);
            if (listen) continue;
            foreach (var gone in channel is null ? _listening.ToArray() : _listening.Contains(channel) ? [channel] : [])
            {
                _listening.Remove(gone);
                remove(gone);
            }
        }
    }
}
