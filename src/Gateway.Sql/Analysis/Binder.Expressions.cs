using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Scalar expressions, but operators, calls and column references.</summary>
internal sealed partial class Binder
{
    private static readonly TypeRef Boolean = new(Oids.Bool);

    private Expr Bind(Expr expression) => expression switch
    {
        ColumnRef { Column: not null } => expression,
        ColumnRef column => BindColumn(column),
        NumberLiteral number => BindNumber(number),
        StringLiteral or NullLiteral => expression.Type.IsKnown ? expression : expression with { Type = new TypeRef(Oids.Unknown) },
        BooleanLiteral => expression with { Type = Boolean },
        BitLiteral bits => BindBits(bits),
        Parameter parameter => parameter with { Type = new TypeRef(parameters.Refer(parameter.Number, parameter.Position)) },
        BinaryOp binary => BindBinary(binary),
        UnaryOp unary => BindUnary(unary),
        And and => and with { Left = ToBoolean(Bind(and.Left), "AND"), Right = ToBoolean(Bind(and.Right), "AND"), Type = Boolean },
        Or or => or with { Left = ToBoolean(Bind(or.Left), "OR"), Right = ToBoolean(Bind(or.Right), "OR"), Type = Boolean },
        Not not => not with { Operand = ToBoolean(Bind(not.Operand), "NOT"), Type = Boolean },
        IsNull test => test with { Operand = Settle(Bind(test.Operand)), Type = Boolean },
        IsTruth test => test with { Operand = ToBoolean(Bind(test.Operand), TruthName(test)), Type = Boolean },
        IsDistinctFrom distinct => BindDistinct(distinct),
        Like like => BindLike(like),
        Between between => BindBetween(between),
        InList list => BindInList(list),
        InSubquery membership => BindInSubquery(membership),
        Quantified quantified => BindQuantified(quantified),
        Exists exists => exists with { Query = BindSubquery(exists.Query).Query, Type = Boolean },
        ScalarSubquery scalar => BindScalar(scalar),
        ArraySubquery array => BindArraySubquery(array),
        Case branches => BindCase(branches),
        Coalesce coalesce => BindCoalesce(coalesce),
        NullIf nullIf => BindNullIf(nullIf),
        MinMax minMax => BindMinMax(minMax),
        FunctionCall call => BindCall(call),
        Cast cast => BindCast(cast),
        Collate collate => BindCollate(collate),
        ArrayConstructor array => BindArray(array, null),
        RowConstructor row => row with { Items = BindRowItems(row.Items), Type = new TypeRef(Oids.Record) },
        SqlValue value => value with { Type = TypeOf(value) },
        Subscript subscript => BindSubscript(subscript),
        FieldAccess field => BindField(field),
        CurrentOf current => current with { Type = Boolean },
        DefaultValue => throw Failure.Syntax("DEFAULT is not allowed in this context", expression.Position),
        Star { Qualifier.IsEmpty: false } star => WholeRow(star),
        Star => throw Failure.Syntax("row expansion via \"*\" is not supported here", expression.Position),
        _ => throw Failure.Unsupported($"{expression.GetType().Name} is not supported", expression.Position),
    };

    /// <summary>int4 if it fits, else int8, else numeric; with a point or an exponent numeric at once.</summary>
    private static NumberLiteral BindNumber(NumberLiteral number)
    {
        if (number.Type.IsKnown) return number;
        var type = !long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? Oids.Numeric
            : value is >= int.MinValue and <= int.MaxValue ? Oids.Int4
            : Oids.Int8;
        return number with { Type = new TypeRef(type) };
    }

    private static string TruthName(IsTruth test) =>
        $"IS {(test.Negated ? "NOT " : "")}{test.Value switch { Truth.True => "TRUE", Truth.False => "FALSE", _ => "UNKNOWN" }}";

    private static TypeRef TypeOf(SqlValue value) => value.Name switch
    {
        "current_date" => new(Oids.Date),
        "current_time" => new(Oids.TimeTz, Precision(value)),
        "current_timestamp" => new(Oids.TimestampTz, Precision(value)),
        "localtime" => new(Oids.Time, Precision(value)),
        "localtimestamp" => new(Oids.Timestamp, Precision(value)),
        _ => new(Oids.Name),
    };

    private static int Precision(SqlValue value) => value.Precision is { } digits ? Math.Min(digits, 6) : -1;

