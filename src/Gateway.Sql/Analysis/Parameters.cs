using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>The types of $1, $2…: given by the client, or fixed by the first use that tells.</summary>
internal sealed class Parameters
{
    private readonly List<uint> _types;
    private HashSet<(int Number, int Position)>? _open;

    public Parameters(ReadOnlySpan<uint> declared)
    {
        _types = [.. declared];
        foreach (ref var type in CollectionsMarshal.AsSpan(_types))
            if (type == Oids.Unknown) type = 0;
    }

    /// <summary>The type as far as it is known now, else unknown.</summary>
    public uint Refer(int number, int position)
    {
        if (number is < 1 or > ushort.MaxValue)
            throw Failure.New(SqlStates.UndefinedParameter, $"there is no parameter ${number}", position);
        while (_types.Count < number) _types.Add(0);
        var type = _types[number - 1];
        if (type != 0) return type;
        (_open ??= []).Add((number, position));
        return Oids.Unknown;
    }

    /// <summary>A place where the parameter was still unknown turns out to want a type.</summary>
    public void Fix(int number, int position, uint type)
    {
        _open?.Remove((number, position));
        ref var known = ref CollectionsMarshal.AsSpan(_types)[number - 1];
        if (known == 0) known = type;
        if (known != type)
            throw Failure.New(
                SqlStates.AmbiguousParameter,
                $"inconsistent types deduced for parameter ${number}",
                position,
                detail: $"{TypeSystem.Format(known)} versus {TypeSystem.Format(type)}");
    }

    /// <exception cref="PgException">42P18 when a type is still unknown, 42P08 when only some uses know it.</exception>
    public ImmutableArray<uint> Finish()
    {
        if (_open is { Count: > 0 })
            foreach (var (number, position) in _open)
                if (_types[number - 1] != 0)
                    throw Failure.New(SqlStates.AmbiguousParameter, $"could not determine data type of parameter ${number}", position);
        for (var i = 0; i < _types.Count; i++)
            if (_types[i] == 0)
                throw new PgException(SqlStates.IndeterminateDatatype, $"could not determine data type of parameter ${i + 1}");
        return [.. _types];
    }
}
