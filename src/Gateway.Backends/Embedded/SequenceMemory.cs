using System.Collections.Concurrent;

namespace Gateway.Backends.Embedded;

/// <summary>What currval and lastval remember. It belongs to sessions, which change their connection with every transaction.</summary>
internal sealed class SequenceMemory
{
    private readonly ConcurrentDictionary<int, Drawn> _sessions = [];

    public Drawn Of(int session) => _sessions.GetOrAdd(session, static _ => new Drawn());

    public void Forget(int session) => _sessions.TryRemove(session, out _);

    /// <summary>The values one session has drawn, by sequence. Used by one connection at a time.</summary>
    internal sealed class Drawn
    {
        private readonly Dictionary<uint, long> _values = [];
        private uint _last;

        public long? Last => _last == 0 ? null : Of(_last);

        public long? Of(uint sequence) => _values.TryGetValue(sequence, out var value) ? value : null;

        public void Add(uint sequence, long value)
        {
            _values[sequence] = value;
            _last = sequence;
        }

        /// <summary>By setval, which lastval does not follow.</summary>
        public void Set(uint sequence, long value) => _values[sequence] = value;
    }
}
