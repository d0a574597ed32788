using System.Buffers;
using System.Text;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Where a PostgreSQL relation lies in SQLite: one file has no schemas, so the schema becomes part of the name.</summary>
public static class EmbeddedNames
{
    private const char Mark = '^';
    private static readonly SearchValues<char> Marked = SearchValues.Create("^ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary><c>public.t</c> is main."t", <c>s.t</c> main."s.t", <c>pg_temp.t</c> temp."t"; catalogs are virtual tables.</summary>
    public static string Table(string schema, string name) => schema switch
    {
        "pg_temp" => "temp." + Quote(name),
        "pg_catalog" or "information_schema" => Quote(schema + "." + name),
        _ => "main." + Quote(Plain(schema, name)),
    };

    public static string Table(RelationInfo relation) =>
        Table(relation.Temporary ? "pg_temp" : relation.Schema, relation.Name);

    /// <summary>The name inside its SQLite database, unquoted.</summary>
    public static string Plain(string schema, string name) => schema is "public" or "pg_temp" ? name : schema + "." + name;

    /// <summary>
    /// The column that holds the 64-bit key of the table's b-tree: a primary key of one integer, else whichever of the rowid's names no
    /// column has taken; null when all are.
    /// </summary>
    public static string? RowKey(RelationInfo table) =>
        ClusteredColumn(table) ?? new[] { "rowid", "_rowid_", "oid" }.FirstOrDefault(name => table.FindColumn(name) is null);

    /// <summary>The column by which a table without a rowid is kept; null for one that has a rowid.</summary>
    public static string? ClusteredColumn(RelationInfo table) =>
        table.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey) is { Columns: [var name] }
        && table.FindColumn(name) is { Generated: null, Type.Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 }
            ? name
            : null;

    public static string Quote(string identifier) => "\"" + Stored(identifier).Replace("\"", "\"\"") + "\"";

    /// <summary>The name as SQLite has it. To SQLite <c>"Id"</c> and <c>id</c> are one name, so a capital letter is written <c>^</c> and its small one.</summary>
    public static string Stored(string identifier)
    {
        if (!identifier.AsSpan().ContainsAny(Marked)) return identifier;
        var stored = new StringBuilder(identifier.Length + 4);
        foreach (var c in identifier)
        {
            if (c == Mark || char.IsAsciiLetterUpper(c)) stored.Append(Mark);
            stored.Append(char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c);
        }

        return stored.ToString();
    }

    /// <summary>The other way round; also for several names in one text.</summary>
    public static string Original(string stored)
    {
        if (!stored.Contains(Mark)) return stored;
        var original = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
            original.Append(stored[i] == Mark && i + 1 < stored.Length ? char.ToUpperInvariant(stored[++i]) : stored[i]);
        return original.ToString();
    }
}