    private Expr BindCast(Cast cast)
    {
        var target = TypeNames.Resolve(cast.Target);
        var operand = cast.Operand is ArrayConstructor array && TypeSystem.ElementOf(target.Oid) is var element and not 0
            ? BindArray(array, new TypeRef(element, target.Typmod))
            : Bind(cast.Operand);
        if (operand is Cast { Kind: CastKind.Explicit } already && cast.Operand is ArrayConstructor && already.Type == target) return already;

        switch (operand)
        {
            case Parameter { Type.Oid: Oids.Unknown } parameter:
                parameters.Fix(parameter.Number, parameter.Position, target.Oid);
                operand = parameter with { Type = new TypeRef(target.Oid) };
                break;
            case NullLiteral { Type.Oid: Oids.Unknown }:
                operand = operand with { Type = new TypeRef(target.Oid) };
                break;
            case StringLiteral { Type.Oid: Oids.Unknown } literal when target is { Oid: Oids.Interval, Typmod: >= 0 }:
                operand = literal with { Value = WithUnits(literal, target.Typmod) };
                break;
        }

        if (operand.Type.Oid == target.Oid || operand.Type.Oid == Oids.Unknown)
            return cast with { Operand = operand, Type = target, Resolved = null };

        var pathway = Coercion.Find(operand.Type.Oid, target.Oid, CastKind.Explicit, out var function);
        if (pathway == Pathway.None) throw Failure.CannotCast(operand.Type.Oid, target.Oid, cast.ErrorPosition);
        return cast with { Operand = operand, Type = target, Resolved = function };
    }

    private Collate BindCollate(Collate collate)
    {
        var operand = Bind(collate.Operand);
        if (operand.Type.Oid != Oids.Unknown && TypeSystem.Category(operand.Type.Oid) is not ('S' or 'A'))
            throw Failure.Mismatch($"collations are not supported by type {TypeSystem.Format(operand.Type)}", collate.ErrorPosition);
        return collate with { Operand = operand, Type = operand.Type };
    }

    private ArrayConstructor BindArray(ArrayConstructor array, TypeRef? element)
    {
        if (array.Items.IsEmpty && element is null)
            throw Failure.New(
                SqlStates.IndeterminateDatatype,
                "cannot determine type of empty array",
                array.Position,
                "Explicitly cast to the desired type, for example ARRAY[]::integer[].");

        var items = ImmutableArray.CreateBuilder<Expr>(array.Items.Length);
        foreach (var item in array.Items)
            items.Add(item is ArrayConstructor inner ? BindArray(inner, element) : Bind(item));
        var bound = items.MoveToImmutable();

        uint type;
        if (element is { } asked)
        {
            type = asked.Oid;
            if (bound.Length > 0 && TypeSystem.ElementOf(bound[0].Type.Oid) != 0 && TypeSystem.ElementOf(type) == 0) type = TypeSystem.ArrayOf(type);
            bound = [.. bound.Select(item => TryCoerce(item, new TypeRef(type, asked.Typmod), CastKind.Explicit)
                ?? throw Failure.CannotCast(item.Type.Oid, type, item.Position))];
        }
        else
        {
            type = CommonTypeOf(bound.AsSpan(), "ARRAY");
            bound = CoerceAll(bound, type, "ARRAY");
        }

        var result = TypeSystem.ElementOf(type) != 0 ? type : TypeSystem.ArrayOf(type);
        if (result == 0)
            throw Failure.New(SqlStates.UndefinedObject, $"could not find array type for data type {TypeSystem.Format(type)}", array.Position);
        return array with { Items = bound, Type = new TypeRef(result, bound.IsEmpty ? -1 : WithTypmod(type, bound.AsSpan()).Typmod) };
    }

    private ImmutableArray<Expr> BindRowItems(ImmutableArray<Expr> items)
    {
        var bound = ImmutableArray.CreateBuilder<Expr>(items.Length);
        foreach (var item in items)
        {
            if (item is not Star star)
            {
                bound.Add(Bind(item));
                continue;
            }

            var columns = ImmutableArray.CreateBuilder<SelectItem>();
            ExpandStar(star, columns);
            foreach (var column in columns) bound.Add(column.Value);
        }

        return bound.ToImmutable();
    }

    private Case BindCase(Case branches)
    {
        var operand = branches.Operand is null ? null : KnownOrText(Bind(branches.Operand));
        var conditions = new Expr[branches.Whens.Length];
        var results = new Expr[branches.Whens.Length + 1];
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = Bind(branches.Whens[i].Condition);
            conditions[i] = operand is null ? ToBoolean(condition, "CASE/WHEN") : condition;
            results[i + 1] = Bind(branches.Whens[i].Result);
        }

        // ELSE comes first in choosing the type; without one it is NULL.
        results[0] = branches.Else is null ? new NullLiteral { Type = new TypeRef(Oids.Unknown) } : Bind(branches.Else);

        if (operand is not null)
        {
            var type = ComparisonType("=", operand, conditions, branches.Position, [.. branches.Whens.Select(when => when.Position)]);
            operand = Coerce(operand, type);
            for (var i = 0; i < conditions.Length; i++) conditions[i] = Coerce(conditions[i], type);
        }

