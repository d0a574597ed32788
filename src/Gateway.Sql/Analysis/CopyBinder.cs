using System.Collections.Immutable;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Makes the INSERT or the query of a COPY.</summary>
internal sealed class CopyBinder(Analyzer analyzer, CopyStatement copy)
{
    /// <exception cref="PgException">As PostgreSQL words it.</exception>
    public BoundCopy Bind()
    {
        if (copy.Source is { } source) return BindQuery(source);
        var name = copy.Table!;
        var relation = FindRelation(name);
        var columns = Columns(relation);
        if (copy.From) return BindInsert(relation, columns);
        RefuseSource(relation);
        var query = new Select
        {
            Items = [.. columns.Select(column => new SelectItem(new ColumnRef([column.Name]) { Position = -1 }, null))],
            From = [new TableRef(name)],
        };
        var bound = analyzer.Bind(new QueryStatement(query), []);
        return new BoundCopy(relation.Name, [.. columns.Select(Column)], bound) { Relation = relation };
    }

    private BoundCopy BindQuery(Statement source)
    {
        if (source is QueryStatement { Query: Select { Into: not null } }) throw PgException.Unsupported("COPY (SELECT INTO) is not supported");
        if (source is DmlStatement { Returning.IsEmpty: true }) throw PgException.Unsupported("COPY query must have a RETURNING clause");
        var bound = analyzer.Bind(source, []);
        if (!bound.ParameterTypes.IsEmpty) throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        return new BoundCopy("", [.. bound.Columns.Select(column => new CopyColumn(column.Name, column.Type))], bound);
    }

    private RelationInfo FindRelation(QualifiedName name)
    {
        if (analyzer.Schema.Resolve(name.Schema, name.Last, analyzer.SearchPath) is { } relation)
            return relation.Kind == RelationKind.Index
                ? throw new PgException(SqlStates.WrongObjectType, $"\"{relation.Name}\" is an index")
                : relation;
        throw new PgException(SqlStates.UndefinedTable, $"relation \"{name}\" does not exist");
    }

    private ImmutableArray<ColumnInfo> Columns(RelationInfo relation)
    {
        if (copy.Columns.IsEmpty) return [.. relation.Columns.Where(column => column.Generated is null)];
        var columns = ImmutableArray.CreateBuilder<ColumnInfo>(copy.Columns.Length);
        foreach (var name in copy.Columns)
        {
            var column = relation.FindColumn(name)
                ?? throw new PgException(SqlStates.UndefinedColumn, $"column \"{name}\" of relation \"{relation.Name}\" does not exist");
            if (column.Generated is not null)
                throw new PgException("42P10", $"column \"{name}\" is a generated column") { Detail = "Generated columns cannot be used in COPY." };
            if (columns.Contains(column))
                throw new PgException(SqlStates.DuplicateColumn, $"column \"{name}\" specified more than once");
            columns.Add(column);
        }

        return columns.MoveToImmutable();
    }

    private static void RefuseSource(RelationInfo relation)
    {
        const string Hint = "Try the COPY (SELECT ...) TO variant.";
        if (relation.Kind == RelationKind.View)
            throw new PgException(SqlStates.WrongObjectType, $"cannot copy from view \"{relation.Name}\"") { Hint = Hint };
        if (relation.Kind == RelationKind.MaterializedView)
            throw new PgException(SqlStates.WrongObjectType, $"cannot copy from materialized view \"{relation.Name}\"") { Hint = Hint };
        if (relation.Kind == RelationKind.Sequence)
            throw new PgException(SqlStates.WrongObjectType, $"cannot copy from sequence \"{relation.Name}\"");
    }

    private static PgException? Refusal(RelationInfo relation) => relation.Kind switch
    {
        RelationKind.View => new PgException(SqlStates.WrongObjectType, $"cannot copy to view \"{relation.Name}\"")
        {
            Hint = "To enable copying to a view, provide an INSTEAD OF INSERT trigger.",
        },
        RelationKind.MaterializedView => new PgException(SqlStates.WrongObjectType, $"cannot copy to materialized view \"{relation.Name}\""),
        RelationKind.Sequence => new PgException(SqlStates.WrongObjectType, $"cannot copy to sequence \"{relation.Name}\""),
        _ => null,
    };

