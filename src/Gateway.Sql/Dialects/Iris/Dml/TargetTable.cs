using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris.Ddl;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>The table a statement changes, with what the gateway applies of it: defaults, generated columns, checks.</summary>
internal sealed class TargetTable
{
    private static readonly Analyzer Alone = new(SchemaSnapshot.Empty, ["public"]);

    public TargetTable(DmlStatement statement)
        : this(statement.Relation!, statement.TableAlias)
    {
        Name = statement.Table;
    }

    public TargetTable(RelationInfo relation, string? alias = null)
    {
        if (relation.Kind != RelationKind.Table)
            throw PgException.Unsupported($"cannot change \"{relation.Name}\": it is not a table");
        if (relation.Schema is "pg_catalog" or "information_schema")
            throw new PgException(SqlStates.InsufficientPrivilege, $"permission denied for table {relation.Name}");
        Relation = relation;
        Alias = alias ?? relation.Name;
        Name = new QualifiedName([relation.Schema, relation.Name]);
        Checks =
        [
            .. from check in relation.Constraints
               where check.Kind == ConstraintKind.Check
               select (check, Alone.BindExpression(Parser.ParseExpression(check.Expression!), relation, new TypeRef(Oids.Bool))),
        ];
        Generated =
        [
            .. from column in relation.Columns
               where column.Generated is not null
               select (column, Alone.BindExpression(Parser.ParseExpression(column.Generated!), relation, column.Type, column.Name)),
        ];
    }

    public RelationInfo Relation { get; }

    /// <summary>What the statement calls it.</summary>
    public string Alias { get; }

    public QualifiedName Name { get; }

    public ImmutableArray<(ConstraintInfo Check, Expr Condition)> Checks { get; }

    public ImmutableArray<(ColumnInfo Column, Expr Value)> Generated { get; }

    public string Sql => IrisNames.Table(Relation);

    public string SqlOf(ColumnInfo column) => IrisNames.Column(column);

    public ColumnInfo Column(string name) => Relation.FindColumn(name)!;

    public Expr RowId => Dml.RowId.Of(Alias, Relation);

    public ColumnRef Reference(ColumnInfo column) => new([Alias, column.Name])
    {
        Column = new BoundColumn(Alias, column.Name, column.Type, Relation, column, 0),
        Type = column.Type,
    };

    public TableRef From => new(Name) { Relation = Relation, Alias = new Alias(Alias, []) };

    /// <summary>The default as an expression of the column's type. Not for numbered columns.</summary>
    public static Expr Default(ColumnInfo column)
    {
        if (column.Default is not { } text) return Build.Null(column.Type);
        return Alone.BindExpression(Parser.ParseExpression(text), null, column.Type, column.Name);
    }

    /// <summary>What a column gets that an INSERT leaves out.</summary>
    /// <param name="what">What needs to know.</param>
    /// <exception cref="PgException">0A000 when only IRIS knows.</exception>
    public Expr DefaultOf(string name, string what)
    {
        var column = Column(name);
        if (IrisDefaults.IsNumbered(column)) throw PgException.Unsupported($"{what} serial column \"{name}\", whose number IRIS gives, is not supported");
        if (Relation.Remote is { Foreign: true }) throw PgException.Unsupported($"{what} column \"{name}\", whose default is known to IRIS only, is not supported");
        return Default(column);
    }

    /// <summary>IRIS itself fills the column when an INSERT leaves it out, and as PostgreSQL would.</summary>
    public bool IsFilledThere(ColumnInfo column) =>
        IrisDefaults.IsNumbered(column) || Relation.Remote is { Foreign: true }
        || (column.Generated is null && (column.Default is null || IrisDefaults.Clause(column) is not null));

    /// <summary>A generated column's or check's expression over new values instead of the table's columns.</summary>
    public Expr Over(Expr expression, Func<string, Expr> value) =>
        new Substitution(column => column.Column!.Source == Relation.Name ? value(column.Name) : null).Expression(expression);

    public static HashSet<string> ColumnsOf(Expr expression) => [.. Uses.Of(expression).Columns.Select(column => column.Name)];

    /// <summary>Fails for rows that break a check or hold NULL where it may not be; null when nothing can.</summary>
    /// <param name="checks">Which checks are in question.</param>
    /// <param name="required">Columns whose value may be NULL but must not.</param>
    public Expr? Guard(Func<string, Expr> value, IEnumerable<(ConstraintInfo Check, Expr Condition)> checks, IEnumerable<ColumnInfo> required)
    {
        var whens = ImmutableArray.CreateBuilder<CaseWhen>();
        foreach (var column in required)
            whens.Add(new CaseWhen(Build.IsNull(value(column.Name)), Raise.NotNull(Relation, column)));
        foreach (var (check, condition) in checks.OrderBy(check => check.Check.Name, StringComparer.Ordinal))
            whens.Add(new CaseWhen(Build.IsFalse(Over(condition, value)), Raise.Check(Relation, check)));
        return whens.Count == 0 ? null : new Case(null, whens.ToImmutable(), null) { Type = Build.Bool };
    }
}
