using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Expressions that fail: the gateway's engine has <c>pg_raise(sqlstate, message, detail, schema, table, column, constraint)</c> for the constraints that IRIS does not keep.</summary>
internal static class Raise
{
    // Volatile, so that it is evaluated where it stands and only then.
    private static readonly FunctionInfo Function =
        new(0, "pg_catalog", "pg_raise", 'f', [.. Enumerable.Repeat(Oids.Text, 7)], Oids.Bool, false, false, 0, 0, "raise") { Volatility = 'v' };

    /// <summary>A boolean that is never had.</summary>
    public static Expr Error(string sqlState, string message, RelationInfo? table = null, string? column = null, string? constraint = null)
    {
        string?[] fields = [sqlState, message, null, table?.Schema, table?.Name, column, constraint];
        return new FunctionCall(
            new QualifiedName(["pg_catalog", "pg_raise"]),
            [.. fields.Select(field => new Tree.Argument(field is null ? Build.Null(new TypeRef(Oids.Text)) : Build.Text(field)))])
        {
            Resolved = Function,
            Type = Build.Bool,
        };
    }

    public static Expr Check(RelationInfo table, ConstraintInfo check) => Error(
        SqlStates.CheckViolation, $"new row for relation \"{table.Name}\" violates check constraint \"{check.Name}\"", table, constraint: check.Name);

    public static Expr NotNull(RelationInfo table, ColumnInfo column) => Error(
        SqlStates.NotNullViolation, $"null value in column \"{column.Name}\" of relation \"{table.Name}\" violates not-null constraint", table, column.Name);

    /// <summary>IRIS would take 0 for "the next number" and refuse less.</summary>
    public static Expr Number(ColumnInfo column) => Error(
        SqlStates.FeatureNotSupported, $"a value below 1 for serial column \"{column.Name}\" is not supported by IRIS");
}
