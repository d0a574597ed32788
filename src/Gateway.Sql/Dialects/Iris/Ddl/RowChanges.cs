using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris.Dml;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>What DDL does to the rows that are there: filling a new column, converting one, testing a check, copying a query.</summary>
/// <param name="searchPath">For the expression of USING, which is not bound yet.</param>
public sealed class RowChanges(DmlPlanner changes, IReadOnlyList<string> searchPath)
{
    /// <summary>Every row gets the column's default, or its generated value.</summary>
    internal ImmutableArray<PlanStep> Fill(RelationInfo table, ColumnInfo column) => changes.Fill(table, column);

    /// <summary>Every row's old value, converted, into another column.</summary>
    internal ImmutableArray<PlanStep> Convert(RelationInfo table, ColumnInfo from, ColumnInfo made, Expr? conversion)
    {
        // The column still has its old type.
        var source = table with
        {
            Columns = [.. table.Columns.Select(column => column.Number == from.Number ? column with { Type = from.Type, Default = null, Generated = null } : column)],
            Constraints = [],
        };
        var value = new Analyzer(new SchemaSnapshot(0, [source.Schema], [source]), searchPath).BindExpression(
            conversion ?? new ColumnRef([made.Name]), source, made.Type, made.Name);
        return changes.Rewrite(source, made, value);
    }

    /// <summary>Fails when a row breaks the check.</summary>
    internal ImmutableArray<PlanStep> Verify(RelationInfo table, ConstraintInfo check) => changes.Verify(table, check);

    /// <summary>Fails when a row has NULL in the column, or is there at all while the column is not.</summary>
    internal ImmutableArray<PlanStep> RefuseNull(RelationInfo table, ColumnInfo column, bool isNew) => changes.RefuseNull(table, column, isNew);

    /// <summary>The rows of CREATE TABLE AS or SELECT INTO.</summary>
    internal ImmutableArray<PlanStep> Copy(Query source, RelationInfo table) => changes.Plan(new Insert
    {
        Table = new QualifiedName([table.Schema, table.Name]),
        Relation = table,
        Columns = [.. table.Columns.Select(column => new AssignmentTarget(column.Name, [], []))],
        Source = source,
    });
}
