using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Expressions that fail: the gateway's engine has <c>pg_raise(sqlstate, message)</c> for the constraints that IRIS does not keep.</summary>
internal static class Raise
{
    // Volatile, so that it is evaluated where it stands and only then.
    private static readonly FunctionInfo Function =
        new(0, "pg_catalog", "pg_raise", 'f', [Oids.Text, Oids.Text], Oids.Bool, false, false, 0, 0, "raise") { Volatility = 'v' };

    /// <summary>A boolean that is never had.</summary>
    public static Expr Error(string sqlState, string message) =>
        new FunctionCall(new QualifiedName(["pg_catalog", "pg_raise"]), [new Argument(Build.Text(sqlState)), new Argument(Build.Text(message))])
        {
            Resolved = Function,
            Type = Build.Bool,
        };

    public static Expr Check(RelationInfo relation, ConstraintInfo check) =>
        Error(SqlStates.CheckViolation, $"new row for relation \"{relation.Name}\" violates check constraint \"{check.Name}\"");

    public static Expr NotNull(RelationInfo relation, ColumnInfo column) => Error(
        SqlStates.NotNullViolation, $"null value in column \"{column.Name}\" of relation \"{relation.Name}\" violates not-null constraint");

    /// <summary>IRIS would take 0 for "the next number" and refuse less.</summary>
    public static Expr Number(ColumnInfo column) => Error(
        SqlStates.FeatureNotSupported, $"a value below 1 for serial column \"{column.Name}\" is not supported by IRIS");
}
