using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;
using TypeNames = Gateway.Types.TypeNames;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>
/// Analyzed trees as pg_get_expr and pg_get_viewdef print them: every conversion written out, literals with their type,
/// IN and LIKE as the operators they become.
/// </summary>
/// <param name="pretty">The second form, with only the parentheses that are needed.</param>
/// <param name="prefix">Columns with their table.</param>
/// <param name="relation">A relation's name as the reader's search path needs it.</param>
public sealed partial class Deparser(bool pretty, bool prefix = false, Func<RelationInfo, string>? relation = null)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>What kind of node an expression is in PostgreSQL's tree, as far as parentheses depend on it.</summary>
    private enum Node
    {
        None,
        Leaf,
        Call,
        Cast,
        Operator,
        Array,
        Test,
        Not,
        And,
        Or,
    }

    /// <summary>An expression that stands alone: a default, a check, a key of an index.</summary>
    /// <param name="implied">Whether a conversion at its very top is shown too.</param>
    public string Alone(Expr expression, bool implied = false)
    {
        _layout = true;
        _indent = -8;
        Write(expression, implied);
        return _text.ToString();
    }

    private static Node Kind(Expr expression) => expression switch
    {
        And => Node.And,
        Or => Node.Or,
        Not => Node.Not,
        Between e => e.Negated ? Node.Or : Node.And,
        InList { Items.Length: 1 } => Node.Operator,
        InList or Quantified { Array: not null } => Node.Array,
        UnaryOp or BinaryOp or Tree.Like => Node.Operator,
        IsNull or IsTruth or IsDistinctFrom or Exists or InSubquery or Quantified or ScalarSubquery or ArraySubquery => Node.Test,
        Cast cast => IsConstant(cast) ? Node.Leaf : Node.Cast,
        FunctionCall or Coalesce or NullIf or MinMax or Tree.Case or ArrayConstructor or RowConstructor or Subscript => Node.Call,
        _ => Node.Leaf,
    };

    private static Expr Strip(Expr expression) => expression is Cast { Kind: not CastKind.Explicit } cast && !IsConstant(cast) ? Strip(cast.Operand) : expression;

    /// <summary>An operand of <paramref name="parent"/>.</summary>
    private void Operand(Expr expression, Node parent, bool implied, Expr? within = null)
    {
        if (!implied) expression = Strip(expression);
        if (!pretty || IsSimple(expression, parent, within))
        {
            Write(expression, implied);
            return;
        }

        _text.Append('(');
        Write(expression, implied);
        _text.Append(')');
    }

    private static bool IsSimple(Expr expression, Node parent, Expr? within)
    {
        switch (Kind(expression))
        {
            case Node.Leaf or Node.Call: return true;
            case Node.Cast: return expression is Cast { Resolved: not null } || IsSimple(((Cast)expression).Operand, Node.Cast, expression);
            case Node.Array: return false;
            case Node.Operator when parent == Node.Operator:
                return expression is BinaryOp inner && within is BinaryOp outer && Binds(inner, outer);
            case Node.Operator or Node.Test: return parent is Node.And or Node.Or or Node.Not or Node.Call;
            case Node.Not or Node.And when parent is Node.And or Node.Or: return true;
            case Node.Or when parent == Node.Or: return true;
            default: return parent == Node.Call;
        }
    }

    private static bool Binds(BinaryOp inner, BinaryOp outer)
    {
        var (low, high) = (inner.Operator.Symbol is "+" or "-", inner.Operator.Symbol is "*" or "/" or "%");
        var (outerLow, outerHigh) = (outer.Operator.Symbol is "+" or "-", outer.Operator.Symbol is "*" or "/" or "%");
        if (!(low || high) || !(outerLow || outerHigh)) return false;
        if (high && outerLow) return true;
        return !(low && outerHigh) && ReferenceEquals(Strip(outer.Left), inner) | ReferenceEquals(outer.Left, inner);
    }

    private void Write(Expr expression, bool implied)
    {
        if (!implied) expression = Strip(expression);
        switch (expression)
        {
            case NullLiteral or BooleanLiteral or NumberLiteral or StringLiteral or BitLiteral: Constant(expression, expression.Type); break;
            case Parameter e: _text.Append('$').Append(e.Number.ToString(CultureInfo.InvariantCulture)); break;
            case ColumnRef e: Column(e); break;
            case Cast e: Cast(e); break;
            case UnaryOp e:
                Wrapped(() =>
                {
                    Symbol(e.Operator.Symbol, e.Operator.Schema).Append(' ');
                    Operand(e.Operand, Node.Operator, true, e);
                });
                break;
            case BinaryOp e: Binary(e.Left, e.Operator.Symbol, e.Right, e); break;
            case Like e: Like(e); break;
            case And: Chain(expression, " AND ", Node.And); break;
            case Or: Chain(expression, " OR ", Node.Or); break;
            case Not e:
                Wrapped(() =>
                {
                    _text.Append("NOT ");
                    Operand(e.Operand, Node.Not, false);
                });
                break;
            case IsNull e:
                Wrapped(() =>
                {
                    Operand(e.Operand, Node.Test, true);
                    _text.Append(e.Negated ? " IS NOT NULL" : " IS NULL");
                });
                break;
            case IsTruth e:
                Wrapped(() =>
                {
                    Operand(e.Operand, Node.Test, false);
                    _text.Append(e.Negated ? " IS NOT " : " IS ").Append(e.Value.ToString().ToUpperInvariant());
                });
                break;
            case IsDistinctFrom { Negated: true } e:
                Write(new Not(e with { Negated = false }), implied);
                break;
            case IsDistinctFrom e:
                Wrapped(() =>
                {
                    Operand(e.Left, Node.Test, true);
                    _text.Append(" IS DISTINCT FROM ");
                    Operand(e.Right, Node.Test, true);
                });
                break;
            case Between e: Between(e, implied); break;
            case InList e: In(e, implied); break;
            case Quantified { Array: { } array } e:
                Wrapped(() =>
                {
                    Operand(e.Left, Node.Array, true);
                    _text.Append(' ');
                    Symbol(e.Operator.Symbol, e.Operator.Schema).Append(e.All ? " ALL (" : " ANY (");
                    Operand(array, Node.Array, true);
                    _text.Append(')');
                });
                break;
            case Case e: Case(e); break;
            case Coalesce e: Call("COALESCE", e.Arguments); break;
            case MinMax e: Call(e.Greatest ? "GREATEST" : "LEAST", e.Arguments); break;
            case NullIf e: Call("NULLIF", [e.Left, e.Right]); break;
            case FunctionCall e: Function(e); break;
            case ArrayConstructor e:
                _text.Append("ARRAY[");
                List(e.Items, item => Write(item, true));
                _text.Append(']');
                if (e.Items.IsEmpty) _text.Append("::").Append(TypeNames.Format(e.Type.Oid));
                break;
            case RowConstructor e: Call("ROW", e.Items); break;
            case SqlValue e:
                _text.Append(e.Name is "user" ? "USER" : e.Name.ToUpperInvariant());
                if (e.Precision is { } precision) _text.Append(CultureInfo.InvariantCulture, $"({precision})");
                break;
            case Subscript e: Subscripted(e); break;
            case FieldAccess e:
                _text.Append('(');
                Write(e.Operand, true);
                _text.Append(").").Append(Identifiers.Quote(e.Field));
                break;
            case Collate e:
                Wrapped(() =>
                {
                    Operand(e.Operand, Node.Cast, true);
                    _text.Append(" COLLATE ").Append(Identifiers.Quote(e.Collation.Last));
                });
                break;
            default: Subquery(expression); break;
        }
    }

    private void Wrapped(Action write)
    {
        if (!pretty) _text.Append('(');
        write();
        if (!pretty) _text.Append(')');
    }

    private StringBuilder Symbol(string symbol, string? schema) =>
        schema is null or "pg_catalog" ? _text.Append(symbol) : _text.Append("OPERATOR(").Append(Identifiers.Quote(schema)).Append('.').Append(symbol).Append(')');

    private void Binary(Expr left, string symbol, Expr right, Expr parent) => Wrapped(() =>
    {
        Operand(left, Node.Operator, true, parent);
        _text.Append(' ').Append(symbol).Append(' ');
        Operand(right, Node.Operator, true, parent);
    });

    private void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            write(items[i]);
        }
    }

    /// <summary>A check of a domain that is not analyzed: its column is VALUE.</summary>
    public bool NamesValue { get; init; }

    private void Column(ColumnRef e)
    {
        if (Analysis.Domains.IsValue(e.Column?.Relation) || (NamesValue && e is { Column: null, Parts: ["value"] }))
        {
            _text.Append("VALUE");
            return;
        }

        if (prefix && e.Column?.Source is { } source) _text.Append(Identifiers.Quote(Shown(source, e.Column.LevelsUp))).Append('.');
        else if (prefix && e.Parts.Length > 1) _text.Append(Identifiers.Quote(e.Parts[^2])).Append('.');
        _text.Append(Identifiers.Quote(e.Column?.Name ?? e.Name));
    }

    /// <summary>AND and OR are lists in PostgreSQL's tree.</summary>
    private void Chain(Expr expression, string word, Node kind) => Wrapped(() =>
    {
        var parts = new List<Expr>();
        Collect(expression);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) _text.Append(word);
            Operand(parts[i], kind, false);
        }

        void Collect(Expr part)
        {
            // Parentheses on the right keep their own list.
            if (part is And and && kind == Node.And) Collect(and.Left);
            if (part is Or or && kind == Node.Or) Collect(or.Left);
            parts.Add(part switch { And a when kind == Node.And => a.Right, Or o when kind == Node.Or => o.Right, _ => part });
        }
    });

    private void Like(Like e)
    {
        var symbol = e.Kind switch { LikeKind.ILike => "~~*", LikeKind.SimilarTo => "~", _ => "~~" };
        if (e.Negated) symbol = "!" + symbol;
        Wrapped(() =>
        {
            Operand(e.Operand, Node.Operator, true, e);
            _text.Append(' ').Append(symbol).Append(' ');
            if (e.Kind == LikeKind.SimilarTo || e.Escape is not null)
                Call(e.Kind == LikeKind.SimilarTo ? "similar_to_escape" : "like_escape", e.Escape is null ? [e.Pattern] : [e.Pattern, e.Escape]);
            else Operand(e.Pattern, Node.Operator, true, e);
        });
    }

    private void Between(Between e, bool implied)
    {
        var (low, high) = e.Negated ? ("<", ">") : (">=", "<=");
        Expr Test(string op, Expr bound) => new BinaryOp(Own(e.Operand), new OperatorName(op), Own(bound));
        Write(e.Negated ? new Or(Test(low, e.Low), Test(high, e.High)) : new And(Test(low, e.Low), Test(high, e.High)), implied);
    }

    /// <summary>Without a cast that the analyzer has put in to compare all as one type: PostgreSQL has operators for pairs of different ones.</summary>
    private static Expr Own(Expr compared) =>
        compared is Cast { Kind: not CastKind.Explicit, Operand: var inner } && Family(inner.Type.Oid) is not 0 and var family && family == Family(compared.Type.Oid)
            ? inner
            : compared;

    private static int Family(uint type) => type switch
    {
        Oids.Int2 or Oids.Int4 or Oids.Int8 => 1,
        Oids.Float4 or Oids.Float8 => 2,
        Oids.Date or Oids.Timestamp or Oids.TimestampTz => 3,
        _ => 0,
    };

    /// <summary>One array of the common type; of one item, a comparison.</summary>
    private void In(InList e, bool implied)
    {
        if (e.Items is [var only])
        {
            Write(new BinaryOp(Own(e.Operand), new OperatorName(e.Negated ? "<>" : "="), Own(only)), implied);
            return;
        }

        Wrapped(() =>
        {
            Operand(Own(e.Operand), Node.Array, true);
            _text.Append(e.Negated ? " <> ALL (" : " = ANY (");

            // Strings are compared as text: the items keep the column's type, and the array is converted.
            var inner = e.Operand is Cast { Kind: not CastKind.Explicit, Operand.Type.Oid: Oids.VarChar, Type.Oid: Oids.Text } ? Oids.VarChar : 0;
            if (inner != 0 && !pretty) _text.Append('(');
            _text.Append("ARRAY[");
            List(e.Items, item =>
            {
                if (inner != 0 && item is StringLiteral text) Constant(text, new TypeRef(inner));
                else Write(item, true);
            });
            _text.Append(']');
            if (inner != 0 && !pretty) _text.Append(')');
            if (inner != 0) _text.Append("::text[]");
            _text.Append(')');
        });
    }

    private void Case(Case e)
    {
        if (_layout) Line(_indent + 8, "CASE");
        else _text.Append("CASE");
        if (e.Operand is { } operand)
        {
            _text.Append(' ');
            Write(operand, false);
        }

        Indented(4, () =>
        {
            foreach (var when in e.Whens)
            {
                Part("WHEN ");
                Write(when.Condition, false);
                _text.Append(" THEN ");
                Write(when.Result, true);
            }

            Part("ELSE ");
            if (e.Else is { } otherwise) Write(otherwise, true);
            else Constant(new NullLiteral(), e.Type);
        });
        Part("END");

        void Part(string word)
        {
            if (_layout) Line(_indent + 8, word);
            else _text.Append(' ').Append(word);
        }
    }

    private void Call(string name, ImmutableArray<Expr> arguments)
    {
        _text.Append(name).Append('(');
        List(arguments, argument => Write(argument, true));
        _text.Append(')');
    }

    private void Subscripted(Subscript e)
    {
        if (e.Operand is ColumnRef) Write(e.Operand, true);
        else
        {
            _text.Append('(');
            Write(e.Operand, true);
            _text.Append(')');
        }

        foreach (var item in e.Items)
        {
            _text.Append('[');
            if (item.Lower is { } lower) Write(lower, false);
            if (item.IsSlice) _text.Append(':');
            if (item.Upper is { } upper) Write(upper, false);
            _text.Append(']');
        }
    }
}
