using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Operators, and the predicates that are made of them.</summary>
internal sealed partial class Binder
{
    private static OperatorResolver.Resolution ResolveOperator(string symbol, uint left, uint right, int position)
    {
        var found = OperatorResolver.Resolve(symbol, left, right);
        return found.Operator is null ? throw Failure.NoOperator(symbol, left, right, found.Ambiguous, position) : found;
    }

    private void CheckSchema(OperatorName name, uint left, uint right, int position)
    {
        if (name.Schema is { } schema && !analyzer.Schema.Schemas.Contains(schema))
            throw Failure.New(SqlStates.InvalidSchemaName, $"schema \"{schema}\" does not exist", position);
        if (name.Schema is not (null or "pg_catalog") && !(name.Schema == "public" && OperatorResolver.Resolve(name.Symbol, left, right).Operator is { } found && Catalog.IsOfVector(found.Oid)))
            throw Failure.NoOperator($"{name.Schema}.{name.Symbol}", left, right, false, position);
    }

    private static bool IsComparison(string symbol) => symbol is "=" or "<>" or "<" or ">" or "<=" or ">=";

    private Expr BindBinary(BinaryOp binary)
    {
        if (binary is { Left: RowConstructor, Right: ScalarSubquery subquery } && IsComparison(binary.Operator.Symbol))
        {
            var (row, query, op) = BindAgainstQuery(binary.Left, subquery.Query, binary.Operator.Symbol, binary.ErrorPosition);
            return binary with { Left = row, Right = subquery with { Query = query, Type = row.Type }, Resolved = op, Type = Boolean };
        }

        if (binary is { Operator.Symbol: "->", Right: ColumnRef } && BindArrow(binary) is { } joined) return joined;
        var (left, right) = (Bind(binary.Left), Bind(binary.Right));
        if (left is RowConstructor leftRow && IsComparison(binary.Operator.Symbol))
        {
            if (right is RowConstructor rightRow)
            {
                var (a, b) = CompareRows(leftRow, rightRow, binary.Operator.Symbol, binary.ErrorPosition);
                return binary with { Left = a, Right = b, Type = Boolean };
            }

        }

        CheckSchema(binary.Operator, left.Type.Oid, right.Type.Oid, binary.ErrorPosition);
        var found = ResolveOperator(binary.Operator.Symbol, left.Type.Oid, right.Type.Oid, binary.ErrorPosition);
        return binary with
        {
            Left = Coerce(left, found.Left),
            Right = Coerce(right, found.Right),
            Resolved = found.Operator,
            Type = new TypeRef(found.Result),
        };
    }

    private Expr BindUnary(UnaryOp unary)
    {
        // The sign belongs to the literal, or the smallest int4 and int8 could not be written.
        if (unary is { Operator: { Symbol: "-", Schema: null }, Operand: NumberLiteral { Type.IsKnown: false } number })
            return BindNumber(number with { Text = number.Text[0] == '-' ? number.Text[1..] : "-" + number.Text, Position = unary.Position });

        var operand = Bind(unary.Operand);
        CheckSchema(unary.Operator, 0, operand.Type.Oid, unary.ErrorPosition);
        var found = ResolveOperator(unary.Operator.Symbol, 0, operand.Type.Oid, unary.ErrorPosition);
        return unary with { Operand = Coerce(operand, found.Right), Resolved = found.Operator, Type = new TypeRef(found.Result) };
    }

    private (RowConstructor Left, RowConstructor Right) CompareRows(RowConstructor left, RowConstructor right, string symbol, int position)
    {
        if (left.Items.Length != right.Items.Length) throw Failure.Syntax("unequal number of entries in row expressions", position);
        if (left.Items.IsEmpty) throw Failure.Unsupported("cannot compare rows of zero length", position);
        var (lefts, rights) = (left.Items.ToBuilder(), right.Items.ToBuilder());
        for (var i = 0; i < lefts.Count; i++)
        {
            var found = ResolveOperator(symbol, lefts[i].Type.Oid, rights[i].Type.Oid, position);
            lefts[i] = Coerce(lefts[i], found.Left);
            rights[i] = Coerce(rights[i], found.Right);
        }

        return (left with { Items = lefts.MoveToImmutable() }, right with { Items = rights.MoveToImmutable() });
    }

    private IsDistinctFrom BindDistinct(IsDistinctFrom distinct)
    {
        var (left, right) = (Bind(distinct.Left), Bind(distinct.Right));
        if (left is RowConstructor leftRow && right is RowConstructor rightRow)
        {
            var (a, b) = CompareRows(leftRow, rightRow, "=", distinct.ErrorPosition);
            return distinct with { Left = a, Right = b, Type = Boolean };
        }

        var found = ResolveOperator("=", left.Type.Oid, right.Type.Oid, distinct.ErrorPosition);
        return distinct with { Left = Coerce(left, found.Left), Right = Coerce(right, found.Right), Resolved = found.Operator, Type = Boolean };
    }

