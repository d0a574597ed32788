using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>IN, ANY, ALL, EXISTS, and subqueries that are values.</summary>
public sealed partial class IrisWriter
{
    // IRIS is said to have trouble with longer lists.
    private const int MaxList = 500;

    private bool In(InList e, bool negated)
    {
        negated ^= e.Negated;
        if (e.Operand is RowConstructor row) return RowIn(row, e.Items, negated);
        var items = e.Items;
        var plain = true;
        foreach (var item in items)
        {
            if (IsNothing(item))
            {
                // x NOT IN (…, NULL) is never true; x IN (…, NULL) is true where it is without the NULL.
                if (negated) return Write(Never);
                return In(e with { Items = items.RemoveAll(IsNothing), Negated = false }, false);
            }

            plain &= item is NumberLiteral or StringLiteral or Cast { Operand: NumberLiteral or StringLiteral };
        }

        if (items.IsEmpty) return Write(negated ? Always : Never);
        if (items.Length == 1) return Compare(e.Operand, negated ? "<>" : "=", items[0]);
        if (negated && !plain) return Each(e.Operand, items, "<>", " AND ");
        foreach (var item in items)
            if (Comparison(e.Operand, item) is null or Way.Moment) return Each(e.Operand, items, negated ? "<>" : "=", negated ? " AND " : " OR ");
        if (items.Length > MaxList) Write('(');
        for (var first = 0; first < items.Length; first += MaxList)
        {
            if (first > 0) Write(negated ? " AND " : " OR ");
            if (!ByPolicy(e.Operand) || !Write(negated ? " NOT IN (" : " IN (")) return false;
            for (var i = first; i < Math.Min(first + MaxList, items.Length); i++)
            {
                if (i > first) Write(", ");
                if (!ByPolicy(items[i], e.Operand)) return false;
            }

            Write(')');
        }

        return items.Length <= MaxList || Write(')');
    }

    /// <summary>A text for = as the comparison policy has it.</summary>
    private bool ByPolicy(Expr e, Expr? other = null) =>
        options.ExactComparison && Folds(e) ? ExactText(e) : Value(e, other is ColumnRef { Column.Column: not null } ? Need.Beside : Need.None);

    private bool Each(Expr operand, ImmutableArray<Expr> items, string symbol, string connective)
    {
        Write('(');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Write(connective);
            if (!Compare(operand, symbol, items[i])) return false;
        }

