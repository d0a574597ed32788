using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Whole statements, and expressions on their own.</summary>
internal sealed partial class Binder
{
    public (Statement Statement, ImmutableArray<OutputColumn> Columns) BindStatement(Statement statement)
    {
        switch (statement)
        {
            case QueryStatement query:
                var (bound, columns) = BindQuery(query.Query, new Scope(null));
                return bound is Select { Into: not null }
                    ? (query with { Query = bound }, Wrote([]))
                    : (query with { Query = bound }, columns);
            case DmlStatement dml:
                return BindDml(dml, new Scope(null));
            case ExplainStatement explain:
                var json = explain.Options.Any(option => option is { Name: "format", Value: "json" });
                return (
                    explain with { Statement = BindStatement(explain.Statement).Statement },
                    [new OutputColumn("QUERY PLAN", new TypeRef(json ? Oids.Json : Oids.Text))]);
            case DeclareCursor declare:
                return (declare with { Query = BindQuery(declare.Query, new Scope(null)).Query }, []);
            case CreateTableAs create:
                return (create with { Source = BindStatement(create.Source).Statement }, Wrote([]));
            case CreateView view:
                return (view with { Query = BindQuery(view.Query, new Scope(null)).Query }, Wrote([]));
            case CopyStatement copy:
                return (BindCopy(copy), []);
            case CallStatement call:
                return (call with { Call = Bind(call.Call) as FunctionCall ?? call.Call }, Wrote([]));
            case NativeStatement native:
                // Nobody here knows what it wants: text, unless the client says otherwise.
                foreach (var number in native.Markers)
                    if (Parameters.Refer(number, -1) == Oids.Unknown) Parameters.Fix(number, -1, Oids.Text);
                return (native, Wrote([]));
            default:
                Writes |= statement is DdlStatement or OpaqueStatement or TruncateStatement or RefreshMaterializedView or ReindexStatement or DoStatement;
                return (statement, []);
        }
    }

    private ImmutableArray<OutputColumn> Wrote(ImmutableArray<OutputColumn> columns)
    {
        Writes = true;
        return columns;
    }

    private CopyStatement BindCopy(CopyStatement copy)
    {
        Writes |= copy.From;
        if (copy.Source is not null) return copy with { Source = BindStatement(copy.Source).Statement };
        if (copy.Table is not null) FindRelation(copy.Table);
        return copy;
    }

    /// <summary>The condition of COPY FROM, over the columns of its table.</summary>
    public Expr BindCopyCondition(Expr condition, RelationInfo relation)
    {
        if (SubqueryTest.First(condition) is { } subquery)
            throw Failure.Unsupported("cannot use subquery in COPY FROM WHERE condition", subquery.Position);
        _scope.Items.Add(new RangeItem(relation.Name, relation, [], false) { HasSystemColumns = false });
        return BindCondition(Clause.CopyWhere, "WHERE", condition)!;
    }

    /// <summary>An expression over one relation's columns (a check, a generated column) or over none (a default).</summary>
    public Expr BindAlone(Expr expression, RelationInfo? relation, TypeRef target, Clause clause, string? column)
    {
        RefuseSubquery(expression, clause switch
        {
            Clause.Check => "check constraint",
            Clause.Default => "DEFAULT expression",
            _ => "column generation expression",
        });
        if (relation is not null) _scope.Items.Add(new RangeItem(relation.Name, relation, [], false) { HasSystemColumns = false });
        var bound = BindIn(clause, expression);
        if (!target.IsKnown) return KnownOrText(bound);
        if (TryCoerce(bound, target, CastKind.Assignment) is { } coerced) return coerced;
        throw column is null
            ? Failure.Mismatch($"expression is of type {TypeSystem.Format(bound.Type)} but {TypeSystem.Format(target)} is needed", bound.Position)
            : new PgException(
                SqlStates.DatatypeMismatch,
                $"column \"{column}\" is of type {TypeSystem.Format(target)} but {(clause == Clause.Default ? "default " : "")}expression is of type {TypeSystem.Format(bound.Type)}")
            {
                Hint = "You will need to rewrite or cast the expression.",
            };
    }

    private static void RefuseSubquery(Expr expression, string where)
    {
        if (SubqueryTest.First(expression) is { } subquery) throw Failure.Unsupported($"cannot use subquery in {where}", subquery.Position);
    }

    public Expr BindArgument(Expr argument, uint type, int number)
    {
        RefuseSubquery(argument, "EXECUTE parameter");
        var bound = BindIn(Clause.Execute, argument);
        return TryCoerce(bound, new TypeRef(type), CastKind.Assignment)
            ?? throw Failure.Mismatch(
                $"parameter ${number} of type {TypeSystem.Format(bound.Type)} cannot be coerced to the expected type {TypeSystem.Format(type)}",
                bound.Position,
                "You will need to rewrite or cast the expression.");
    }
}
