using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

/// <summary>How two values meet: by number, by moment or by collation.</summary>
internal sealed partial class Translator
{
    private static readonly Dictionary<ComparisonOperator, string> Signs = new()
    {
        [ComparisonOperator.Equal] = "=", [ComparisonOperator.NotEqual] = "<>", [ComparisonOperator.Less] = "<",
        [ComparisonOperator.LessOrEqual] = "<=", [ComparisonOperator.Greater] = ">", [ComparisonOperator.GreaterOrEqual] = ">=",
    };

    private Term Compare(ComparisonOperator op, Term left, Term right)
    {
        if (op == ComparisonOperator.Contains) return Call("?CONTAINS", Searchable(left), Searchable(right)) with { Type = IrisType.Bit };
        if (op == ComparisonOperator.Follows) op = ComparisonOperator.Greater;
        var (a, b, collate) = Meet(left, right, ordered: op is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual));
        return Term.Of($"({a}{collate} {Signs[op]} {b}{collate})", IrisType.Bit, left, right);
    }

    private static Term Searchable(Term term) => term.Type.IsStream
        ? throw Fail.With(-313, "Stream fields are not allowed in this predicate") : term;

    /// <summary>Both sides in one stored form, and the collation to compare by (with a blank before it, or empty).</summary>
    private (string Left, string Right, string Collate) Meet(Term left, Term right, bool ordered = false)
    {
        Searchable(left);
        Searchable(right);
        var (a, b) = (left.Type, right.Type);
        if (a.Kind == IrisKind.Null || b.Kind == IrisKind.Null) return (left.Sql, right.Sql, "");
        if (a.Kind == IrisKind.Vector || b.Kind == IrisKind.Vector)
            throw Fail.With(-378, "A vector cannot be compared, explicit CAST is required");

        if (a.IsDateTime && b.IsText) return FromText(left, right);
        if (b.IsDateTime && a.IsText)
        {
            var (r, l, c) = FromText(right, left);
            return (l, r, c);
        }
        if (a.IsText && b.IsText)
        {
            var order = left.Order > right.Order ? left.Order : right.Order;
            if (order != TextOrder.Exact) return (left.Sql, right.Sql, $" COLLATE {TextOrders.SqliteName(order)}");
            return (left.Sql, right.Sql, $" COLLATE {(ordered ? TextOrders.ExactOrder : "BINARY")}");
        }
        if (a.IsBinary || b.IsBinary) return (BytesOf(left), BytesOf(right), "");
        if (a.Kind == b.Kind && a.Kind != IrisKind.Numeric || a.IsInteger && b.IsInteger) return (left.Sql, right.Sql, "");
        if (a.IsTimestamp && (b.IsTimestamp || b.Kind == IrisKind.Date) || b.IsTimestamp && a.Kind == IrisKind.Date)
            return (MomentOf(left), MomentOf(right), "");
        if (a.Kind == IrisKind.Double || b.Kind == IrisKind.Double) return (Real(left), Real(right), "");
        return (Exact(left), Exact(right), $" COLLATE {TextOrders.Number}");

        string Real(Term t) => t.Type.IsText ? Call("?DOUBLE", t).Sql : DoubleOf(t);
        string Exact(Term t) => t.Type.IsText ? Call("?NUMBER", t).Sql : ExactOf(t);
    }

    private static string MomentOf(Term term) => term.Type.Kind == IrisKind.Date ? $"iris_moment({Id(term.Type)},{term.Sql})" : term.Sql;

    private static string BytesOf(Term term) => term.Type.IsBinary ? term.Sql : $"iris_cast({Id(term.Type)},{Id(IrisType.Binary)},{term.Sql})";

    /// <summary>A text constant against a date is read in ODBC format; a field of text meets the logical value.</summary>
    private (string, string, string) FromText(Term moment, Term text)
    {
        if (!text.Constant) return (TextOf(moment), text.Sql, "");
        if (text.Value is not string value) return (moment.Sql, "NULL", "");
        return moment.Type.Kind switch
        {
            IrisKind.Date => Calendar.Date(value) is { } day ? (moment.Sql, Bind(day), "")
                : Calendar.Timestamp(value) is { } at ? (MomentOf(moment), Bind(at), "")
                : throw Fail.With(-146, $"Invalid date '{value}'"),
            IrisKind.Time => (moment.Sql, Bind(Calendar.Time(value) ?? throw Fail.With(-147, $"Invalid time '{value}'")), ""),
            _ => (moment.Sql, Bind(Calendar.Timestamp(value) ?? throw Fail.With(-146, $"Invalid timestamp '{value}'")), ""),
        };
    }
}
