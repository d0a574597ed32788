using System.Buffers;
using System.Globalization;
using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Identifiers. IRIS ignores their case even in quotes and cannot write all of them.</summary>
public static class IrisNames
{
    public const string DefaultSchema = "SQLUser";

    /// <summary>Longest name IRIS takes, in characters.</summary>
    public const int MaxLength = 128;

    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static string Quote(string name) => name.Contains('"') ? $"\"{name.Replace("\"", "\"\"")}\"" : $"\"{name}\"";

    /// <summary>The IRIS schema of a PostgreSQL schema.</summary>
    public static string Schema(string schema) => schema == "public" ? DefaultSchema : schema;

    /// <summary>The PostgreSQL schema of an IRIS schema.</summary>
    public static string FromSchema(string schema) => Comparer.Equals(schema, DefaultSchema) ? "public" : schema;

    /// <summary>A table's full name, quoted.</summary>
    public static string Table(RelationInfo relation) => relation.Remote is { } remote
        ? $"{Quote(remote.Schema)}.{Quote(remote.Name)}"
        : $"{Quote(Schema(relation.Schema))}.{Quote(relation.Name)}";

    /// <summary>A column's name, quoted, without its table.</summary>
    public static string Column(ColumnInfo column) => Quote(column.Remote?.Name ?? column.Name);

    // IRIS has no use for the first three; the others are markers, which a driver may look for in quotes as well.
    private const string Forbidden = ".,^?⋯";

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>IRIS can write the name between quotes.</summary>
    public static bool IsWritable(string name)
    {
        if (name.Length is 0 or > MaxLength) return false;
        return name.AsSpan().IndexOfAnyExcept(Plain) < 0 ? name.AsSpan().IndexOfAnyExcept('_') >= 0 : IsWritableText(name);
    }

    private static bool IsWritableText(string name) =>
        name.AsSpan().IndexOfAny(Forbidden) < 0
        && name[0] != '*'
        && !name.Contains("->", StringComparison.Ordinal)
        && !name.Equals("%vid", StringComparison.OrdinalIgnoreCase)
        && HasLetterOrDigit(name);

    /// <summary>A writable name that is not in <paramref name="taken"/>, to which it is added.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        if (IsWritable(name) && taken.Add(name)) return name;
        var stem = Writable(name);
        if (taken.Add(stem)) return stem;
        for (var n = 2; ; n++)
        {
            var candidate = string.Create(CultureInfo.InvariantCulture, $"{stem}_{n}");
            if (taken.Add(candidate)) return candidate;
        }
    }

    private static string Writable(string name)
    {
        if (IsWritable(name)) return name;
        var text = name.Replace("->", "_", StringComparison.Ordinal).Replace('.', '_').Replace(',', '_').Replace('^', '_').Replace("?", "").Replace("⋯", "").TrimStart('*');
        if (text.Length > MaxLength - 4) text = text[..(MaxLength - 4)];
        return IsWritable(text) ? text : "c_" + text.Length.ToString(CultureInfo.InvariantCulture);
    }

    private static bool HasLetterOrDigit(string name)
    {
        foreach (var c in name)
            if (char.IsLetterOrDigit(c)) return true;
        return false;
    }
}
