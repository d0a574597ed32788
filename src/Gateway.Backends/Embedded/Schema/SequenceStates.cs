using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>The positions of a database's sequences, shared by its connections: as in PostgreSQL, no rollback takes a value back.</summary>
/// <remarks>
/// A position is saved with the next commit that writes anything, so a value that got into a committed row is never handed
/// out again. What is saved lies <see cref="Ahead"/> values ahead: a crash skips them, and most calls need no write.
/// </remarks>
internal sealed class SequenceStates
{
    /// <summary>SEQ_LOG_VALS in PostgreSQL's sequence.c.</summary>
    private const int Ahead = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, State> _states = [];
    private int _dirty;

    private sealed class State
    {
        public long Last;
        public bool Called;
        public int Saved;
        public bool Dirty;
        public bool Temporary;
        public SequenceDefinition? Definition;
    }

    public bool AnyDirty => Volatile.Read(ref _dirty) > 0;

    /// <summary>What is saved is not exactly the position.</summary>
    public bool AnyAhead
    {
        get
        {
            lock (_lock) return _states.Values.Any(state => !state.Temporary && (state.Dirty || state.Saved > 0));
        }
    }

    public void Set(uint oid, long last, bool called, bool temporary = false, bool saved = true)
    {
        lock (_lock)
        {
            if (!_states.TryGetValue(oid, out var state)) _states.Add(oid, state = new State());
            state.Last = last;
            state.Called = called;
            state.Saved = 0;
            state.Temporary = temporary || state.Temporary;
            if (!saved) MarkDirty(state);
        }
    }

    public (long Last, bool Called) Get(uint oid)
    {
        lock (_lock) return _states.TryGetValue(oid, out var state) ? (state.Last, state.Called) : (1, false);
    }

    public void Forget(uint oid)
    {
        lock (_lock)
            if (_states.Remove(oid, out var state) && state.Dirty) _dirty--;
    }

    public long Next(uint oid, string name, SequenceDefinition definition)
    {
        lock (_lock)
        {
            var state = _states[oid];
            state.Definition = definition;
            var value = state.Called ? Advance(state.Last, definition, name) : state.Last;
            state.Last = value;
            state.Called = true;
            if (state.Saved > 0) state.Saved--;
            else MarkDirty(state);
            return value;
        }
    }

    /// <summary>What a commit is to write; the positions count as saved once it succeeds.</summary>
    public List<(uint Oid, long Last, bool Called)> TakeDirty(bool exact)
    {
        var rows = new List<(uint, long, bool)>();
        if (!exact && !AnyDirty) return rows;
        lock (_lock)
        {
            foreach (var (oid, state) in _states)
            {
                if (state.Temporary || (!state.Dirty && !(exact && state.Saved > 0))) continue;
                var last = state.Last;
                state.Saved = 0;
                if (!exact && state is { Called: true, Definition: { } definition })
                    while (state.Saved < Ahead && TryAdvance(last, definition, out var next))
                    {
                        last = next;
                        state.Saved++;
                    }

                rows.Add((oid, last, state.Called));
                if (state.Dirty) _dirty--;
                state.Dirty = false;
            }
        }

        return rows;
    }

    public void SaveFailed(List<(uint Oid, long Last, bool Called)> rows)
    {
        lock (_lock)
            foreach (var (oid, _, _) in rows)
                if (_states.TryGetValue(oid, out var state))
                {
                    state.Saved = 0;
                    MarkDirty(state);
                }
    }

    private void MarkDirty(State state)
    {
        if (state.Dirty || state.Temporary) return;
        state.Dirty = true;
        _dirty++;
    }

    private static bool TryAdvance(long last, SequenceDefinition definition, out long next)
    {
        next = unchecked(last + definition.Increment);
        var overflow = definition.Increment > 0 ? next < last : next > last;
        return !overflow && next >= definition.Min && next <= definition.Max;
    }

    private static long Advance(long last, SequenceDefinition definition, string name)
    {
        if (TryAdvance(last, definition, out var next)) return next;
        if (definition.Cycle) return definition.Increment > 0 ? definition.Min : definition.Max;
        throw definition.Increment > 0
            ? new PgException("2200H", $"nextval: reached maximum value of sequence \"{name}\" ({definition.Max})")
            : new PgException("2200H", $"nextval: reached minimum value of sequence \"{name}\" ({definition.Min})");
    }
}
