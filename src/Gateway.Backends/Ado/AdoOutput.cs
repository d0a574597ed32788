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
    public static string Wrap(string sql, ImmutableArray<TypeRef> types, bool changes)
    {
        if (!types.Any(type => SentAs(type.Oid) != type.Oid)) return sql;
        var names = string.Join(", ", types.Select((_, i) => Name(i)));
        var items = new StringBuilder();
        for (var i = 0; i < types.Length; i++)
        {
            if (i > 0) items.Append(", ");
            items.Append(types[i].Oid switch
            {
                Oids.Record => $"pg_catalog.record_send({Name(i)})",
                RecordArray => $"pg_catalog.array_send({Name(i)})",
                var oid when SentAs(oid) == Oids.Oid => $"{Name(i)}::pg_catalog.oid",
                _ => Name(i),
            });
        }

        return changes
            ? $"WITH gateway_rows({names}) AS ({sql}) SELECT {items} FROM gateway_rows"
            : $"SELECT {items} FROM ({sql}) AS gateway_rows({names})";
    }

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column + 1}");
}
