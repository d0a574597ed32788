using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Types;

/// <summary>The SQL spellings of types: format_type and its inverse.</summary>
public static class TypeNames
{
    /// <summary>The bit of an interval typmod's field mask for each field (typmod / 65536).</summary>
    private const int Month = 1 << 1, Year = 1 << 2, Day = 1 << 3, Hour = 1 << 10, Minute = 1 << 11, Second = 1 << 12;

    private static readonly FrozenDictionary<string, uint> Spellings = new Dictionary<string, uint>
    {
        ["int"] = Oids.Int4, ["integer"] = Oids.Int4, ["smallint"] = Oids.Int2, ["bigint"] = Oids.Int8,
        ["decimal"] = Oids.Numeric, ["dec"] = Oids.Numeric, ["real"] = Oids.Float4, ["double precision"] = Oids.Float8,
        ["float"] = Oids.Float8, ["boolean"] = Oids.Bool, ["character varying"] = Oids.VarChar, ["char varying"] = Oids.VarChar,
        ["character"] = Oids.BpChar, ["char"] = Oids.BpChar, ["nchar"] = Oids.BpChar, ["national character"] = Oids.BpChar,
        ["national char"] = Oids.BpChar, ["national character varying"] = Oids.VarChar, ["national char varying"] = Oids.VarChar,
        ["nchar varying"] = Oids.VarChar, ["timestamp without time zone"] = Oids.Timestamp, ["timestamp with time zone"] = Oids.TimestampTz,
        ["time without time zone"] = Oids.Time, ["time with time zone"] = Oids.TimeTz, ["bit varying"] = Oids.VarBit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>format_type(oid, typmod); null is PostgreSQL's NULL typmod, -1 "none given".</summary>
    public static string Format(uint oid, int? typmod = null)
    {
        if (oid == 0) return "-";
        if (PgTypes.Find(oid) is not { } type) return "???";
        // record[] is a pseudo-type, and an array by its name only.
        if (type.IsArray || type.Name == "_record") return Format(type.ElementOid, typmod) + "[]";
        var has = typmod is >= 0;
        var t = typmod ?? -1;
        switch (oid)
        {
            case Oids.Bool: return "boolean";
            case Oids.Int2: return "smallint";
            case Oids.Int4: return "integer";
            case Oids.Int8: return "bigint";
            case Oids.Float4: return "real";
            case Oids.Float8: return "double precision";
            case Oids.Char: return "\"char\"";
            case Oids.Any: return "\"any\"";
            case Oids.Numeric: return has ? $"numeric({Typmod.Precision(t)},{Typmod.Scale(t)})" : "numeric";
            case Oids.VarChar: return has ? $"character varying({t - 4})" : "character varying";
            case Oids.BpChar: return has ? $"character({t - 4})" : typmod is null ? "character" : "bpchar";
            case Oids.Bit: return has ? $"bit({t})" : typmod is null ? "bit" : "\"bit\"";
            case Oids.VarBit: return has ? $"bit varying({t})" : "bit varying";
            case Oids.Time: return $"time{Precision(t)} without time zone";
            case Oids.TimeTz: return $"time{Precision(t)} with time zone";
            case Oids.Timestamp: return $"timestamp{Precision(t)} without time zone";
            case Oids.TimestampTz: return $"timestamp{Precision(t)} with time zone";
            case Oids.Interval: return "interval" + IntervalFields(t);
            case >= UserTypes.FirstOid: return TypeScope.Types.Format(type, TypeScope.SearchPath);
            default: return has ? $"{type.Name}({t})" : type.Name;
        }
    }

    /// <summary>The type of a SQL spelling: <c>int</c>, <c>character varying(10)</c>, <c>float(24)</c>, <c>pg_catalog.int4</c>, <c>text[]</c>.</summary>
    /// <returns>null when there is no such type; a modifier in parentheses is read over, except that of float.</returns>
    public static PgType? Find(string spelling)
    {
        var name = string.Join(' ', spelling.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isArray = false;
        while (name.EndsWith(']'))
        {
            var open = name.LastIndexOf('[');
            if (open < 0) return null;
            isArray = true;
            name = name[..open].TrimEnd();
        }

        if (name.EndsWith(" array", StringComparison.OrdinalIgnoreCase)) (isArray, name) = (true, name[..^6]);
        var type = FindScalar(name);
        return isArray ? type is { ArrayOid: not 0 } ? PgTypes.Find(type.ArrayOid) : null : type;
    }

    private static PgType? FindScalar(string name)
    {
        int? modifier = null;
        if (name.IndexOf('(', StringComparison.Ordinal) is var open and > 0)
        {
            var close = name.IndexOf(')', open);
            if (close < 0) return null;
            if (int.TryParse(name.AsSpan(open + 1, close - open - 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)) modifier = n;
            name = string.Join(' ', (name[..open].Trim() + " " + name[(close + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        if (Parts(name) is not [.. var schemas, (var last, var quoted)] || schemas.Length > 1) return null;
        if (schemas is [(var schema, _)])
            return PgTypes.Find(last) is { } type && schema == type.Schema ? type : TypeScope.Types.Find(schema, last);

        // Quoted, it is a name of pg_type and no spelling of the grammar.
        if (quoted) return Known(last);
        name = last;
        if (name == "float" && modifier is { } bits) return bits is < 1 or > 53 ? null : PgTypes.Get(bits <= 24 ? Oids.Float4 : Oids.Float8);
        if (name.StartsWith("interval ", StringComparison.Ordinal)) return PgTypes.Get(Oids.Interval);
        if (Spellings.TryGetValue(name, out var oid)) return PgTypes.Get(oid);
        return Known(name);
    }

    private static PgType? Known(string name) => PgTypes.Find(name) ?? TypeScope.Types.Resolve(name, TypeScope.SearchPath);

    /// <summary>A name with dots taken apart, folded unless it is quoted; null when it is none.</summary>
    private static (string Text, bool Quoted)[]? Parts(string name)
    {
        var parts = new List<(string, bool)>();
        for (var at = 0; ; at++)
        {
            while (at < name.Length && name[at] == ' ') at++;
            var quoted = at < name.Length && name[at] == '"';
            var end = quoted ? at + 1 : name.IndexOf('.', at);
            if (end < 0) end = name.Length;
            while (quoted && end < name.Length && (name[end] != '"' || name.AsSpan(end).StartsWith("\"\""))) end += name[end] == '"' ? 2 : 1;
            if (quoted && end >= name.Length) return null;
            var text = quoted ? name[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : name[at..end].TrimEnd().ToLowerInvariant();
            if (text.Length == 0) return null;
            parts.Add((text, quoted));
            at = quoted ? end + 1 : end;
            while (at < name.Length && name[at] == ' ') at++;
            if (at == name.Length) return [.. parts];
            if (name[at] != '.') return null;
        }
    }

    private static string Precision(int typmod) => typmod >= 0 ? $"({typmod})" : "";

    private static string IntervalFields(int typmod)
    {
        if (typmod < 0) return "";
        var fields = (typmod >> 16) & 0x7FFF;
        var precision = typmod & 0xFFFF;
        var name = fields switch
        {
            Year => " year",
            Month => " month",
            Day => " day",
            Hour => " hour",
            Minute => " minute",
            Second => " second",
            Year | Month => " year to month",
            Day | Hour => " day to hour",
            Day | Hour | Minute => " day to minute",
            Day | Hour | Minute | Second => " day to second",
            Hour | Minute => " hour to minute",
            Hour | Minute | Second => " hour to second",
            Minute | Second => " minute to second",
            _ => "",
        };
        return precision == 0xFFFF ? name : $"{name}({precision})";
    }
}
