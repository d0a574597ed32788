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

    private bool Special(FunctionCall call)
    {
        if (SpecialForms.Of(call) is not { } parts) return false;
        foreach (var (words, argument) in parts)
        {
            _text.Append(words);
            if (argument is not null) Operand(argument);
        }

        return true;
    }

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

            _text.Append(FrameWords.Of(frame.Exclusion));
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

        _text.Append(FrameWords.Of(bound.Kind));
    }
}
