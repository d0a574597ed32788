using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>FROM: what stands there becomes an entry of the range table.</summary>
internal sealed partial class Binder
{
    private ImmutableArray<FromItem> BindFrom(ImmutableArray<FromItem> items)
    {
        if (items.IsEmpty) return items;
        var bound = ImmutableArray.CreateBuilder<FromItem>(items.Length);
        foreach (var item in items) bound.Add(BindFrom(item));
        return bound.MoveToImmutable();
    }

    private FromItem BindFrom(FromItem item) => item switch
    {
        TableRef table => BindTable(table),
        SubqueryRef subquery => BindSubqueryRef(subquery),
        FunctionRef function => BindFunctionRef(function),
        Join join => BindJoin(join),
        _ => throw new NotSupportedException(item.GetType().Name),
    };

    private void Add(RangeItem item, int position)
    {
        foreach (var other in _scope.Items)
        {
            if (!other.Qualified || !item.Qualified || other.Alias != item.Alias) continue;
            if (!other.Aliased && !item.Aliased && other.Relation!.Oid != item.Relation!.Oid)
                throw Failure.Unsupported($"two tables named \"{item.Alias}\" in one FROM need aliases", position);
            throw new PgException(SqlStates.DuplicateAlias, $"table name \"{item.Alias}\" specified more than once");
        }

        _scope.Items.Add(item);
    }

    private RelationInfo FindRelation(QualifiedName name)
    {
        if (name.Catalog is { } catalog && analyzer.Schema.Database is { } database && catalog != database)
            throw Failure.Unsupported($"cross-database references are not implemented: \"{name}\"", name.Position);
        if (analyzer.Schema.Resolve(name.Schema, name.Last, analyzer.SearchPath) is { } relation) return relation;
        throw Failure.New(SqlStates.UndefinedTable, $"relation \"{name}\" does not exist", name.Position);
    }

    private TableRef BindTable(TableRef table)
    {
        var alias = table.Alias?.Name ?? table.Name.Last;
        var renamed = table.Alias?.Columns ?? [];
        if (table.Name.Schema is null && _scope.FindCommonTable(table.Name.Last) is { } common)
        {
            common.Referenced = true;
            if (common.IsOpen) _scope.RecursiveOver = common;
            if (common.MalformedAt is { } malformed)
                throw Failure.New(
                    "42P19", $"recursive query \"{common.Name}\" does not have the form non-recursive-term UNION [ALL] recursive-term", malformed);
            if (!common.HasRows)
                throw Failure.Unsupported($"WITH query \"{common.Name}\" does not have a RETURNING clause", table.Name.Position);
            CheckRenamed(alias, common.Columns.Length, renamed);
            Add(new RangeItem(alias, common.Columns, renamed), table.Position);
            return table;
        }

        var relation = FindRelation(table.Name);
        if (relation.Kind == RelationKind.Index)
            throw new PgException(SqlStates.WrongObjectType, $"cannot open relation \"{relation.Name}\"")
            {
                Detail = "This operation is not supported for indexes.",
                Position = Failure.At(table.Name.Position),
            };
        CheckRenamed(alias, relation.Columns.Length, renamed);
        Add(new RangeItem(alias, relation, renamed, table.Alias is not null), table.Position);
        if (table.Sample is not { } sample) return table with { Relation = relation };
        return table with
        {
            Relation = relation,
            Sample = sample with
            {
                Arguments = [.. sample.Arguments.Select(argument => Coerce(BindIn(Clause.FunctionInFrom, argument), Oids.Float4))],
                Repeatable = sample.Repeatable is null ? null : Coerce(BindIn(Clause.FunctionInFrom, sample.Repeatable), Oids.Float8),
            },
        };
    }

    private static void CheckRenamed(string alias, int available, ImmutableArray<string> renamed)
    {
        if (renamed.Length > available)
            throw Failure.New(
                "42P10", $"table \"{alias}\" has {available} columns available but {renamed.Length} columns specified", -1);
    }

