using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Columns whose printed form does not tell the value: rows as values print without their types, and aliases of oid as names.</summary>
internal static class AdoOutput
{
    private const uint RecordArray = 2287;

    /// <summary>The type that the server is asked for instead: rows come in their binary form as bytea, aliases of oid as oid.</summary>
    public static uint SentAs(uint type) => type switch
    {
        Oids.Record or RecordArray => Oids.Bytea,
        Oids.RegProc or Oids.RegProcedure or Oids.RegOper or Oids.RegOperator or Oids.RegClass or Oids.RegType
            or Oids.RegRole or Oids.RegNamespace or Oids.RegConfig or Oids.RegDictionary or Oids.RegCollation => Oids.Oid,
        _ => type,
    };

    /// <summary>The statement, around it a query that asks for such columns in another form where there are any.</summary>
    /// <remarks>The rows of a subquery that is the whole FROM come in its order.</remarks>
    /// <param name="print">The server prints what is read as text: the provider would make something else of it.</param>
    public static string Wrap(string sql, ImmutableArray<TypeRef> types, bool changes, bool print)
    {
        if (!IsWrapped(types, print)) return sql;
        var names = string.Join(", ", types.Select((_, i) => Name(i)));
        var items = new StringBuilder();
        for (var i = 0; i < types.Length; i++)
        {
            if (i > 0) items.Append(", ");
            items.Append(types[i].Oid switch
            {
                Oids.Record => Printed($"pg_catalog.record_send({Name(i)})"),
                RecordArray => Printed($"pg_catalog.array_send({Name(i)})"),
                var oid when SentAs(oid) == Oids.Oid => Printed($"{Name(i)}::pg_catalog.oid"),

                // The cast to text would take the blanks at the end.
                Oids.BpChar when print => $"pg_catalog.bpcharout({Name(i)})::pg_catalog.text",
                var oid when !IsPassed(oid) => Printed(Name(i)),
                _ => Name(i),
            });
        }

        return changes
            ? $"WITH gateway_rows({names}) AS ({sql}\n) SELECT {items} FROM gateway_rows"
            : $"SELECT {items} FROM ({sql}\n) AS gateway_rows({names})";

        string Printed(string value) => print ? $"{value}::pg_catalog.text" : value;
    }

    /// <summary>Whether <see cref="Wrap"/> puts a query around such a statement.</summary>
    public static bool IsWrapped(ImmutableArray<TypeRef> types, bool print) =>
        types.Any(type => SentAs(type.Oid) != type.Oid || (print && !IsPassed(type.Oid)));

    /// <summary>Every provider hands these over as they are.</summary>
    private static bool IsPassed(uint type) =>
        type is Oids.Bool or Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Float4 or Oids.Float8 or Oids.Text;

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column + 1}");
}