        RefuseSets(results, "CASE");
        var common = CommonTypeOf(results, "CASE");
        for (var i = 0; i < results.Length; i++)
            results[i] = CoerceToCommon(results[i], common, i == 0 ? "CASE/ELSE" : "CASE/WHEN");
        return branches with
        {
            Operand = operand,
            Whens = [.. branches.Whens.Select((when, i) => when with { Condition = conditions[i], Result = results[i + 1] })],
            Else = branches.Else is null ? null : results[0],
            Type = WithTypmod(common, results),
        };
    }

    private Coalesce BindCoalesce(Coalesce coalesce)
    {
        var arguments = BindAll(coalesce.Arguments);
        RefuseSets(arguments.AsSpan(), "COALESCE");
        var type = CommonTypeOf(arguments.AsSpan(), "COALESCE");
        arguments = CoerceAll(arguments, type, "COALESCE");
        return coalesce with { Arguments = arguments, Type = WithTypmod(type, arguments.AsSpan()) };
    }

    private MinMax BindMinMax(MinMax minMax)
    {
        var name = minMax.Greatest ? "GREATEST" : "LEAST";
        var arguments = BindAll(minMax.Arguments);
        var type = CommonTypeOf(arguments.AsSpan(), name);
        arguments = CoerceAll(arguments, type, name);
        if (!IsOrdered(type))
            throw Failure.New(SqlStates.UndefinedFunction, $"could not identify a comparison function for type {TypeSystem.Format(type)}", minMax.Position);
        return minMax with { Arguments = arguments, Type = WithTypmod(type, arguments.AsSpan()) };
    }

    private Expr BindSubscript(Subscript subscript)
    {
        var operand = Bind(subscript.Operand);
        var element = TypeSystem.SubscriptOf(operand.Type.Oid);
        if (element == 0)
            throw Failure.Mismatch($"cannot subscript type {TypeSystem.Format(operand.Type)} because it does not support subscripting", operand.Position);

        var isJson = operand.Type.Oid == Oids.Jsonb;
        var isSlice = false;
        var items = ImmutableArray.CreateBuilder<SubscriptItem>(subscript.Items.Length);
        foreach (var item in subscript.Items)
        {
            isSlice |= item.IsSlice;
            items.Add(item with { Lower = Index(item.Lower), Upper = Index(item.Upper) });
        }

        if (isJson && isSlice) throw Failure.Mismatch("jsonb subscript does not support slices", subscript.Position);
        var type = isSlice && !isJson ? operand.Type : new TypeRef(element, isJson ? -1 : operand.Type.Typmod);
        return subscript with { Operand = operand, Items = items.MoveToImmutable(), Type = type };

        Expr? Index(Expr? index)
        {
            if (index is null) return null;
            var bound = Bind(index);
            if (isJson && TypeSystem.Category(bound.Type.Oid) is 'S' or 'X') return Coerce(bound, Oids.Text);
            return TryCoerce(bound, new TypeRef(Oids.Int4), isJson ? CastKind.Implicit : CastKind.Assignment)
                ?? throw (isJson
                    ? Failure.Mismatch(
                        $"subscript type {TypeSystem.Format(bound.Type)} is not supported",
                        bound.Position,
                        "jsonb subscript must be coercible to either integer or text.")
                    : Failure.Mismatch("array subscript must have type integer", bound.Position));
        }
    }

    private Expr BindField(FieldAccess field)
    {
        // (t).a is the same as t.a.
        if (field.Operand is ColumnRef { Parts: [var name] } row && FindUnqualified(row, name) is null && FindItem(null, name, out _) is not null)
            return BindQualified(new ColumnRef([name, field.Field]) { Position = row.Position });

        var operand = Bind(field.Operand);
        var fields = Records.Fields(operand);
        for (var i = 0; i < fields.Length; i++)
            if (fields[i].Name == field.Field) return Records.Field(operand, fields, i, field.Position);
        if (!fields.IsEmpty)
            throw Failure.New(SqlStates.UndefinedColumn, $"could not identify column \"{field.Field}\" in record data type", field.Position);

        if (operand is RowConstructor constructed && field.Field.StartsWith('f')
            && int.TryParse(field.Field.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= constructed.Items.Length)
            return KnownOrText(constructed.Items[n - 1]);

        if (operand.Type.Oid == Oids.Record)
            throw Failure.New(SqlStates.UndefinedColumn, $"could not identify column \"{field.Field}\" in record data type", field.Operand.Position);
        throw Failure.New(
            SqlStates.WrongObjectType,
            $"column notation .{field.Field} applied to type {TypeSystem.Format(operand.Type)}, which is not a composite type",
            field.Operand.Position);
    }

    private BoundQuery BindSubquery(Query query) => BindQuery(query, new Scope(_scope));

    private ScalarSubquery BindScalar(ScalarSubquery scalar)
    {
        var (query, columns) = BindSubquery(scalar.Query);
        if (columns.Length != 1) throw Failure.Syntax("subquery must return only one column", scalar.Position);
        return scalar with { Query = query, Type = columns[0].Type };
    }

    private ArraySubquery BindArraySubquery(ArraySubquery array)
    {
        var (query, columns) = BindSubquery(array.Query);
        if (columns.Length != 1) throw Failure.Syntax("subquery must return only one column", array.Position);
        var element = columns[0].Type.Oid;
        var type = TypeSystem.ElementOf(element) != 0 ? element : TypeSystem.ArrayOf(element);
        if (type == 0)
            throw Failure.New(SqlStates.UndefinedObject, $"could not find array type for data type {TypeSystem.Format(element)}", array.Position);
        return array with { Query = query, Type = new TypeRef(type, columns[0].Type.Typmod) };
    }
}
