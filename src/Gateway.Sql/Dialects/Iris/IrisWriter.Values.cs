using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris.Dml;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Values: what may stand as an operand.</summary>
public sealed partial class IrisWriter
{
    private bool Value(Expr expression, Need need)
    {
        switch (expression)
        {
            case NumberLiteral or StringLiteral or BooleanLiteral or NullLiteral or Cast { Operand: StringLiteral or NumberLiteral or NullLiteral }:
                return Constant(expression, need);
            case Parameter e:
                return Marker(new Input(InputKind.Parameter, e.Number, e.Type), need);
            case InputRef e:
                return Marker(e.Input with { Type = e.Type.IsKnown ? e.Type : e.Input.Type }, need);
            case ColumnRef e:
                return Column(e, need);
            case AtScope e:
                var inner = _scope;
                _scope = e.Scope;
                var written = Value(e.Inner, need);
                _scope = inner;
                return written;
        }

        if (_constants.IsConstant(expression)) return Hoist(expression, need);
        if (need.HasFlag(Need.Scale) && expression.Type.Oid == Oids.Numeric && ReadAs(expression).Typmod < 0)
            return Refuse("IRIS gives numbers back without their scale, which is not known here");
        if (need.HasFlag(Need.Leg) && StorageOf(expression) is Storage.Date or Storage.Time or Storage.Timestamp)
        {
            Write("CAST(");
            return Value(expression, need & ~(Need.Leg | Need.Scale)) && Write(" AS ") && Write(IrisTypes.CastType(expression.Type)!) && Write(')');
        }

        return Computed(expression, need & ~Need.Scale);
    }

    private bool Computed(Expr expression, Need need)
    {
        if (expression.Type.Oid == Oids.Vector) return Refuse("vectors are computed here");
        switch (expression)
        {
            case Cast e:
                return Converted(e, need);
            case Collate e:
                return e.Collation.Last is "C" or "POSIX" or "default" or "ucs_basic"
                    ? Value(e.Operand, need)
                    : Refuse($"collation \"{e.Collation.Last}\" is applied here");
            case Case e:
                return Branches(e, need);
            case Coalesce { Arguments.Length: 1 } e:
                return Value(e.Arguments[0], need);
            case Coalesce e:
                return Write("COALESCE(") && List(e.Arguments, need | Need.Type) && Write(')');
            case NullIf e:
                return NullIf(e, need);
            case MinMax e:
                return MinMax(e, need);
            case UnaryOp { Type.Oid: not Oids.Bool } e:
                return Unary(e, need);
            case BinaryOp { Type.Oid: not Oids.Bool } e:
                return Binary(e);
            case FunctionCall e:
                return Call(e, need);
            case ScalarSubquery e:
                return Subquery(e);
            default:
                return expression.Type.Oid == Oids.Bool
                    ? TruthValue(expression)
                    : Refuse($"{Kind(expression)} is computed here");
        }
    }

    private static string Kind(Expr expression) => expression switch
    {
        Subscript => "a subscript",
        FieldAccess => "a field of a row",
        ArrayConstructor or ArraySubquery => "an array",
        RowConstructor => "a row",
        BitLiteral => "a bit string",
        _ => expression.GetType().Name,
    };

