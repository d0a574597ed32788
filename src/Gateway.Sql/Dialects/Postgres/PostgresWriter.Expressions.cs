using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

internal sealed partial class PostgresWriter
{
    private void Type(TypeName type) => PostgresNames.Type(_text, kept ? Analysis.TypeNames.Kept(type) : type, Expression);

    /// <summary>An operand: in parentheses unless nothing could take it apart.</summary>
    public void Operand(Expr expression)
    {
        if (expression is Cast { Kind: not CastKind.Explicit } implied)
        {
            Operand(implied.Operand);
            return;
        }

        if (IsPrimary(expression))
        {
            Expression(expression);
            return;
        }

        _text.Append('(');
        Expression(expression);
        _text.Append(')');
    }

    private static bool IsPrimary(Expr expression) => expression switch
    {
        // The sign that analysis joins to a number would be an operator again.
        NumberLiteral number => !number.Text.StartsWith('-'),
        NullLiteral or BooleanLiteral or StringLiteral or BitLiteral or Parameter or ColumnRef or Star or ScalarSubquery
            or ArraySubquery or Exists or Case or Coalesce or NullIf or MinMax or ArrayConstructor or RowConstructor or Cast or Subscript
            or FieldAccess => true,
        FunctionCall call => !(call.SpecialSyntax && call.Name.Last is "timezone" or "overlaps" or "is_normalized"),
        SqlValue => true,
        _ => false,
    };

