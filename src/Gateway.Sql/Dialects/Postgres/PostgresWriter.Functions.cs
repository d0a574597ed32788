using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

internal sealed partial class PostgresWriter
{
    private void Function(FunctionCall call)
    {
        if (!(call.SpecialSyntax && Special(call))) Ordinary(call);
        if (call.Filter is { } filter)
        {
            _text.Append(" FILTER (WHERE ");
            Expression(filter);
            _text.Append(')');
        }

        if (call.Over is not { } over) return;
        _text.Append(" OVER ");
        if (over.Name is { } name) Name(name);
        else Window(over);
    }

    private void Ordinary(FunctionCall call)
    {
        Name(call.Name);
        _text.Append('(');
        if (call.Star) _text.Append('*');
        if (call.Distinct) _text.Append("DISTINCT ");
        List(call.Arguments, argument =>
        {
            if (argument.Variadic) _text.Append("VARIADIC ");
            if (argument.Name is { } name)
            {
                Name(name);
                _text.Append(" => ");
            }

            Operand(argument.Value);
        });
        OrderBy(call.OrderBy);
        _text.Append(')');
        if (call.WithinGroup.IsDefaultOrEmpty) return;
        _text.Append(" WITHIN GROUP (");
        OrderBy(call.WithinGroup);
        _text.Append(')');
    }

    /// <summary>The syntaxes that are no call: EXTRACT(f FROM x), x AT TIME ZONE z… False where the ordinary form says the same.</summary>
    private bool Special(FunctionCall call)
    {
        var arguments = call.Arguments;
        switch (call.Name.Last, arguments.Length)
        {
            case ("extract", 2) when arguments[0].Value is StringLiteral field:
                _text.Append("EXTRACT(");
                Expression(field);
                Word(" FROM ", arguments[1].Value);
                break;
            case ("position", 2):
                _text.Append("POSITION(");
                Operand(arguments[1].Value);
                _text.Append(" IN ");
                Operand(arguments[0].Value);
                break;
            case ("substring", 2 or 3) when arguments.Length == 2 || !IsPattern(arguments[1].Value):
                _text.Append("SUBSTRING(");
                Expression(arguments[0].Value);
                Word(" FROM ", arguments[1].Value);
                if (arguments.Length == 3) Word(" FOR ", arguments[2].Value);
                break;
            case ("substring", 3):
                _text.Append("SUBSTRING(");
                Expression(arguments[0].Value);
                Word(" SIMILAR ", arguments[1].Value);
                Word(" ESCAPE ", arguments[2].Value);
                break;
            case ("overlay", 3 or 4):
                _text.Append("OVERLAY(");
                Expression(arguments[0].Value);
                Word(" PLACING ", arguments[1].Value);
                Word(" FROM ", arguments[2].Value);
                if (arguments.Length == 4) Word(" FOR ", arguments[3].Value);
                break;
            case ("btrim" or "ltrim" or "rtrim", >= 1):
                _text.Append("TRIM(").Append(call.Name.Last switch { "ltrim" => "LEADING FROM ", "rtrim" => "TRAILING FROM ", _ => "BOTH FROM " });
                List(arguments, argument => Expression(argument.Value));
                break;
            case ("normalize", 1 or 2):
                _text.Append("NORMALIZE(");
                Expression(arguments[0].Value);
                if (arguments.Length == 2 && arguments[1].Value is StringLiteral form) _text.Append(", ").Append(form.Value);
                break;
            case ("is_normalized", 1 or 2):
                Operand(arguments[0].Value);
                _text.Append(" IS ");
                if (arguments.Length == 2 && arguments[1].Value is StringLiteral normal) _text.Append(normal.Value).Append(' ');
                _text.Append("NORMALIZED");
                return true;
            case ("pg_collation_for", 1):
                _text.Append("COLLATION FOR (");
                Expression(arguments[0].Value);
                break;
            case ("grouping", _):
                _text.Append("GROUPING(");
                List(arguments, argument => Expression(argument.Value));
                break;
            case ("timezone", 2):
                Operand(arguments[1].Value);
                _text.Append(" AT TIME ZONE ");
                Operand(arguments[0].Value);
                return true;
            case ("overlaps", 4):
                Pair(0);
                _text.Append(" OVERLAPS ");
                Pair(2);
                return true;
            default:
                return false;
        }

        _text.Append(')');
        return true;

        void Word(string word, Expr value)
        {
            _text.Append(word);
            Operand(value);
        }

        void Pair(int first)
        {
            _text.Append("ROW(");
            Expression(arguments[first].Value);
            _text.Append(", ");
            Expression(arguments[first + 1].Value);
            _text.Append(')');
        }
    }

    /// <summary>SUBSTRING(x SIMILAR p ESCAPE e) has the tree of SUBSTRING(x FROM p FOR e): the same function.</summary>
    private static bool IsPattern(Expr value) => value is StringLiteral;

    private void Window(WindowSpec window)
    {
        _text.Append('(');
        if (window.Base is { } existing)
        {
            Name(existing);
            _text.Append(' ');
        }

        if (!window.PartitionBy.IsDefaultOrEmpty)
        {
            _text.Append("PARTITION BY ");
            List(window.PartitionBy, Expression);
        }

        OrderBy(window.OrderBy);
        if (window.Frame is { } frame)
        {
            _text.Append(' ').Append(frame.Unit.ToString().ToUpperInvariant()).Append(frame.End is null ? " " : " BETWEEN ");
            Bound(frame.Start);
            if (frame.End is { } end)
            {
                _text.Append(" AND ");
                Bound(end);
            }

            _text.Append(frame.Exclusion switch
            {
                FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
                FrameExclusion.Group => " EXCLUDE GROUP",
                FrameExclusion.Ties => " EXCLUDE TIES",
                _ => "",
            });
        }

        _text.Append(')');
    }

    private void Bound(FrameBound bound)
    {
        if (bound.Offset is { } offset)
        {
            Operand(offset);
            _text.Append(' ');
        }

        _text.Append(bound.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.Preceding => "PRECEDING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            FrameBoundKind.Following => "FOLLOWING",
            _ => "UNBOUNDED FOLLOWING",
        });
    }
}