        return Write(')');
    }

    private bool RowIn(RowConstructor row, ImmutableArray<Expr> items, bool negated)
    {
        Write('(');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Write(negated ? " AND " : " OR ");
            if (items[i] is not RowConstructor item || !Rows(row.Items, negated ? "<>" : "=", item.Items)) return false;
        }

        return Write(')');
    }

    /// <summary>x op ANY|ALL (array).</summary>
    private bool Member(Quantified e, bool negated)
    {
        var symbol = e.Operator.Symbol;
        if (e.Array is ArrayConstructor { Items.IsEmpty: false } list && !list.Items.Any(item => PgTypes.Find(item.Type.Oid) is { IsArray: true }))
        {
            if (symbol == (e.All ? "<>" : "=")) return In(new InList(e.Left, list.Items, e.All) { Type = e.Type }, negated);

            // ANY is true where one is, ALL where all are; false the other way round.
            Write('(');
            for (var i = 0; i < list.Items.Length; i++)
            {
                if (i > 0) Write(e.All != negated ? " AND " : " OR ");
                if (!Condition(new BinaryOp(e.Left, e.Operator, list.Items[i]) { Resolved = e.Resolved, Type = e.Type }, negated)) return false;
            }

            return Write(')');
        }

        return symbol == (e.All ? "<>" : "=")
            ? Spread(e.Left, e.Array!, e.All != negated)
            : Refuse($"{symbol} {(e.All ? "ALL" : "ANY")} over an array is tested here");
    }

    /// <summary>x IN (the elements of an array), or not in.</summary>
    private bool Spread(Expr left, Expr array, bool negated)
    {
        if (!_constants.IsConstant(array)) return Refuse("an array of each row is tested here");
        var element = PgTypes.Find(array.Type.Oid)?.ElementOid ?? 0;
        if (element is 0 or Oids.Float4 or Oids.Float8 || left is RowConstructor) return Refuse($"= ANY over {Gateway.Types.TypeNames.Format(array.Type.Oid)} is tested here");
        if (left is not ColumnRef { Column.Column: not null } && StorageOf(left) is Storage.Date or Storage.Time or Storage.Timestamp) return Refuse("a moment that is computed is sought in an array here");
        if (_constants.IsConstant(left)) return Refuse("a constant among an array is tested here");
        if (Comparison(left, new Parameter(0) { Type = new TypeRef(element) }) is not (Way.Plain or Way.Text)) return Refuse($"= ANY over {Gateway.Types.TypeNames.Format(array.Type.Oid)} is tested here");
        if (!negated) return ByPolicy(left) && Write(" IN (") && Elements(array) && Write(')');

        // Among no values it is false, whatever it is; among NULLs it is never known.
        return Write('(') && IsOne(IsEmpty(array), false) && Write(" OR (") && IsOne(HasNoNull(array, element), false) && Write(" AND ")
            && ByPolicy(left) && Write(" NOT IN (") && Elements(array) && Write(")))");
    }

    private bool Elements(Expr array)
    {
        var type = PgTypes.Find(array.Type.Oid)?.ElementOid == Oids.Numeric ? array.Type with { Typmod = IrisTypes.AnyNumber } : array.Type;
        Inputs.Add(array switch
        {
            Parameter parameter => new Input(InputKind.Parameter, parameter.Number, type, Spread: true),
            InputRef reference => reference.Input with { Spread = true },
            _ => new Input(InputKind.Computed, hoisted.Add(array), type, Spread: true),
        });
        return Write(RemoteQuery.ListMarker);
    }

    private static BinaryOp IsEmpty(Expr array)
    {
        var size = new FunctionCall(new QualifiedName(["cardinality"]), [new Tree.Argument(array)])
        {
            Resolved = Catalog.Functions("cardinality")[0],
            Type = new TypeRef(Oids.Int4),
        };
        return Test(size, "=", new NumberLiteral("0") { Type = new TypeRef(Oids.Int4) });
    }

    private static And HasNoNull(Expr array, uint element)
    {
        FunctionInfo? position = null;
        foreach (var candidate in Catalog.Functions("array_position"))
            if (candidate.Arguments.Length == 2) position = candidate;
        var search = new FunctionCall(
            new QualifiedName(["array_position"]),
            [new Tree.Argument(array), new Tree.Argument(new NullLiteral { Type = new TypeRef(element) })])
        {
            Resolved = position,
            Type = new TypeRef(Oids.Int4),
        };

        var boolean = new TypeRef(Oids.Bool);
        return new And(new IsNull(array, true) { Type = boolean }, new IsNull(search, false) { Type = boolean }) { Type = boolean };
    }

    /// <summary>x op ANY|ALL (SELECT …), where NULLs count as PostgreSQL counts them.</summary>
    private bool Member(Expr left, string symbol, bool all, Query query, bool negated)
    {
        if (ElementsOf(query) is { } array && symbol == (all ? "<>" : "=")) return Spread(left, array, all != negated);
        if (left is RowConstructor && symbol is not ("=" or "<>")) return Refuse("a row is compared with a subquery here");
        if (!all && symbol == "=" && !negated && left is not RowConstructor && !IsNothing(left))
            return ByPolicy(left) && Write(" IN (") && Comparable(left, query) && WriteQuery(query, null, Place.Inner, options.ExactComparison) && Write(')');
        if (query is not Select select || !IsBare(select)) return Refuse("a subquery with groups or limits is tested here");

        // One that is, or none that may be.
        var wanted = all ? Opposite(symbol) : symbol;
        var test = new MemberTest(At(left), wanted, all != negated);
        return (all == negated || Write("NOT ")) && Exists(query, test);
    }

    /// <param name="OrUnknown">Also where the comparison is unknown.</param>
    private sealed record MemberTest(Expr Left, string Symbol, bool OrUnknown);

    /// <summary>An expression of this level, for use in an inner one.</summary>
    private Expr At(Expr e) => e is RowConstructor row ? row with { Items = [.. row.Items.Select(At)] }
        : _constants.IsConstant(e) ? e
        : new AtScope(e, _scope) { Type = e.Type };

    private bool Comparable(Expr left, Query query)
    {
        var types = OutputOf(query);
        return types is [var only] && Comparison(left, new Parameter(0) { Type = only.Value.Type }) is Way.Plain or Way.Text
            ? true
            : Refuse("the subquery's values are compared here");
    }

    /// <summary>The array of <c>(SELECT unnest(array))</c>.</summary>
    private Expr? ElementsOf(Query query) =>
        query is Select { From.IsEmpty: true, Where: null, With: null, Limit: null, Offset: null, Having: null, GroupBy.IsEmpty: true, DistinctOn.IsEmpty: true } select
        && select.Items is [{ Value: FunctionCall { Resolved.Source: "array_unnest", Arguments: [{ Value: var array }] } }] && _constants.IsConstant(array)
            ? array
            : null;

    private static bool IsBare(Select select)
    {
        if (select is not { GroupBy.IsEmpty: true, Having: null, Limit: null, Offset: null, DistinctOn.IsEmpty: true, With: null, Locking.IsEmpty: true }) return false;
        foreach (var item in select.Items)
            if (NestedCalls.FindAggregate(item.Value) is not null || NestedCalls.FindWindow(item.Value) is not null || NestedCalls.FindSet(item.Value) is not null) return false;
        return true;
    }

    private bool Exists(Query query, MemberTest? test)
    {
        Write("EXISTS (");
        if (query is not Select select || !IsBare(select)) return WriteQuery(query, null, Place.Inner) && Write(')');
        var outer = _scope;
        _scope = new Scope(_scope);
        var written = ExistsIn(select, test);
        _scope = outer;
        return written && Write(')');
    }

    private bool ExistsIn(Select select, MemberTest? test)
    {
        Write("SELECT 1");
        if (!select.From.IsEmpty && !(Write(" FROM ") && FromList(select.From))) return false;
        var any = false;
        if (select.Where is { } where)
        {
            Write(" WHERE ");
            if (!Conjunction(where)) return false;
            any = true;
        }

        if (test is null) return true;
        var lefts = test.Left is RowConstructor row ? row.Items : [test.Left];
        for (var i = 0; i < lefts.Length; i++)
        {
            Write(any || i > 0 ? " AND " : " WHERE ");
            var (x, y) = (lefts[i], select.Items[i].Value);
            var (xMay, yMay) = (test.OrUnknown && !NeverNull(x), test.OrUnknown && !NeverNull(y));
            if (xMay || yMay) Write('(');
            if (!Compare(x, test.Symbol, y)) return false;
            if (xMay && !(Write(" OR ") && IsNullTest(x, false))) return false;
            if (yMay && !(Write(" OR ") && IsNullTest(y, false))) return false;
            if (xMay || yMay) Write(')');
        }

        return true;
    }

    /// <summary>A subquery as a value. IRIS takes the first of several rows where PostgreSQL raises 21000, so there must be no more than one.</summary>
    private bool Subquery(ScalarSubquery e)
    {
        if (e.Query is not Select select || !IsSingle(select)) return Refuse("a subquery that may give several rows is computed here");
        return Write('(') && WriteQuery(select, null, Place.Inner) && Write(')');
    }

    private bool IsSingle(Select select)
    {
        if (select.Limit is { } limit && Literal(limit) is "1" or "0") return true;
        if (!select.GroupBy.IsEmpty) return false;
        foreach (var item in select.Items)
            if (NestedCalls.FindAggregate(item.Value) is not null) return true;
        return select is { From: [TableRef { Relation: { } relation } table], Where: { } where, Having: null } && HoldsKey(relation, table.Alias?.Name ?? table.Name.Last, where);
    }

    /// <summary>The condition fixes every column of the primary key.</summary>
    private static bool HoldsKey(RelationInfo relation, string alias, Expr where)
    {
        foreach (var constraint in relation.Constraints)
        {
            if (constraint.Kind != ConstraintKind.PrimaryKey) continue;
            foreach (var column in constraint.Columns)
                if (!Fixes(where, alias, column)) return false;
            return true;
        }

        return false;
    }

    private static bool Fixes(Expr where, string alias, string column)
    {
        return where switch
        {
            And and => Fixes(and.Left, alias, column) || Fixes(and.Right, alias, column),
            BinaryOp { Operator.Symbol: "=" } equal => (Is(equal.Left) && IsFixed(equal.Right)) || (Is(equal.Right) && IsFixed(equal.Left)),
            _ => false,
        };

        bool Is(Expr e) => e is ColumnRef { Column: { LevelsUp: 0 } bound } && bound.Source == alias && bound.Column?.Name == column;

        static bool IsFixed(Expr e) => e is Parameter or NumberLiteral or StringLiteral or Cast { Operand: Parameter or NumberLiteral or StringLiteral }
            or ColumnRef { Column.LevelsUp: > 0 } or Cast { Operand: ColumnRef { Column.LevelsUp: > 0 } };
    }
}