    private BoundCopy BindInsert(RelationInfo relation, ImmutableArray<ColumnInfo> columns)
    {
        var condition = copy.Where is null ? null : new Binder(analyzer, new Parameters([])).BindCopyCondition(copy.Where, relation);
        if (Refusal(relation) is { } refusal)
            return new BoundCopy(relation.Name, [.. columns.Select(Column)], new BoundStatement(copy, [], [])) { Relation = relation, Refusal = refusal };

        // What the condition reads beside the data comes from the defaults, and goes into the table as it was read.
        var others = condition is null ? [] : Unlisted(condition, relation, columns);
        var targets = columns.AddRange(others);
        uint[] types = [.. columns.Select(column => column.Type.Oid)];
        var bound = analyzer.Bind(
            new Insert
            {
                Table = new QualifiedName([relation.Schema, relation.Name]) { Position = -1 },
                Columns = [.. targets.Select(column => new AssignmentTarget(column.Name, [], []))],
                Overriding = "system",
                Source = targets.IsEmpty ? null : condition is null ? Row(columns) : Selected(relation, columns, others),
            },
            types);
        var volatileDefaults = relation.Columns.Any(column =>
            !targets.Contains(column) && (column.Sequence is not null || (column.Default is { } text && IsVolatile(text, column))));
        return new BoundCopy(relation.Name, [.. columns.Select(Column)], WithoutModifiers(bound))
        {
            Relation = relation,
            HasCondition = condition is not null,
            RowByRow = volatileDefaults || (condition is not null && NestedCalls.HasVolatile(condition)),
        };
    }

    private static Values Row(ImmutableArray<ColumnInfo> columns) => new([[.. columns.Select((_, i) => (Expr)new Parameter(i + 1))]]);

    /// <summary>SELECT columns FROM (SELECT $1 AS a, …) AS table WHERE condition.</summary>
    private Select Selected(RelationInfo relation, ImmutableArray<ColumnInfo> columns, ImmutableArray<ColumnInfo> others)
    {
        var values = columns.Select((column, i) => new SelectItem(new Parameter(i + 1), column.Name))
            .Concat(others.Select(column => new SelectItem(Default(column), column.Name)));
        return new Select
        {
            Items = [.. columns.Concat(others).Select(column => new SelectItem(new ColumnRef([column.Name]) { Position = -1 }, null))],
            From = [new SubqueryRef(new Select { Items = [.. values] }, false) { Alias = new Alias(relation.Name, []) }],
            Where = copy.Where,
        };
    }

    private ImmutableArray<ColumnInfo> Unlisted(Expr condition, RelationInfo relation, ImmutableArray<ColumnInfo> listed)
    {
        var names = new ColumnNames();
        names.Visit(condition);
        var others = ImmutableArray.CreateBuilder<ColumnInfo>();
        foreach (var column in relation.Columns)
        {
            if (!names.Found.Contains(column.Name)) continue;
            if (column.Generated is not null)
                throw new PgException("42P10", "generated columns are not supported in COPY FROM WHERE conditions")
                {
                    Detail = $"Column \"{column.Name}\" is a generated column.",
                };
            if (listed.Contains(column)) continue;
            if (column.Sequence is not null || (column.Default is { } text && IsVolatile(text, column)))
                throw PgException.Unsupported($"COPY FROM with a WHERE condition over \"{column.Name}\", whose default changes with every row, is not supported");
            others.Add(column);
        }

        return others.ToImmutable();
    }

    private bool IsVolatile(string text, ColumnInfo column) =>
        NestedCalls.HasVolatile(analyzer.BindExpression(Parser.ParseExpression(text), null, column.Type, column.Name));

    private static Expr Default(ColumnInfo column) =>
        new Cast(column.Default is { } text ? Parser.ParseExpression(text) : new NullLiteral(), TypeNames.Of(column.Type.Oid), CastKind.Assignment);

    private static BoundStatement WithoutModifiers(BoundStatement bound) =>
        bound.Tree is Insert { Source: Values values } insert
            ? bound with
            {
                Tree = insert with
                {
                    Source = values with
                    {
                        Rows = [.. values.Rows.Select(row => row.Select(value =>
                            value is Cast { Operand: Parameter parameter } cast && parameter.Type.Oid == cast.Type.Oid
                                ? parameter with { Type = cast.Type }
                                : value).ToImmutableArray())],
                    },
                },
            }
            : bound;

    private static CopyColumn Column(ColumnInfo column) => new(column.Name, column.Type);

    private sealed class ColumnNames : TreeWalker
    {
        public HashSet<string> Found { get; } = new(StringComparer.Ordinal);

        protected override bool Enter(Expr expression)
        {
            if (expression is ColumnRef { Column: not null } column) Found.Add(column.Name);
            return true;
        }
    }
}