    private void Expression(Expr expression)
    {
        switch (expression)
        {
            case NullLiteral: _text.Append("NULL"); break;
            case BooleanLiteral e: _text.Append(e.Value ? "true" : "false"); break;
            case NumberLiteral e: _text.Append(e.Text); break;
            case StringLiteral e: PostgresNames.Literal(_text, e.Value); break;
            case BitLiteral e: _text.Append(e.Hex ? 'X' : 'B').Append('\'').Append(e.Digits).Append('\''); break;
            case Parameter e when typed && PostgresNames.Castable(e.Type.Oid) is { } type:
                _text.Append('(');
                Marker(e.Number);
                _text.Append("::");
                Type(type);
                _text.Append(')');
                break;
            case Parameter e: Marker(e.Number); break;
            case ColumnRef e when rename?.Invoke(e) is { } other: Name(other); break;
            case ColumnRef e: Path(e.Parts); break;
            case Star e:
                foreach (var part in e.Qualifier)
                {
                    Name(part);
                    _text.Append('.');
                }

                _text.Append('*');
                break;
            case FieldAccess e:
                _text.Append('(');
                Expression(e.Operand);
                _text.Append(").");
                if (e.Field == "*") _text.Append('*');
                else Name(e.Field);
                break;
            case Subscript e:
                if (e.Operand is ColumnRef or Parameter) Expression(e.Operand);
                else
                {
                    _text.Append('(');
                    Expression(e.Operand);
                    _text.Append(')');
                }

                Subscripts(e.Items);
                break;
            case UnaryOp e when IsMarker(e.Operator): Call($"pg_catalog.{FunctionOf(e.Operator, e.Resolved)}", [e.Operand]); break;
            case BinaryOp e when IsMarker(e.Operator): Call($"pg_catalog.{FunctionOf(e.Operator, e.Resolved)}", [e.Left, e.Right]); break;
            case UnaryOp e:
                Operator(e.Operator);
                _text.Append(' ');
                Operand(e.Operand);
                break;
            case BinaryOp e:
                Operand(e.Left);
                _text.Append(' ');
                Operator(e.Operator);
                _text.Append(' ');
                Operand(e.Right);
                break;
            case And e: Logical(e.Left, " AND ", e.Right, e.Left is And); break;
            case Or e: Logical(e.Left, " OR ", e.Right, e.Left is Or); break;
            case Not e:
                _text.Append("NOT ");
                Operand(e.Operand);
                break;
            case IsNull e:
                Operand(e.Operand);
                _text.Append(e.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case IsTruth e:
                Operand(e.Operand);
                _text.Append(e.Negated ? " IS NOT " : " IS ").Append(e.Value.ToString().ToUpperInvariant());
                break;
            case IsDistinctFrom e:
                Operand(e.Left);
                _text.Append(e.Negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ");
                Operand(e.Right);
                break;
            case Like e: LikeTest(e); break;
            case Between e:
                Operand(e.Operand);
                _text.Append(e.Negated ? " NOT BETWEEN " : " BETWEEN ").Append(e.Symmetric ? "SYMMETRIC " : "");
                Operand(e.Low);
                _text.Append(" AND ");
                Operand(e.High);
                break;
            case InList e:
                Operand(e.Operand);
                _text.Append(e.Negated ? " NOT IN (" : " IN (");
                List(e.Items, Expression);
                _text.Append(')');
                break;
            case InSubquery e:
                Operand(e.Operand);
                _text.Append(e.Negated ? " NOT IN " : " IN ");
                Parenthesized(e.Query);
                break;
            case Exists e:
                _text.Append("EXISTS ");
                Parenthesized(e.Query);
                break;
            case ScalarSubquery e: Parenthesized(e.Query); break;
            case ArraySubquery e:
                _text.Append("ARRAY");
                Parenthesized(e.Query);
                break;
            case Quantified e: QuantifiedTest(e); break;
            case Case e: CaseOf(e); break;
            case Coalesce e: Call("COALESCE", e.Arguments); break;
            case NullIf e: Call("NULLIF", [e.Left, e.Right]); break;
            case MinMax e: Call(e.Greatest ? "GREATEST" : "LEAST", e.Arguments); break;
            case FunctionCall e: Function(e); break;
            case Cast e: CastOf(e); break;
            case Collate e:
                Operand(e.Operand);
                _text.Append(" COLLATE ");
                Name(e.Collation);
                break;
            case ArrayConstructor e:
                _text.Append("ARRAY[");
                List(e.Items, Expression);
                _text.Append(']');
                break;
            case RowConstructor e: Call(e.Explicit || e.Items.Length < 2 ? "ROW" : "", e.Items); break;
            case SqlValue e:
                _text.Append(e.Name.ToUpperInvariant());
                if (e.Precision is { } precision) _text.Append(CultureInfo.InvariantCulture, $"({precision})");
                break;
            case DefaultValue: _text.Append("DEFAULT"); break;
            case CurrentOf e:
                _text.Append("CURRENT OF ");
                Name(e.Cursor);
                break;
            default: throw PgException.Unsupported($"writing {expression.GetType().Name} is not supported");
        }
    }

    private void Marker(int number)
    {
        marks?.Add(number);
        if (marks is not null) _text.Append('?');
        else _text.Append('$').Append(number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The provider would read a parameter in its name.</summary>
    private bool IsMarker(OperatorName op) => marks is not null && op.Symbol.Contains('?', StringComparison.Ordinal);

    private static string FunctionOf(OperatorName op, Analysis.OperatorInfo? resolved) => resolved is { Function: { Length: > 0 } function }
        ? Parsing.Identifiers.Quote(function)
        : throw PgException.Unsupported($"operator {op.Symbol} through a provider whose parameters are written ? is not supported");

    private void Path(ImmutableArray<string> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0) _text.Append('.');
            Name(parts[i]);
        }
    }

    private void Operator(OperatorName op)
    {
        if (IsMarker(op)) throw PgException.Unsupported($"operator {op.Symbol} in this place, through a provider whose parameters are written ?, is not supported");
        if (op.Schema is not { } schema)
        {
            _text.Append(op.Symbol);
            return;
        }

        _text.Append("OPERATOR(");
        Name(schema);
        _text.Append('.').Append(op.Symbol).Append(')');
    }

    private void Subscripts(ImmutableArray<SubscriptItem> items)
    {
        foreach (var item in items)
        {
            _text.Append('[');
            if (item.Lower is { } lower) Operand(lower);
            if (item.IsSlice) _text.Append(':');
            if (item.Upper is { } upper) Operand(upper);
            _text.Append(']');
        }
    }

    /// <summary>AND and OR chain to the left, as they are read.</summary>
    private void Logical(Expr left, string word, Expr right, bool chains)
    {
        if (chains) Expression(left);
        else Operand(left);
        _text.Append(word);
        Operand(right);
    }

    private void LikeTest(Like e)
    {
        Operand(e.Operand);
        if (e.Negated) _text.Append(" NOT");
        _text.Append(e.Kind switch { LikeKind.Like => " LIKE ", LikeKind.ILike => " ILIKE ", _ => " SIMILAR TO " });
        Operand(e.Pattern);
        if (e.Escape is not { } escape) return;
        _text.Append(" ESCAPE ");
        Operand(escape);
    }

    private void QuantifiedTest(Quantified e)
    {
        Operand(e.Left);
        _text.Append(' ');
        Operator(e.Operator);
        _text.Append(e.All ? " ALL (" : " ANY (");
        if (e.Query is { } query) Query(query);
        else if (e.Array is ScalarSubquery) Operand(new Cast(e.Array, new TypeName(new QualifiedName(["record"]), [])) { Kind = CastKind.Implicit });
        else Expression(e.Array!);
        _text.Append(')');
    }

    private void CaseOf(Case e)
    {
        _text.Append("CASE");
        if (e.Operand is { } operand)
        {
            _text.Append(' ');
            Operand(operand);
        }

        foreach (var when in e.Whens)
        {
            _text.Append(" WHEN ");
            Operand(when.Condition);
            _text.Append(" THEN ");
            Operand(when.Result);
        }

        if (e.Else is { } otherwise)
        {
            _text.Append(" ELSE ");
            Operand(otherwise);
        }

        _text.Append(" END");
    }

    private void Call(string name, ImmutableArray<Expr> arguments)
    {
        _text.Append(name).Append('(');
        List(arguments, Operand);
        _text.Append(')');
    }

    /// <summary>What analysis implied PostgreSQL will imply again.</summary>
    private void CastOf(Cast e)
    {
        if (e.Kind != CastKind.Explicit)
        {
            Expression(e.Operand);
            return;
        }

        if (e.Operand is Case)
        {
            _text.Append('(');
            Expression(e.Operand);
            _text.Append(')');
        }
        else
        {
            Operand(e.Operand);
        }

        _text.Append("::");
        Type(e.Target);
    }
}
