using System.Collections.Frozen;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Writes an expression as PostgreSQL SQL, in the manner of pg_get_expr, for what the metadata keeps as text.</summary>
internal sealed class ExpressionText
{
    private readonly StringBuilder _text = new();
    private readonly Func<ColumnRef, string>? _rename;

    // The reserved words of SQL key words (appendix C of the manual) that can stand where a column name can.
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both",
        "case", "cast", "check", "collate", "collation", "column", "concurrently", "constraint", "create", "cross",
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for",
        "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "initially", "inner", "intersect",
        "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime", "localtimestamp",
        "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "references", "returning", "right", "select", "session_user", "similar", "some", "symmetric", "table",
        "tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose", "when",
        "where", "window", "with",
    }.ToFrozenSet(StringComparer.Ordinal);

    private ExpressionText(Func<ColumnRef, string>? rename) => _rename = rename;

    public static string Of(Expr expression, Func<ColumnRef, string>? rename = null)
    {
        var writer = new ExpressionText(rename);
        writer.Write(expression);
        return writer._text.ToString();
    }

    /// <summary>Quoted where it would not read back as it is.</summary>
    public static string Identifier(string name)
    {
        var plain = name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        return plain && !Reserved.Contains(name) ? name : StorageNames.Quote(name);
    }

    public static string Literal(string value) => value.Contains('\\')
        ? $"E'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Write(Expr expression)
    {
        switch (expression)
        {
            case NullLiteral:
                _text.Append("NULL");
                break;
            case BooleanLiteral literal:
                _text.Append(literal.Value ? "true" : "false");
                break;
            case NumberLiteral literal:
                _text.Append(literal.Text);
                break;
            case StringLiteral literal:
                _text.Append(Literal(literal.Value));
                break;
            case BitLiteral literal:
                _text.Append(literal.Hex ? 'X' : 'B').Append('\'').Append(literal.Digits).Append('\'');
                break;
            case ColumnRef column:
                _text.Append(_rename?.Invoke(column) is { } renamed ? Identifier(renamed) : string.Join('.', column.Parts.Select(Identifier)));
                break;
            case UnaryOp unary:
                _text.Append('(').Append(unary.Operator.Symbol).Append(' ');
                Write(unary.Operand);
                _text.Append(')');
                break;
            case BinaryOp binary:
                _text.Append('(');
                Write(binary.Left);
                _text.Append(' ').Append(binary.Operator.Symbol).Append(' ');
                Write(binary.Right);
                _text.Append(')');
                break;
            case And and:
                Pair(and.Left, " AND ", and.Right);
                break;
            case Or or:
                Pair(or.Left, " OR ", or.Right);
                break;
            case Not not:
                _text.Append("(NOT ");
                Write(not.Operand);
                _text.Append(')');
                break;
            case IsNull test:
                _text.Append('(');
                Write(test.Operand);
                _text.Append(test.Negated ? " IS NOT NULL)" : " IS NULL)");
                break;
            case IsTruth test:
                _text.Append('(');
                Write(test.Operand);
                _text.Append(test.Negated ? " IS NOT " : " IS ").Append(test.Value.ToString().ToUpperInvariant()).Append(')');
                break;
            case IsDistinctFrom test:
                Pair(test.Left, test.Negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ", test.Right);
                break;
            default:
                WriteOther(expression);
                break;
        }
    }

    private void WriteOther(Expr expression)
    {
        switch (expression)
        {
            case Cast cast:
                var simple = cast.Operand is StringLiteral or NullLiteral or BooleanLiteral or ColumnRef or FunctionCall or Cast;
                if (!simple) _text.Append('(');
                Write(cast.Operand);
                if (!simple) _text.Append(')');
                _text.Append("::");
                Write(cast.Target);
                break;
            case FunctionCall { Over: null, Filter: null } call when call.OrderBy.IsEmpty && call.WithinGroup.IsEmpty && !call.Distinct:
                _text.Append(string.Join('.', call.Name.Parts.Select(Identifier))).Append('(');
                if (call.Star) _text.Append('*');
                for (var i = 0; i < call.Arguments.Length; i++)
                {
                    if (i > 0) _text.Append(", ");
                    var argument = call.Arguments[i];
                    if (argument.Variadic) _text.Append("VARIADIC ");
                    if (argument.Name is not null) _text.Append(Identifier(argument.Name)).Append(" => ");
                    Write(argument.Value);
                }

                _text.Append(')');
                break;
            case SqlValue value:
                _text.Append(value.Name.ToUpperInvariant());
                if (value.Precision is { } precision) _text.Append('(').Append(precision).Append(')');
                break;
            case Case @case:
                _text.Append("CASE");
                if (@case.Operand is not null)
                {
                    _text.Append(' ');
                    Write(@case.Operand);
                }

                foreach (var when in @case.Whens)
                {
                    _text.Append(" WHEN ");
                    Write(when.Condition);
                    _text.Append(" THEN ");
                    Write(when.Result);
                }

                if (@case.Else is not null)
                {
                    _text.Append(" ELSE ");
                    Write(@case.Else);
                }

                _text.Append(" END");
                break;
            case Coalesce coalesce:
                Call("COALESCE", coalesce.Arguments);
                break;
            case InList list:
                _text.Append('(');
                Write(list.Operand);
                _text.Append(list.Negated ? " NOT IN " : " IN ");
                Call("", list.Items);
                _text.Append(')');
                break;
            case Between between:
                _text.Append('(');
                Write(between.Operand);
                _text.Append(between.Negated ? " NOT BETWEEN " : " BETWEEN ");
                if (between.Symmetric) _text.Append("SYMMETRIC ");
                Write(between.Low);
                _text.Append(" AND ");
                Write(between.High);
                _text.Append(')');
                break;
            case Collate collate:
                Write(collate.Operand);
                _text.Append(" COLLATE ").Append(string.Join('.', collate.Collation.Parts.Select(Identifier)));
                break;
            case ArrayConstructor array:
                _text.Append("ARRAY[");
                Items(array.Items);
                _text.Append(']');
                break;
            case RowConstructor row:
                Call("ROW", row.Items);
                break;
            case Subscript subscript:
                Write(subscript.Operand);
                foreach (var item in subscript.Items)
                {
                    _text.Append('[');
                    if (item.Lower is not null) Write(item.Lower);
                    if (item.IsSlice) _text.Append(':');
                    if (item.Upper is not null) Write(item.Upper);
                    _text.Append(']');
                }

                break;
            default:
                WriteRest(expression);
                break;
        }
    }

    private void WriteRest(Expr expression)
    {
        switch (expression)
        {
            case MinMax minMax:
                Call(minMax.Greatest ? "GREATEST" : "LEAST", minMax.Arguments);
                break;
            case NullIf nullIf:
                Call("NULLIF", [nullIf.Left, nullIf.Right]);
                break;
            case Like like:
                _text.Append('(');
                Write(like.Operand);
                if (like.Negated) _text.Append(" NOT");
                _text.Append(like.Kind switch { LikeKind.Like => " LIKE ", LikeKind.ILike => " ILIKE ", _ => " SIMILAR TO " });
                Write(like.Pattern);
                if (like.Escape is not null)
                {
                    _text.Append(" ESCAPE ");
                    Write(like.Escape);
                }

                _text.Append(')');
                break;
            case Quantified { Array: { } array } quantified:
                _text.Append('(');
                Write(quantified.Left);
                _text.Append(' ').Append(quantified.Operator.Symbol).Append(quantified.All ? " ALL (" : " ANY (");
                Write(array);
                _text.Append("))");
                break;
            default:
                throw PgException.Unsupported($"{expression.GetType().Name} in a table definition is not supported by the embedded engine");
        }
    }

    private void Write(TypeName type)
    {
        _text.Append(string.Join('.', type.Name.Parts.Select(Identifier)));
        if (!type.Modifiers.IsDefaultOrEmpty) Call("", type.Modifiers);
        for (var i = 0; i < type.ArrayDimensions; i++) _text.Append("[]");
    }

    private void Pair(Expr left, string between, Expr right)
    {
        _text.Append('(');
        Write(left);
        _text.Append(between);
        Write(right);
        _text.Append(')');
    }

    private void Call(string name, IReadOnlyList<Expr> items)
    {
        _text.Append(name).Append('(');
        Items(items);
        _text.Append(')');
    }

    private void Items(IReadOnlyList<Expr> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            Write(items[i]);
        }
    }
}
