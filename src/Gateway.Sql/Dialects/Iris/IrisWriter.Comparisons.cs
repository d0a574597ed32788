using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Comparisons, by what the operands are kept as.</summary>
public sealed partial class IrisWriter
{
    /// <summary>What text is prefixed with to be ordered: %EXACT orders what looks like a number as one, and before all text.</summary>
    private const string KeyMark = "_";

    private enum Way
    {
        /// <summary>The values as they are.</summary>
        Plain,

        /// <summary>By characters.</summary>
        Text,

        /// <summary>A date counts as its midnight.</summary>
        Moment,
    }

    /// <summary>How two operands compare; null when IRIS cannot do it as PostgreSQL does.</summary>
    private Way? Comparison(Expr left, Expr right)
    {
        var (a, b) = (StorageOf(left), StorageOf(right));
        if (!IrisTypes.Comparable(a) || !IrisTypes.Comparable(b)) return null;
        var (s, t) = (left.Type.Oid, right.Type.Oid);
        switch (a, b)
        {
            case (Storage.Integer or Storage.Numeric, Storage.Integer or Storage.Numeric):
            case (Storage.Boolean, Storage.Boolean):
            case (Storage.Date, Storage.Date) or (Storage.Time, Storage.Time):
                return Way.Plain;
            case (Storage.Uuid, Storage.Uuid):
                return Folds(left) || Folds(right) ? Way.Text : Way.Plain;
            case (Storage.Double, Storage.Double):
                // A real is kept as the double nearest to its text, not as the double equal to it.
                return s == t ? Way.Plain : null;
            case (Storage.Text or Storage.BlankStripped, Storage.Text or Storage.BlankStripped):
                return Way.Text;
            case (Storage.Timestamp, Storage.Timestamp):
                return s == t || options.SessionIsUtc ? Way.Plain : null;
            case (Storage.Date, Storage.Timestamp) or (Storage.Timestamp, Storage.Date):
                return (s != Oids.TimestampTz && t != Oids.TimestampTz) || options.SessionIsUtc ? Way.Moment : null;
            default:
                return null;
        }
    }

    /// <summary>IRIS's own comparison of strings is wanted, which may ignore case.</summary>
    private bool ByServer(Expr left, Expr right) => !options.ExactComparison && (Folds(left) || Folds(right));

    /// <param name="exact">Not by the comparison policy, which is for conditions only.</param>
    private bool Compare(Expr left, string symbol, Expr right, bool exact = false)
    {
        if (left is NullLiteral or Cast { Operand: NullLiteral } || right is NullLiteral or Cast { Operand: NullLiteral }) return Write(Never);
        if (_constants.IsConstant(left) && _constants.IsConstant(right))
            return IsOne(new BinaryOp(left, new OperatorName(symbol), right) { Type = new TypeRef(Oids.Bool), Resolved = FindOperator(symbol, left, right) }, false);
        if (left.Type.Oid == Oids.Bool && symbol is "=" or "<>" && right is BooleanLiteral wanted) return Condition(left, wanted.Value != (symbol == "="));
        if (Comparison(left, right) is not { } way)
            return Refuse($"{TypeNames.Format(left.Type.Oid)} is compared with {TypeNames.Format(right.Type.Oid)} here");
        if (way == Way.Plain && Day(left, symbol, right) is { } written) return written;
        var byServer = !exact && way == Way.Text && ByServer(left, right);
        var keyed = way == Way.Text && !byServer && symbol is not ("=" or "<>");
        if (way == Way.Text && !keyed && !byServer)
            return ExactText(left) && Write(' ') && Write(symbol) && Write(' ') && ExactText(right);
        return Side(left, keyed, way, right) && Write(' ') && Write(symbol) && Write(' ') && Side(right, keyed, way, left);
    }

    private bool Side(Expr e, bool keyed, Way way, Expr other)
    {
        if (keyed) return TextKey(e);
        if (way != Way.Moment) return Value(e, other is ColumnRef { Column.Column: not null } ? Need.Beside : Need.None);
        if (StorageOf(e) != Storage.Date) return Value(e, Need.None);
        return Write("CAST(") && Value(e, Need.None) && Write(" AS TIMESTAMP)");
    }

    private static Analysis.OperatorInfo? FindOperator(string symbol, Expr left, Expr right)
    {
        foreach (var candidate in Analysis.Catalog.Operators(symbol))
            if (candidate.Left == left.Type.Oid && candidate.Right == right.Type.Oid) return candidate;
        foreach (var candidate in Analysis.Catalog.Operators(symbol))
            if (candidate.Left == Oids.Text && candidate.Right == Oids.Text) return candidate;
        return null;
    }

    /// <summary>A text for = and &lt;&gt;, and for GROUP BY and DISTINCT.</summary>
    private bool ExactText(Expr e) =>
        Folds(e) ? Write("%EXACT(") && Value(e, Need.None) && Write(')') : Value(e, Need.None);

    /// <summary>A text for &lt;, ORDER BY, MIN and MAX: by its characters' codes, whatever it looks like.</summary>
    private bool TextKey(Expr e)
    {
        if (StorageOf(e) is not (Storage.Text or Storage.BlankStripped)) return ExactText(e);
        if (options.ExactTextOrder) return Refuse("texts are ordered here, as the route says");
        if (TextLiteral(e) is { } literal && IrisLiterals.Text(KeyMark + literal) is { } text) return Write(text);
        return Write($"%EXACT('{KeyMark}' || ") && Value(e, Need.None) && Write(')');
    }

    /// <summary>A timestamp's day compared with a given one: as a range, which an index serves.</summary>
    private bool? Day(Expr left, string symbol, Expr right)
    {
        if (left is not Cast { Type.Oid: Oids.Date, Operand: ColumnRef { Type.Oid: Oids.Timestamp or Oids.TimestampTz } moment }) return null;
        if (moment.Type.Oid == Oids.TimestampTz && !options.SessionIsUtc) return null;
        if (right is not Cast { Operand: StringLiteral literal } || IrisLiterals.Typed(literal.Value, new TypeRef(Oids.Date)) is not { } date) return null;
        var day = DateTime.ParseExact(date.AsSpan(4, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (day == DateTime.MaxValue.Date) return null;
        var (from, to) = (IrisLiterals.Timestamp(day), IrisLiterals.Timestamp(day.AddDays(1)));
        return symbol switch
        {
            "=" => Write('(') && Value(moment, Need.None) && Write(" >= ") && Write(from) && Write(" AND ") && Value(moment, Need.None) && Write(" < ") && Write(to) && Write(')'),
            "<>" => Write('(') && Value(moment, Need.None) && Write(" < ") && Write(from) && Write(" OR ") && Value(moment, Need.None) && Write(" >= ") && Write(to) && Write(')'),
            ">=" or "<" => Value(moment, Need.None) && Write(' ') && Write(symbol) && Write(' ') && Write(from),
            ">" => Value(moment, Need.None) && Write(" >= ") && Write(to),
            _ => Value(moment, Need.None) && Write(" < ") && Write(to),
        };
    }
}