    private bool List(ImmutableArray<Expr> items, Need need)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Write(", ");
            if (!Value(items[i], need)) return false;
        }

        return true;
    }

    private bool Constant(Expr expression, Need need)
    {
        var type = expression.Type.Oid is Oids.Unknown or 0 ? new TypeRef(Oids.Text) : expression.Type;
        switch (expression)
        {
            case NullLiteral or Cast { Operand: NullLiteral }:
                if ((need & (Need.Type | Need.Leg)) == 0) return Write("NULL");
                return IrisTypes.CastType(type) is { } target
                    ? Write("CAST(NULL AS ") && Write(target) && Write(')')
                    : Refuse($"NULL of type {Gateway.Types.TypeNames.Format(type.Oid)} has no counterpart");
            case BooleanLiteral e:
                return Write(e.Value ? '1' : '0');
        }

        if (need.HasFlag(Need.Scale) && type is { Oid: Oids.Numeric, Typmod: -1 }) return Refuse("the scale of a number literal is not kept by IRIS");
        var text = expression switch
        {
            NumberLiteral e => IrisLiterals.Number(e.Text, type.Oid),
            StringLiteral e => IrisLiterals.Typed(e.Value, type),
            Cast { Operand: NumberLiteral e, Type.Typmod: -1 } => IrisLiterals.Number(e.Text, type.Oid),
            Cast { Operand: StringLiteral { Type.Oid: Oids.Unknown or 0 } e } => IrisLiterals.Typed(e.Value, type),
            _ => null,
        };
        if (text is null && expression is Cast { Operand: StringLiteral outside } && IrisLiterals.IsOutside(outside.Value, type))
            return Refuse($"{outside.Value} is not a {Gateway.Types.TypeNames.Format(type.Oid)} that IRIS has");
        if (text is null) return Hoist(expression, need);
        if (!need.HasFlag(Need.Leg) || text[0] != '{') return Write(text);
        return Write("CAST(") && Write(text) && Write(" AS ") && Write(IrisTypes.CastType(type)!) && Write(')');
    }

    private bool Hoist(Expr expression, Need need)
    {
        if (expression.Type.Oid is Oids.Unknown or Oids.Record or 0) return Refuse($"{Kind(expression)} is computed here");
        return Marker(new Input(InputKind.Computed, hoisted.Add(expression), expression.Type), need);
    }

    private bool Marker(Input input, Need need)
    {
        if (input.Type.Oid == Oids.Vector)
        {
            if (need.HasFlag(Need.Scale)) return Refuse("a vector that is no column is added here");
            Inputs.Add(input);
            return Write(IrisTypes.Marker(input.Type));
        }

        switch (IrisTypes.StorageOf(input.Type))
        {
            case Storage.Double:
                // A double and a decimal number are never equal for IRIS unless both are doubles.
                need |= Need.Type;
                break;
            case Storage.Date or Storage.Time or Storage.Timestamp when !need.HasFlag(Need.Beside):
                // They are bound as text, which an expression would not be compared with as a moment.
                need |= Need.Type;
                break;
        }

        if ((need & (Need.Type | Need.Leg)) != 0)
        {
            if (IrisTypes.CastType(input.Type) is not { } type)
                return Refuse($"a parameter of type {Gateway.Types.TypeNames.Format(input.Type.Oid)} cannot be given a type here");
            Inputs.Add(input);
            return Write("CAST(? AS ") && Write(type) && Write(')');
        }

        Inputs.Add(input.Type is { Oid: Oids.Numeric, Typmod: -1 } ? input with { Type = input.Type with { Typmod = IrisTypes.AnyNumber } } : input);
        return Write('?');
    }

    private bool Column(ColumnRef column, Need need)
    {
        if (column.Column is not { Source: { } alias } bound) return Refuse($"\"{column.Name}\" is a column of the result");
        if (SourceOf(column) is not { } source) return Refuse($"\"{alias}\" is not read by IRIS");
        if (RowId.Is(column) && source.Columns is null)
        {
            Name(source.Written);
            return Write(".%ID");
        }

        var storage = StorageOf(column);
        if (!need.HasFlag(Need.Scale) && storage is Storage.PgText or Storage.Bytes && column.Type.Oid is Oids.Numeric or Oids.Bytea)
            return Refuse($"{column.Name} is kept as text");
        if (source.Columns is null && bound.Column?.Remote?.DataType is { } remote && !need.HasFlag(Need.Scale) && remote.EndsWith("LONGVARCHAR", StringComparison.Ordinal))
            return Refuse($"{column.Name} is a stream");
        var cast = need.HasFlag(Need.Leg) && storage is Storage.Date or Storage.Time or Storage.Timestamp;
        if (cast) Write("CAST(");
        Name(source.Written);
        Write('.');
        if (source.Columns is { } columns)
        {
            var index = IndexOf(columns, bound);
            if (index < 0) return Refuse($"{alias}.{bound.Name} is not read by IRIS, or is there twice");
            Name(columns[index].Written);
        }
        else
        {
            Name(bound.Column!.Remote?.Name ?? bound.Column.Name);
        }

        if (cast) _sql.Append(" AS ").Append(IrisTypes.CastType(column.Type)).Append(')');
        return true;
    }

    private static int IndexOf(DerivedColumn[] columns, BoundColumn bound)
    {
        if (bound.Index >= 0 && bound.Index < columns.Length && columns[bound.Index].Name == bound.Name) return bound.Index;
        var found = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Name != bound.Name) continue;
            if (found >= 0) return -1;
            found = i;
        }

        return found;
    }

    /// <summary>CASE. The branches need types that IRIS sees, and it takes the first condition that is true, as PostgreSQL does.</summary>
    private bool Branches(Case e, Need need)
    {
        Write("CASE");
        foreach (var when in e.Whens)
        {
            Write(" WHEN ");
            var met = e.Operand is { } operand
                ? Compare(operand, "=", when.Condition)
                : Conjunction(when.Condition);
            if (!met || !Write(" THEN ") || !Value(when.Result, need | Need.Type)) return false;
        }

        if (e.Else is not null and not NullLiteral and not Cast { Operand: NullLiteral } && (!Write(" ELSE ") || !Value(e.Else, need | Need.Type))) return false;
        return Write(" END");
    }

    private bool NullIf(NullIf e, Need need)
    {
        if (!Folds(e.Left) && !Folds(e.Right) && StorageOf(e.Left) == StorageOf(e.Right) && IrisTypes.Comparable(StorageOf(e.Left)))
            return Write("NULLIF(") && Value(e.Left, need | Need.Type) && Write(", ") && Value(e.Right, Need.Type) && Write(')');
        Write("CASE WHEN ");
        return Compare(e.Left, "=", e.Right, exact: true) && Write(" THEN NULL ELSE ") && Value(e.Left, need | Need.Type) && Write(" END");
    }

    // PostgreSQL passes over NULLs, IRIS gives NULL.
    private bool MinMax(MinMax e, Need need)
    {
        if (e.Arguments.Length == 1) return Value(e.Arguments[0], need);
        var storage = StorageOf(e);
        if (!IrisTypes.Comparable(storage)) return Refuse($"GREATEST over {Gateway.Types.TypeNames.Format(e.Type.Oid)} is computed here");
        var neverNull = true;
        foreach (var argument in e.Arguments) neverNull &= NeverNull(argument);
        if (neverNull && storage is not (Storage.Text or Storage.BlankStripped or Storage.Boolean))
            return Write(e.Greatest ? "GREATEST(" : "LEAST(") && List(e.Arguments, Need.Type) && Write(')');
        if (e.Arguments.Length > 2) return Refuse($"{(e.Greatest ? "GREATEST" : "LEAST")} of values that may be NULL is computed here");

        var (a, b) = (e.Arguments[0], e.Arguments[1]);
        need |= Need.Type;
        Write("CASE WHEN ");
        if (!NeverNull(a) && !(IsNullTest(a, false) && Write(" THEN ") && Value(b, need) && Write(" WHEN "))) return false;
        if (!NeverNull(b) && !(IsNullTest(b, false) && Write(" THEN ") && Value(a, need) && Write(" WHEN "))) return false;
        return Compare(a, e.Greatest ? ">=" : "<=", b, exact: true) && Write(" THEN ") && Value(a, need) && Write(" ELSE ") && Value(b, need) && Write(" END");
    }

    private bool Unary(UnaryOp e, Need need)
    {
        if (e.Operator.Symbol == "+") return Value(e.Operand, need);
        if (e.Operator.Symbol != "-" || !IsExactNumber(e)) return Refuse($"operator {e.Operator.Symbol} over {Gateway.Types.TypeNames.Format(e.Operand.Type.Oid)} is computed here");
        return Write("(-") && Value(e.Operand, Need.None) && Write(')');
    }

    private bool Binary(BinaryOp e)
    {
        switch (e.Resolved?.Function)
        {
            case "textcat" or "anytextcat" or "textanycat":
                return Write('(') && TextOf(e.Left) && Write(" || ") && TextOf(e.Right) && Write(')');
            case "date_mi":
                return Write("DATEDIFF('day', ") && Value(e.Right, Need.None) && Write(", ") && Value(e.Left, Need.None) && Write(')');
            case "date_pli" or "integer_pl_date" or "date_mii" or "date_pl_interval" or "timestamp_pl_interval" or "timestamptz_pl_interval"
                or "interval_pl_date" or "interval_pl_timestamp" or "interval_pl_timestamptz"
                or "date_mi_interval" or "timestamp_mi_interval" or "timestamptz_mi_interval":
                return Refuse("a date is moved here: it may leave the years that IRIS has");
        }

        var symbol = e.Operator.Symbol;
        if (symbol is not ("+" or "-" or "*" or "/" or "%") || !IsExactNumber(e))
            return Refuse($"operator {Gateway.Types.TypeNames.Format(e.Left.Type.Oid)} {symbol} {Gateway.Types.TypeNames.Format(e.Right.Type.Oid)} is computed here");
        switch (symbol)
        {
            case "/":
                return Write('(') && Value(e.Left, Need.None) && Write(" \\ ") && Operand(e.Right) && Write(')');
            case "%":
                // The sign is the dividend's; MOD would take the divisor's.
                return Write('(') && Value(e.Left, Need.None) && Write(" - ((") && Value(e.Left, Need.None) && Write(" \\ ") && Operand(e.Right)
                    && Write(") * ") && Operand(e.Right) && Write("))");
            default:
                return Write('(') && Operand(e.Left) && Write(' ') && Write(symbol) && Write(' ') && Operand(e.Right) && Write(')');
        }
    }

    // Two signs in a row would begin a comment.
    private bool Operand(Expr e) => Literal(e) is { } text && text[0] == '-' ? Write('(') && Value(e, Need.None) && Write(')') : Value(e, Need.None);

    /// <summary>A value as text where that is the same text in both.</summary>
    private bool TextOf(Expr e) => e.Type.Oid switch
    {
        Oids.Text or Oids.VarChar or Oids.Name or Oids.Unknown or Oids.BpChar or Oids.Uuid => Value(e, Need.None),
        Oids.Int2 or Oids.Int4 or Oids.Int8 => Write("CAST(") && Value(e, Need.None) && Write(" AS VARCHAR(20))"),
        _ => Refuse($"the text of a {Gateway.Types.TypeNames.Format(e.Type.Oid)} is made here"),
    };

    /// <summary>The digits of a number literal, also below casts between number types.</summary>
    private static string? Literal(Expr e) => e switch
    {
        NumberLiteral number => number.Text,
        Cast { Operand: NumberLiteral number, Type: { Typmod: -1, Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric } } => number.Text,
        _ => null,
    };

    private static int? IntegerLiteral(Expr e) =>
        int.TryParse(Literal(e), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? TextLiteral(Expr e) => e switch
    {
        StringLiteral literal => literal.Value,
        Cast { Operand: StringLiteral { Type.Oid: Oids.Unknown or Oids.Text or 0 } literal, Type: { Oid: Oids.Text or Oids.VarChar, Typmod: -1 } } => literal.Value,
        _ => null,
    };
}
