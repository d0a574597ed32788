using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

internal enum Pathway
{
    None,

    /// <summary>The same bytes under another type.</summary>
    Relabel,

    Function,

    /// <summary>Through the text form.</summary>
    Text,

    /// <summary>Element by element.</summary>
    Array,
}

/// <summary>Which conversions exist in which context (manual, section 10.1 and CREATE CAST).</summary>
internal static class Coercion
{
    private const uint Int2Array = 1005;
    private const uint OidArray = 1028;

    public static Pathway Find(uint source, uint target, CastKind context, out FunctionInfo? function)
    {
        function = null;
        if (source == target) return Pathway.Relabel;
        if ((source, target) is (Oids.Int2Vector, Int2Array) or (Oids.OidVector, OidArray)) return Pathway.Relabel;

        if (Catalog.Cast(source, target) is { } cast)
        {
            var allowed = cast.Context switch
            {
                'i' => true,
                'a' => context != CastKind.Implicit,
                _ => context == CastKind.Explicit,
            };
            if (!allowed) return Pathway.None;
            function = cast.Function;
            return cast.Method switch { 'f' => Pathway.Function, 'b' => Pathway.Relabel, _ => Pathway.Text };
        }

        if (TypeSystem.ItemOf(source) is var from and not 0 && TypeSystem.ElementOf(target) is var to and not 0)
            return Find(from, to, context, out function) == Pathway.None ? Pathway.None : Pathway.Array;

        // Every type converts to a string on assignment, and from a string when asked explicitly.
        if (context != CastKind.Implicit && TypeSystem.Category(target) == 'S') return Pathway.Text;
        if (context == CastKind.Explicit && TypeSystem.Category(source) == 'S') return Pathway.Text;
        return Pathway.None;
    }

    /// <summary>Polymorphic targets accept anything here; whether they agree is asked of <see cref="Polymorphism"/>.</summary>
    public static bool IsPossible(uint source, uint target, CastKind context = CastKind.Implicit) =>
        source == target
        || source == Oids.Unknown
        || target == Oids.Any
        || Polymorphism.IsPolymorphic(target)
        || (target == Oids.Record && PgTypes.Find(source) is { Kind: 'c' })
        || Find(source, target, context, out _) != Pathway.None;
}
