using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>The type that UNION, CASE and related constructs settle on (manual, section 10.5).</summary>
internal static class CommonType
{
    /// <summary>The common type, or 0 when there is none; then <paramref name="conflict"/> tells which input did not fit.</summary>
    public static uint Select(ReadOnlySpan<uint> types, out int conflict, out uint soFar)
    {
        conflict = -1;
        soFar = types[0];
        for (var i = 1; i < types.Length; i++)
        {
            var next = types[i];
            if (next == soFar || next == Oids.Unknown) continue;
            if (soFar == Oids.Unknown)
            {
                soFar = next;
                continue;
            }

            if (TypeSystem.Category(soFar) != TypeSystem.Category(next))
            {
                conflict = i;
                return 0;
            }

            if (!TypeSystem.IsPreferred(soFar)
                && Coercion.IsPossible(soFar, next)
                && !Coercion.IsPossible(next, soFar))
                soFar = next;
        }

        return soFar == Oids.Unknown ? Oids.Text : soFar;
    }

    /// <summary>A modifier survives when every input has the type and the modifier.</summary>
    public static int Typmod(uint type, ReadOnlySpan<TypeRef> inputs)
    {
        foreach (var input in inputs)
            if (input.Oid != type || input.Typmod != inputs[0].Typmod) return -1;
        return inputs[0].Typmod;
    }
}