    private SubqueryRef BindSubqueryRef(SubqueryRef subquery)
    {
        if (subquery.Alias is not { } alias)
            throw Failure.New(
                SqlStates.SyntaxError,
                subquery.Query is Values ? "VALUES in FROM must have an alias" : "subquery in FROM must have an alias",
                subquery.Position,
                subquery.Query is Values ? "For example, FROM (VALUES ...) [AS] foo." : "For example, FROM (SELECT ...) [AS] foo.");

        // LATERAL sees all that stands to the left, also outside its join.
        var visibleFrom = _scope.VisibleFrom;
        _scope.VisibleFrom = 0;
        var (query, columns) = BindQuery(subquery.Query, new Scope(_scope, subquery.Lateral));
        _scope.VisibleFrom = visibleFrom;
        CheckRenamed(alias.Name, columns.Length, alias.Columns);
        Add(new RangeItem(alias.Name, columns, alias.Columns), subquery.Position);
        return subquery with { Query = query };
    }

    private FunctionRef BindFunctionRef(FunctionRef function)
    {
        var visibleFrom = _scope.VisibleFrom;
        _scope.VisibleFrom = 0;
        var written = SpreadUnnest(function.Calls);
        var calls = ImmutableArray.CreateBuilder<Expr>(written.Length);
        var columns = new List<OutputColumn>();
        var name = function.Alias?.Name ?? OutputNames.Of(written[0]);
        foreach (var call in written)
        {
            var bound = KnownOrText(BindIn(Clause.FunctionInFrom, call));
            calls.Add(bound);
            AddColumns(columns, bound, function, written.Length == 1 ? function.Alias?.Name ?? OutputNames.Of(call) : OutputNames.Of(call));
        }

        _scope.VisibleFrom = visibleFrom;
        if (function.WithOrdinality) columns.Add(new OutputColumn("ordinality", new TypeRef(Oids.Int8)));
        var renamed = function.Alias?.Columns ?? [];
        CheckRenamed(name, columns.Count, renamed);
        var item = new RangeItem(name, [.. columns], renamed)
        {
            IsScalar = columns.Count == 1 && calls is [{ Type.Oid: not Oids.Record }],
        };
        Add(item, function.Position);
        return function with
        {
            Calls = calls.MoveToImmutable(),
            Alias = new Alias(name, [.. Enumerable.Range(0, item.Count).Select(item.Name)]) { Position = function.Position },
        };
    }

    /// <summary>unnest(a, b) in FROM stands for ROWS FROM (unnest(a), unnest(b)).</summary>
    private static ImmutableArray<Expr> SpreadUnnest(ImmutableArray<Expr> calls)
    {
        if (calls is not [FunctionCall { Name: { Last: "unnest", Schema: null or "pg_catalog" }, Arguments.Length: > 1 } call]) return calls;
        return [.. call.Arguments.Select(argument => (Expr)(call with { Arguments = [argument] }))];
    }

    private static void AddColumns(List<OutputColumn> columns, Expr bound, FunctionRef function, string name)
    {
        if (!function.Definitions.IsDefaultOrEmpty)
        {
            if (bound.Type.Oid != Oids.Record || bound is FunctionCall { Resolved.OutTypes.IsEmpty: false })
                throw Failure.Syntax("a column definition list is only allowed for functions returning \"record\"", function.Definitions[0].Position);
            foreach (var definition in function.Definitions)
                columns.Add(new OutputColumn(definition.Name, TypeNames.Resolve(definition.Type!) is var type && Domains.Is(type.Oid)
                    ? throw PgException.Unsupported($"domain {TypeSystem.Format(type)} in a column definition list is not supported")
                    : type));
            return;
        }

        if (bound is FunctionCall { Resolved: { OutTypes.IsEmpty: false } resolved } && (resolved.Returns == Oids.Record || resolved.OutTypes.Length > 1))
        {
            for (var i = 0; i < resolved.OutTypes.Length; i++)
                columns.Add(new OutputColumn(resolved.OutNames[i], new TypeRef(resolved.OutTypes[i])));
            return;
        }

        if (bound.Type.Oid == Oids.Record)
            throw Failure.Syntax("a column definition list is required for functions returning \"record\"", bound.Position);
        if (bound is FunctionCall { Resolved.OutNames: [var only] }) name = only;
        columns.Add(new OutputColumn(name, bound.Type));
    }