    private NullIf BindNullIf(NullIf nullIf)
    {
        var (left, right) = (Bind(nullIf.Left), Bind(nullIf.Right));
        var found = ResolveOperator("=", left.Type.Oid, right.Type.Oid, nullIf.ErrorPosition);
        left = Coerce(left, found.Left);
        return nullIf with { Left = left, Right = Coerce(right, found.Right), Resolved = found.Operator, Type = left.Type };
    }

    private Like BindLike(Like like)
    {
        var (operand, pattern) = (Bind(like.Operand), Bind(like.Pattern));
        var escape = like.Escape is null ? null : Bind(like.Escape);
        var symbol = (like.Kind, like.Negated) switch
        {
            (LikeKind.Like, false) => "~~",
            (LikeKind.Like, true) => "!~~",
            (LikeKind.ILike, false) => "~~*",
            (LikeKind.ILike, true) => "!~~*",
            (_, false) => "~",
            (_, true) => "!~",
        };
        if (like.Kind == LikeKind.SimilarTo) pattern = Coerce(pattern, Oids.Text);
        if (escape is not null)
        {
            var isBytes = pattern.Type.Oid == Oids.Bytea;
            if (!isBytes) pattern = Coerce(pattern, Oids.Text);
            escape = Coerce(escape, isBytes ? Oids.Bytea : Oids.Text);
        }

        var found = ResolveOperator(symbol, operand.Type.Oid, pattern.Type.Oid, like.ErrorPosition);
        return like with { Operand = Coerce(operand, found.Left), Pattern = Coerce(pattern, found.Right), Escape = escape, Type = Boolean };
    }

    private Between BindBetween(Between between)
    {
        var (operand, low, high) = (Bind(between.Operand), Bind(between.Low), Bind(between.High));

        // It means operand >= low AND operand <= high, so a parameter takes its type from the low bound.
        if (operand is Parameter { Type.Oid: Oids.Unknown })
            operand = Coerce(operand, ResolveOperator(">=", Oids.Unknown, low.Type.Oid, between.ErrorPosition).Left);
        var type = ComparisonType(">=", operand, [low, high], between.ErrorPosition);
        return between with { Operand = Coerce(operand, type), Low = Coerce(low, type), High = Coerce(high, type), Type = Boolean };
    }

    /// <summary>
    /// The one type in which an operand can be compared with all of the others: their common type, as the operator takes
    /// it. PostgreSQL may compare pairs of different types instead; the outcome is the same.
    /// </summary>
    private uint ComparisonType(string symbol, Expr operand, ReadOnlySpan<Expr> others, int position, ReadOnlySpan<int> positions = default)
    {
        Span<uint> types = others.Length < 64 ? stackalloc uint[others.Length + 1] : new uint[others.Length + 1];
        types[0] = operand.Type.Oid;
        for (var i = 0; i < others.Length; i++) types[i + 1] = others[i].Type.Oid;
        var common = CommonType.Select(types, out _, out _);
        if (common == 0)
        {
            // One of the pairs must fail; it names the operator as PostgreSQL does.
            for (var i = 0; i < others.Length; i++)
            {
                // The second bound of BETWEEN compares the other way round.
                var pair = symbol == ">=" && i > 0 ? "<=" : symbol;
                ResolveOperator(pair, operand.Type.Oid, others[i].Type.Oid, positions.IsEmpty ? position : positions[i]);
            }

            throw Failure.Unsupported("comparison with values of several categories is not supported", position);
        }

        var found = OperatorResolver.Resolve(symbol, common, common);
        if (found.Operator is null) ResolveOperator(symbol, operand.Type.Oid, others[0].Type.Oid, position);
        return found.Operator is null || found.Left != found.Right ? common : found.Left;
    }

    private static BitLiteral BindBits(BitLiteral bits)
    {
        try
        {
            using var carrier = new ByteWriter();
            ((SpanCodec)Codecs.Get(Oids.Bit)).DecodeText(System.Text.Encoding.UTF8.GetBytes((bits.Hex ? "x" : "b") + bits.Digits), FormatSettings.Default, carrier);
        }
        catch (PgException error)
        {
            throw error.At(bits.Position + 1);
        }

        return bits with { Type = new TypeRef(Oids.Bit) };
    }

