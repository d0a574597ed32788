using System.Globalization;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;
using Calendar = IrisSimulator.Engine.Types.Calendar;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    public Term Translate(Expression expression, Scope scope) => expression switch
    {
        StringLiteral text => Literal(text.Value, IrisType.VarChar(text.Value.Length)),
        NumberLiteral number => Number(number),
        NullLiteral => new Term("NULL", IrisType.Null) { Constant = true },
        EscapeLiteral literal => Escape(literal),
        Parameter parameter => ParameterTerm(parameter),
        ColumnReference column => Column(column, scope),
        PseudoColumn pseudo => Pseudo(pseudo, scope),
        SpecialValue special => Special(special),
        Unary { Operand: NumberLiteral number, Operator: UnaryOperator.Minus } => Number(number, negative: true),
        Unary unary => UnaryTerm(unary, scope),
        Binary binary => BinaryTerm(binary, scope),
        FunctionCall call => Function(call, scope),
        DatePart part => Literal(part.Part, IrisType.Text),
        Cast cast => CastTerm(Translate(cast.Operand, scope), TypeNames.CastTarget(cast.Target)),
        ConvertCall convert => ConvertTerm(convert, scope),
        Trim trim => TrimTerm(trim, scope),
        SearchedCase searched => Case(searched, scope),
        SimpleCase simple => Case(simple, scope),
        ScalarSubquery scalar => Scalar(scalar.Query, scope),
        CollationCall collation => CollationTerm(collation, scope),
        FormatCall format => Format(format, scope),
        AggregateCall aggregate => Aggregate(aggregate, scope),
        WindowCall window => Window(window, scope),
        ToVector vector => Vector(vector, scope),
        JsonObject json => JsonObjectTerm(json, scope),
        JsonArray json => JsonArrayTerm(json, scope),
        XmlElement or XmlForest => Xml(expression, scope),
        UserFunctionCall call => UserFunction(call),
        _ => throw Fail.NotSimulated(expression.GetType().Name),
    };

    private Term Number(NumberLiteral literal, bool negative = false)
    {
        var value = Numbers.Leading(literal.Text) * (negative ? -1 : 1);
        if (value == Math.Truncate(value) && !literal.Text.Contains('.') && Math.Abs(value) <= long.MaxValue)
            return Literal((long)value, Math.Abs(value) <= int.MaxValue ? IrisType.Integer : IrisType.BigInt);
        var stored = Numbers.Store(value);
        var point = stored.IndexOf('.');
        var scale = point < 0 ? 0 : stored.Length - point - 1;
        return Literal(stored, IrisType.Numeric(Math.Max(stored.Count(char.IsAsciiDigit), scale), scale));
    }

    private Term Escape(EscapeLiteral literal) => literal.Kind switch
    {
        EscapeLiteralKind.Date => Literal(Calendar.Date(literal.Text) ?? throw Fail.With(-146, $"Invalid date '{literal.Text}'"), IrisType.Date),
        EscapeLiteralKind.Time => Literal(Calendar.Time(literal.Text) ?? throw Fail.With(-147, $"Invalid time '{literal.Text}'"), IrisType.Time),
        _ => Calendar.Timestamp(literal.Text) is { } moment ? Literal(moment, IrisType.Timestamp) : Literal("error", IrisType.VarChar(5)),
    };

    private Term ParameterTerm(Parameter parameter)
    {
        var argument = ArgumentOf(parameter);
        return Literal(argument.Value, argument.Type) with { Parameter = true };
    }

    private Term UnaryTerm(Unary unary, Scope scope)
    {
        var operand = Translate(unary.Operand, scope);
        if (operand.Type.Kind != IrisKind.Double) return Call(unary.Operator == UnaryOperator.Minus ? "NEGATE" : "PLUS", operand);
        return unary.Operator == UnaryOperator.Minus ? Term.Of($"(-{operand.Sql})", IrisType.Double, operand) : operand;
    }

    private Term BinaryTerm(Binary binary, Scope scope)
    {
        var (left, right) = (Translate(binary.Left, scope), Translate(binary.Right, scope));
        if (binary.Operator is BinaryOperator.Concat or BinaryOperator.Underscore) return Call("||", left, right);
        var real = left.Type.Kind == IrisKind.Double || right.Type.Kind == IrisKind.Double;
        return binary.Operator switch
        {
            BinaryOperator.Divide => Call(real ? "/d" : "/", left, right),
            BinaryOperator.IntegerDivide => Call("\\", left, right),
            BinaryOperator.Modulo => Call("#", left, right),
            _ when !real => Call(Sign(binary.Operator), left, right),
            _ => Real(left, Sign(binary.Operator), right),
        };

        static string Sign(BinaryOperator op) => op switch { BinaryOperator.Add => "+", BinaryOperator.Subtract => "-", _ => "*" };
        static Term Real(Term a, string op, Term b)
        {
            if (a.Type.IsStream || b.Type.IsStream) throw Fail.With(-37, "Arithmetic does not support stream fields");
            return Term.Of($"({DoubleOf(a)} {op} {DoubleOf(b)})", IrisType.Double, a, b);
        }
    }

    private Term CastTerm(Term operand, IrisType target)
    {
        if (operand.Type.IsStream) throw Fail.With(-37, "CAST does not support stream fields");
        var sql = operand.Type.Kind == IrisKind.Null ? "NULL" : $"iris_cast({Id(operand.Type)},{Id(target)},{operand.Sql})";
        return Term.Of(sql, target, operand);
    }

    private Term TrimTerm(Trim trim, Scope scope)
    {
        var operand = Translate(trim.Operand, scope);
        var name = "TRIM:" + trim.Side.ToString().ToUpperInvariant();
        return trim.Characters is null ? Call(name, operand) : Call(name, operand, Translate(trim.Characters, scope));
    }

    private Term Case(SearchedCase searched, Scope scope)
    {
        var results = searched.Whens.Select(w => Translate(w.Result, scope)).ToList();
        var conditions = searched.Whens.Select(w => Translate(w.Condition, scope)).ToList();
        return Case(conditions, results, searched.Else is null ? null : Translate(searched.Else, scope));
    }

    private Term Case(SimpleCase simple, Scope scope)
    {
        var operand = Translate(simple.Operand, scope);
        var conditions = simple.Whens.Select(w => Compare(ComparisonOperator.Equal, operand, Translate(w.Value, scope))).ToList();
        var results = simple.Whens.Select(w => Translate(w.Result, scope)).ToList();
        return Case(conditions, results, simple.Else is null ? null : Translate(simple.Else, scope));
    }

    private Term Case(List<Term> conditions, List<Term> results, Term? otherwise)
    {
        List<Term> branches = otherwise is null ? results : [.. results, otherwise];
        var type = CaseType(branches);
        var whens = conditions.Zip(results, (c, r) => $"WHEN {c.Sql} THEN {Converted(r, type).Sql}");
        var last = otherwise is null ? "" : $" ELSE {Converted(otherwise, type).Sql}";
        var flags = Term.Of("", IrisType.Bit, conditions);
        return Term.Of($"(CASE {string.Join(' ', whens)}{last} END)", type, [.. branches, flags]);
    }

    private Term Scalar(Query query, Scope scope)
    {
        var (relation, correlated) = Inner(query, scope);
        if (relation.Columns.Count != 1) throw Fail.With(-10, "The subquery must have one column");
        var column = relation.Columns[0];
        return new Term($"({relation.Sql})", column.Type) { Order = column.Order, Field = correlated };
    }

    private Term CollationTerm(CollationCall call, Scope scope)
    {
        var operand = Translate(call.Operand, scope);
        if (operand.Type.IsStream) throw Fail.With(-37, "Collation functions do not support stream fields");
        List<Term> parts = call.Length is { } n ? [operand, Literal((long)n, IrisType.Integer)] : [operand];
        switch (call.Collation)
        {
            case Collation.SqlUpper: return Call("%SQLUPPER", parts) with { Order = TextOrder.Exact };
            case Collation.SqlString: return Call("%SQLSTRING", parts) with { Order = TextOrder.Exact };
            case Collation.Upper or Collation.AlphaUp: return Call("UPPER", operand) with { Order = TextOrder.Exact };
            case Collation.Exact when operand.Type.IsText: return operand with { Order = TextOrder.Exact, Column = null };
            case Collation.Exact: return operand with { Column = null };
            case Collation.Truncate or Collation.String or Collation.Mvr or Collation.Space:
                return Call("%TRUNCATE", parts) with { Order = TextOrder.Exact };
            case Collation.Plus: return Call("PLUS", operand);
            default: return Call("NEGATE", operand);
        }
    }

    private Term Format(FormatCall call, Scope scope)
    {
        var operand = Translate(call.Operand, scope);
        return call.Format switch
        {
            ValueFormat.OdbcOut or ValueFormat.External => operand.Type.IsDateTime
                ? Term.Of($"iris_odbc({Id(operand.Type)},{operand.Sql})", IrisType.Text, operand) : operand,
            _ => operand,
        };
    }

    private Term Special(SpecialValue special)
    {
        var digits = special.Precision ?? 0;
        var stamp = Calendar.Keep(Calendar.MicrosOf(_now), digits);
        switch (special.Name)
        {
            case "CURRENT_DATE": return Literal(Calendar.DayOf(_now), IrisType.Date);
            case "CURRENT_TIME": return Literal(Conversions.TimeOfDay(stamp), IrisType.Time with { Precision = digits });
            case "CURRENT_TIMESTAMP" or "SYSDATE" or "GETDATE": return Literal(stamp, IrisType.Timestamp);
            case "GETUTCDATE": return Literal(Calendar.Keep(Calendar.MicrosOf(_now.ToUniversalTime()), digits), IrisType.Timestamp);
            case "USER" or "CURRENT_USER" or "SESSION_USER" or "SYSTEM_USER" or "$USERNAME": return Literal(session.User, IrisType.VarChar(128));
            case "$HOROLOG":
                return Literal($"{Calendar.DayOf(_now)},{(long)_now.TimeOfDay.TotalSeconds}", IrisType.Text);
            case "$ZTIMESTAMP":
                var utc = _now.ToUniversalTime();
                return Literal($"{Calendar.DayOf(utc)},{utc.TimeOfDay.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture)}", IrisType.Text);
            case "$ZTIMEZONE": return Literal((long)-TimeZoneInfo.Local.GetUtcOffset(_now).TotalMinutes, IrisType.Integer);
            case "$NAMESPACE": return Literal(session.Namespace, IrisType.Text);
            case "$JOB": return Literal(session.Job, IrisType.Integer);
            case "$ZVERSION": return Literal(session.Banner, IrisType.Text);
            case "$TLEVEL": return Literal((long)session.TransactionLevel, IrisType.Integer);
            case "$ZPI": return Literal(Math.PI, IrisType.Double);
            default: throw Fail.NotSimulated(special.Name);
        }
    }
}