    private Join BindJoin(Join join)
    {
        var start = _scope.Items.Count;
        var left = BindFrom(join.Left);
        var middle = _scope.Items.Count;
        var right = BindFrom(join.Right);
        var end = _scope.Items.Count;
        var bound = join with { Left = left, Right = right, Natural = false, Using = [], UsingAlias = null, Alias = null };

        if (join.Natural || !join.Using.IsDefaultOrEmpty)
        {
            bound = BindUsing(join, bound, start, middle, end);
        }
        else if (join.On is not null)
        {
            var visibleFrom = _scope.VisibleFrom;
            _scope.VisibleFrom = start;
            bound = bound with { On = BindCondition(Clause.On, "JOIN/ON", join.On) };
            _scope.VisibleFrom = visibleFrom;
        }

        if (join.Alias is not null) NameJoin(join.Alias, start);
        return bound;
    }

    /// <summary>A join's alias hides the names inside it.</summary>
    private void NameJoin(Alias alias, int start)
    {
        var columns = new List<JoinColumn>();
        for (var i = start; i < _scope.Items.Count; i++)
        {
            var item = _scope.Items[i];
            if (item.Unqualified) AddAll(columns, item);
            item.Qualified = item.Unqualified = false;
        }

        CheckRenamed(alias.Name, columns.Count, alias.Columns);
        Add(new RangeItem(alias.Name, [.. columns], alias.Columns), alias.Position);
    }

    private static void AddAll(List<JoinColumn> columns, RangeItem item)
    {
        for (var i = 0; i < item.Count; i++) columns.Add(new JoinColumn(item.Name(i), item, i, null));
    }

    /// <summary>USING and NATURAL become ON; their merged columns come first in the join.</summary>
    private Join BindUsing(Join join, Join bound, int start, int middle, int end)
    {
        var lefts = new List<JoinColumn>();
        var rights = new List<JoinColumn>();
        for (var i = start; i < end; i++)
        {
            var item = _scope.Items[i];
            if (!item.Unqualified) continue;
            AddAll(i < middle ? lefts : rights, item);
            item.Unqualified = false;
        }

        var names = join.Natural
            ? lefts.Select(column => column.Name).Where(name => rights.Exists(column => column.Name == name)).ToList()
            : [.. join.Using];
        var merged = new List<JoinColumn>();
        Expr? on = null;
        foreach (var name in names)
        {
            var a = Take(lefts, name, "left");
            var b = Take(rights, name, "right");
            var found = ResolveOperator("=", a.Type.Oid, b.Type.Oid, join.Position);
            Expr equal = new BinaryOp(Coerce(a, found.Left), new OperatorName("="), Coerce(b, found.Right)) { Resolved = found.Operator, Type = Boolean };
            on = on is null ? equal : new And(on, equal) { Type = Boolean };

            var common = CommonTypeOf([a, b], "JOIN/USING");
            var (left, right) = (CoerceToCommon(a, common, "JOIN/USING"), CoerceToCommon(b, common, "JOIN/USING"));
            var value = join.Kind switch
            {
                JoinKind.Full => new Coalesce([left, right]) { Type = WithTypmod(common, [left, right]) },
                JoinKind.Right => right,
                // Either side will do: that which needs no conversion.
                JoinKind.Inner when !ReferenceEquals(left, a) && ReferenceEquals(right, b) => right,
                _ => left,
            };
            merged.Add(new JoinColumn(name, null, 0, value));
        }

        if (join.UsingAlias is not null) Add(new RangeItem(join.UsingAlias, [.. merged], []) { Unqualified = false }, join.Position);
        Add(new RangeItem("", [.. merged, .. lefts, .. rights], []), join.Position);
        return on is null
            ? bound with { Kind = join.Kind == JoinKind.Inner ? JoinKind.Cross : join.Kind, On = join.Kind == JoinKind.Inner ? null : new BooleanLiteral(true) { Type = Boolean } }
            : bound with { On = on, Merged = [.. names] };
    }

    private static Expr Take(List<JoinColumn> columns, string name, string side)
    {
        var index = columns.FindIndex(column => column.Name == name);
        if (index < 0)
            throw Failure.New(
                SqlStates.UndefinedColumn, $"column \"{name}\" specified in USING clause does not exist in {side} table", -1);
        if (columns.FindLastIndex(column => column.Name == name) != index)
            throw Failure.New(
                SqlStates.AmbiguousColumn, $"common column name \"{name}\" appears more than once in {side} table", -1);
        var column = columns[index];
        columns.RemoveAt(index);
        return column.Merged ?? column.Item!.Reference(column.Index, -1);
    }
}
