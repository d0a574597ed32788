using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Tests.Parsing;

/// <summary>
/// Trees as s-expressions: operators by their symbol, columns and numbers bare, every other node by its type with the
/// members that are not empty.
/// </summary>
internal static class TreePrinter
{
    private static readonly HashSet<string> Skipped = ["Position", "OperatorPosition", "ErrorPosition", "Length", "Written", "Type", "Last", "Schema", "Catalog", "EqualityContract"];

    public static string Print(object? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("nil"); break;
            case NullLiteral: text.Append("null"); break;
            case BooleanLiteral literal: text.Append(literal.Value ? "true" : "false"); break;
            case NumberLiteral literal: text.Append(literal.Text); break;
            case StringLiteral literal: text.Append('\'').Append(literal.Value.Replace("'", "''", StringComparison.Ordinal)).Append('\''); break;
            case BitLiteral literal: text.Append(literal.Hex ? 'x' : 'b').Append('\'').Append(literal.Digits).Append('\''); break;
            case Parameter parameter: text.Append('$').Append(parameter.Number); break;
            case ColumnRef column: text.Append(string.Join('.', column.Parts)); break;
            case Star star: text.Append(string.Join('.', [.. star.Qualifier, "*"])); break;
            case QualifiedName name: text.Append(name); break;
            case OperatorName name: text.Append(name.Schema is null ? name.Symbol : $"{name.Schema}.{name.Symbol}"); break;
            case TypeName type: WriteType(text, type); break;
            case UnaryOp op: List(text, op.Operator, op.Operand); break;
            case BinaryOp op: List(text, op.Operator, op.Left, op.Right); break;
            case And and: List(text, new Word("and"), and.Left, and.Right); break;
            case Or or: List(text, new Word("or"), or.Left, or.Right); break;
            case Not not: List(text, new Word("not"), not.Operand); break;
            case Cast cast: List(text, new Word("::"), cast.Operand, cast.Target); break;
            case FieldAccess field: List(text, new Word("."), field.Operand, new Word(field.Field)); break;
            case Argument { Name: null, Variadic: false } argument: Write(text, argument.Value); break;
            case SelectItem { Alias: null } item: Write(text, item.Value); break;
            case SelectItem item: List(text, new Word("as"), item.Value, new Word(item.Alias)); break;
            case QueryStatement statement: Write(text, statement.Query); break;
            case Word word: text.Append(word.Text); break;
            case string word: text.Append(word); break;
            case bool or int or long or Enum: text.Append(string.Format(CultureInfo.InvariantCulture, "{0}", value).ToLowerInvariant()); break;
            case IEnumerable list:
                text.Append('[');
                var first = true;
                foreach (var item in list)
                {
                    if (!first) text.Append(' ');
                    first = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            default: WriteMembers(text, value); break;
        }
    }

    private sealed record Word(string Text);

    private static void List(StringBuilder text, params object[] items)
    {
        text.Append('(');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(' ');
            Write(text, items[i]);
        }

        text.Append(')');
    }

    private static void WriteType(StringBuilder text, TypeName type)
    {
        if (type.SetOf) text.Append("setof ");
        text.Append(type.Name);
        if (type.IntervalFields is { } fields) text.Append('{').Append(fields).Append('}');
        if (!type.Modifiers.IsEmpty) text.Append('(').AppendJoin(',', type.Modifiers.Select(m => Print(m))).Append(')');
        for (var i = 0; i < type.ArrayDimensions; i++) text.Append("[]");
    }

    private static void WriteMembers(StringBuilder text, object value)
    {
        text.Append('(').Append(value.GetType().Name);
        // Constructor parameters first and by position, then what was set by name.
        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var property in properties)
        {
            if (Skipped.Contains(property.Name) && !(property.Name == "Type" && property.PropertyType == typeof(TypeName))
                && !(property.Name == "Schema" && value is CreateExtension or SetSchema)) continue;
            if (property.GetIndexParameters().Length > 0 || property.GetMethod is null || !property.CanWrite) continue;
            var member = property.GetValue(value);
            if (IsEmpty(member)) continue;
            text.Append(' ');
            if (member is true)
            {
                text.Append(property.Name.ToLowerInvariant());
                continue;
            }

            text.Append(property.Name.ToLowerInvariant()).Append('=');
            Write(text, member);
        }

        text.Append(')');
    }

    private static bool IsEmpty(object? member) => member switch
    {
        null or false => true,
        Enum e => Convert.ToInt32(e, CultureInfo.InvariantCulture) == 0,
        string s => s.Length == 0,
        IEnumerable list => !list.GetEnumerator().MoveNext(),
        _ => false,
    };
}
