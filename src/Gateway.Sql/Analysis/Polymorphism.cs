using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>The pseudo-types anyelement, anyarray, anycompatible… (manual, section 38.2.5).</summary>
internal static class Polymorphism
{
    private const uint AnyEnum = 3500;
    private const uint AnyRange = 3831;
    private const uint AnyMultirange = 4537;
    private const uint AnyCompatible = 5077;
    private const uint AnyCompatibleArray = 5078;
    private const uint AnyCompatibleNonArray = 5079;
    private const uint AnyCompatibleRange = 5080;
    private const uint AnyCompatibleMultirange = 4538;

    public static bool IsPolymorphic(uint type) => type is Oids.AnyElement or Oids.AnyArray or Oids.AnyNonArray or AnyEnum
        or AnyRange or AnyMultirange or AnyCompatible or AnyCompatibleArray or AnyCompatibleNonArray or AnyCompatibleRange
        or AnyCompatibleMultirange;

    public static bool HasPolymorphic(ReadOnlySpan<uint> types)
    {
        foreach (var type in types)
            if (IsPolymorphic(type)) return true;
        return false;
    }

    /// <summary>What the pseudo-types of one call stand for.</summary>
    public readonly record struct Binding(uint Element, uint Array, uint Range, uint Common, uint CommonRange, bool SawUnknown)
    {
        /// <summary>The actual type for a declared one; 0 when it cannot be told.</summary>
        public uint Resolve(uint declared) => declared switch
        {
            Oids.AnyElement or Oids.AnyNonArray or AnyEnum => Element,
            Oids.AnyArray => Array != 0 ? Array : TypeSystem.ArrayOf(Element),
            AnyRange => Range,
            AnyMultirange => TypeSystem.MultirangeOf(Range),
            AnyCompatible or AnyCompatibleNonArray => Common,
            AnyCompatibleArray => TypeSystem.ArrayOf(Common),
            AnyCompatibleRange => CommonRange,
            AnyCompatibleMultirange => TypeSystem.MultirangeOf(CommonRange),
            _ => declared,
        };
    }

    /// <summary>Whether the arguments agree; unknown literals agree with everything.</summary>
    public static bool TryBind(ReadOnlySpan<uint> declared, ReadOnlySpan<uint> actual, out Binding binding)
    {
        uint element = 0, array = 0, range = 0, commonRange = 0;
        bool sawUnknown = false, isEnum = false, nonArray = false, nonArrayCommon = false, sawCommon = false;
        Span<uint> common = stackalloc uint[declared.Length];
        var commonCount = 0;
        binding = default;

        for (var i = 0; i < declared.Length; i++)
        {
            var type = actual[i];
            var unknown = type == Oids.Unknown;
            switch (declared[i])
            {
                case Oids.AnyElement or Oids.AnyNonArray or AnyEnum:
                    nonArray |= declared[i] == Oids.AnyNonArray;
                    isEnum |= declared[i] == AnyEnum;
                    if (unknown) sawUnknown = true;
                    else if (declared[i] == AnyEnum && PgTypes.Find(type) is not { Kind: 'e' }) return false;
                    else if (!Agree(ref element, type)) return false;
                    break;
                case Oids.AnyArray:
                    if (unknown) sawUnknown = true;
                    else if (type != Oids.AnyArray && TypeSystem.ItemOf(type) == 0) return false;
                    else if (!Agree(ref array, type)) return false;
                    break;
                case AnyRange:
                    if (unknown) sawUnknown = true;
                    else if (TypeSystem.RangeSubtype(type) == 0 || !Agree(ref range, type)) return false;
                    break;
                case AnyMultirange:
                    if (unknown) sawUnknown = true;
                    else if (TypeSystem.RangeOfMultirange(type) is var over && (over == 0 || !Agree(ref range, over))) return false;
                    break;
                case AnyCompatible or AnyCompatibleNonArray:
                    sawCommon = true;
                    nonArrayCommon |= declared[i] == AnyCompatibleNonArray;
                    if (!unknown) common[commonCount++] = type;
                    break;
                case AnyCompatibleArray:
                    sawCommon = true;
                    if (unknown) break;
                    if (TypeSystem.ItemOf(type) is not (not 0 and var item)) return false;
                    common[commonCount++] = item;
                    break;
                case AnyCompatibleRange or AnyCompatibleMultirange:
                    sawCommon = true;
                    if (unknown) break;
                    var ranged = declared[i] == AnyCompatibleRange ? type : TypeSystem.RangeOfMultirange(type);
                    if (TypeSystem.RangeSubtype(ranged) is not (not 0 and var bound) || !Agree(ref commonRange, ranged)) return false;
                    common[commonCount++] = bound;
                    break;
            }
        }

        if (array != 0 && !Agree(ref element, array == Oids.AnyArray ? Oids.AnyElement : TypeSystem.ItemOf(array))) return false;
        if (range != 0 && !Agree(ref element, TypeSystem.RangeSubtype(range))) return false;
        if (nonArray && TypeSystem.ElementOf(element) != 0) return false;
        if (isEnum && PgTypes.Find(element) is not { Kind: 'e' }) return false;

        uint commonType = 0;
        if (commonCount > 0)
        {
            commonType = CommonType.Select(common[..commonCount], out _, out _);
            if (commonType == 0) return false;
            for (var i = 0; i < commonCount; i++)
                if (!Coercion.IsPossible(common[i], commonType)) return false;
            if (commonRange != 0 && TypeSystem.RangeSubtype(commonRange) != commonType) return false;
            if (nonArrayCommon && TypeSystem.ElementOf(commonType) != 0) return false;
        }
        else if (sawCommon)
        {
            commonType = Oids.Text;
        }

        binding = new Binding(element, array, range, commonType, commonRange, sawUnknown);
        return true;
    }

    private static bool Agree(ref uint known, uint type)
    {
        if (known == 0) known = type;
        return known == type;
    }
}
