using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    /// <summary>
    /// SQLite has no LATERAL, but the argument of a table-valued function may look at the tables before it: the subquery
    /// becomes one JSON array of rows for each row before, and json_each takes it apart again.
    /// </summary>
    private string LateralRows(DerivedTable lateral, Scope scope)
    {
        var relation = TranslateQuery(lateral.Query, scope);
        var (rows, alias) = (NewAlias(), NewAlias());
        var values = relation.Columns.Select((c, i) => Packed($"{rows}.k{i + 1}", c.Type));
        var columns = relation.Columns.Select((c, i) =>
            new SourceColumn(c.Label, Unpacked($"json_extract({alias}.value,'$[{i}]')", c.Type), c.Type, c.Order) { Nullable = c.Nullable }).ToList();
        Unique(lateral.Alias?.Text, null, scope);
        scope.Sources.Add(new Source(alias, lateral.Alias?.Text, null, columns));
        return $"json_each((SELECT json_group_array(json_array({string.Join(',', values)})) FROM ({relation.Sql}) AS {rows})) AS {alias}";
    }

    /// <summary>JSON would round a REAL and has no bytes.</summary>
    private static string Packed(string sql, IrisType type) => type.Kind switch
    {
        IrisKind.Double => $"CASE WHEN {sql} IS NOT NULL THEN printf('%!.17g',{sql}) END",
        IrisKind.VarBinary or IrisKind.LongVarBinary => $"CASE WHEN {sql} IS NOT NULL THEN hex({sql}) END",
        _ => sql,
    };

    private static string Unpacked(string sql, IrisType type) => type.Kind switch
    {
        IrisKind.Double => $"CAST({sql} AS REAL)",
        IrisKind.VarBinary or IrisKind.LongVarBinary => $"unhex({sql})",
        _ => sql,
    };
}