    private Expr BindInList(InList list)
    {
        var operand = Bind(list.Operand);
        var items = BindAll(list.Items);
        if (operand is RowConstructor row)
        {
            // Each item may need another conversion of the left side; the first one's is taken for all.
            var rows = ImmutableArray.CreateBuilder<Expr>(items.Length);
            var left = row;
            foreach (var item in items)
            {
                if (item is not RowConstructor right) throw Failure.NoOperator("=", Oids.Record, item.Type.Oid, false, list.ErrorPosition);
                (left, right) = CompareRows(left, right, "=", list.ErrorPosition);
                rows.Add(right);
            }

            return list with { Operand = left, Items = rows.MoveToImmutable(), Type = Boolean };
        }

        // A column is compared by = on its own, which fixes the type of an operand that has none yet.
        if (operand is Parameter { Type.Oid: Oids.Unknown })
            foreach (var item in items)
                if (ColumnTest.HasColumn(item)) Coerce(operand, ResolveOperator("=", Oids.Unknown, item.Type.Oid, list.ErrorPosition).Left);
        var type = ComparisonType("=", operand, items.AsSpan(), list.ErrorPosition);

        // Several items without columns are an array to PostgreSQL, whose type a parameter takes; a single one is an operand of =.
        var open = items.Where(item => !ColumnTest.HasColumn(item)).ToList();
        if (open.Count > 1 && open.Exists(item => item is Parameter { Type.Oid: Oids.Unknown }))
        {
            uint[] types = [operand.Type.Oid, .. open.Select(item => item.Type.Oid)];
            if (CommonType.Select(types, out _, out _) is var common and not 0 && TypeSystem.ArrayOf(common) != 0)
                items = [.. items.Select(item => item is Parameter { Type.Oid: Oids.Unknown } ? Coerce(item, common) : item)];
        }

        return list with
        {
            Operand = Coerce(operand, type),
            Items = [.. items.Select(item => Coerce(item, type))],
            Type = Boolean,
        };
    }

    private Expr BindInSubquery(InSubquery membership)
    {
        var (left, query, _) = BindAgainstQuery(membership.Operand, membership.Query, "=", membership.ErrorPosition);
        return membership with { Operand = left, Query = query, Type = Boolean };
    }

    /// <summary>Left side against a subquery's columns, both converted to what the operator takes.</summary>
    private (Expr Left, Query Query, OperatorInfo? Operator) BindAgainstQuery(Expr operand, Query query, string symbol, int position)
    {
        var left = Bind(operand);
        var (bound, columns) = BindSubquery(query);
        var lefts = left is RowConstructor row ? row.Items.ToArray() : [left];
        if (columns.Length < lefts.Length) throw Failure.Syntax("subquery has too few columns", position);
        if (columns.Length > lefts.Length) throw Failure.Syntax("subquery has too many columns", position);

        OperatorInfo? op = null;
        var targets = new TypeRef[lefts.Length];
        for (var i = 0; i < lefts.Length; i++)
        {
            var found = ResolveOperator(symbol, lefts[i].Type.Oid, columns[i].Type.Oid, position);
            if (found.Result != Oids.Bool)
                throw Failure.Mismatch($"operator {symbol} must return type boolean, not type {TypeSystem.Format(found.Result)}", position);
            lefts[i] = Coerce(lefts[i], found.Left);
            targets[i] = new TypeRef(found.Right);
            op = found.Operator;
        }

        bound = CoerceOutput(bound, targets, CastKind.Implicit);
        return (left is RowConstructor tuple ? tuple with { Items = [.. lefts] } : lefts[0], bound, lefts.Length == 1 ? op : null);
    }

    private Expr BindQuantified(Quantified quantified)
    {
        var symbol = quantified.Operator.Symbol;
        var position = quantified.ErrorPosition;
        if (quantified.Query is not null)
        {
            var (value, query, op) = BindAgainstQuery(quantified.Left, quantified.Query, symbol, position);
            return quantified with { Left = value, Query = query, Resolved = op, Type = Boolean };
        }

        var left = Bind(quantified.Left);
        var array = Bind(quantified.Array!);
        uint element = Oids.Unknown;
        if (array.Type.Oid != Oids.Unknown)
        {
            element = TypeSystem.ElementOf(array.Type.Oid);
            if (element == 0 && PgTypes.Find(array.Type.Oid) is { Category: 'A', ElementOid: not 0 } vector) element = vector.ElementOid;
            if (element == 0)
                throw Failure.New(SqlStates.WrongObjectType, "op ANY/ALL (array) requires array on right side", position);
        }

        var found = ResolveOperator(symbol, left.Type.Oid, element, position);
        if (found.Result != Oids.Bool)
            throw Failure.New(SqlStates.WrongObjectType, "op ANY/ALL (array) requires operator to yield boolean", position);
        var target = found.Right == element ? array.Type.Oid : TypeSystem.ArrayOf(found.Right);
        return quantified with { Left = Coerce(left, found.Left), Array = Coerce(array, target), Resolved = found.Operator, Type = Boolean };
    }

    private static bool IsOrdered(uint type) =>
        type == Oids.Record || OperatorResolver.Resolve("<", type, type) is { Operator: not null, Result: Oids.Bool };

    private static bool HasEquality(uint type) =>
        type == Oids.Record || OperatorResolver.Resolve("=", type, type) is { Operator: not null, Result: Oids.Bool };
}
