namespace Gateway.Backends.Embedded.Functions;

internal delegate void FunctionBody(Call c);

/// <summary>The state of one aggregate over one group or window.</summary>
internal abstract class Accumulator
{
    public abstract void Step(Call c);

    /// <summary>Takes back the oldest row, as a moving window frame does.</summary>
    public abstract void Inverse(Call c);

    public abstract void Result(Call c);

    /// <summary>Gives back what the state holds outside managed memory.</summary>
    public virtual void Release()
    {
    }
}

/// <param name="Arity">-1 for any number of arguments.</param>
/// <param name="Strict">NULL for any NULL argument, without a call; an aggregate skips such rows.</param>
/// <param name="Immutable">The result follows from the arguments alone, so that an index may be built on it.</param>
internal sealed record FunctionEntry(
    string Name,
    int Arity,
    bool Strict,
    bool Immutable,
    FunctionBody? Body,
    Func<Accumulator>? Aggregate)
{
    public string Key => Arity < 0 ? $"{Name}/*" : $"{Name}/{Arity}";
}

/// <summary>Collects the functions of the library. Names are those of pg_proc.prosrc, without the prefix pg_.</summary>
internal sealed class FunctionTable
{
    public List<FunctionEntry> Entries { get; } = [];

    /// <summary>A strict, immutable function: the usual case.</summary>
    public void Add(string name, int arity, FunctionBody body) => Entries.Add(new(name, arity, true, true, body, null));

    /// <summary>Strict, but its result depends on the session, the clock or chance.</summary>
    public void Stable(string name, int arity, FunctionBody body) => Entries.Add(new(name, arity, true, false, body, null));

    /// <summary>Called with NULL arguments too.</summary>
    public void Loose(string name, int arity, FunctionBody body, bool immutable = true) =>
        Entries.Add(new(name, arity, false, immutable, body, null));

    public void Aggregate(string name, int arity, Func<Accumulator> make, bool strict = true) =>
        Entries.Add(new(name, arity, strict, true, null, make));
}
