using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Generic;

/// <summary>A condition on one table's rows. What has been written of one that cannot be said is of no use.</summary>
internal sealed class TableCondition(ServerNames names)
{
    private readonly StringBuilder _text = new();

    public List<Input> Inputs { get; } = [];

    public override string ToString() => _text.ToString();

    public bool Write(Expr condition) => condition switch
    {
        And e => Both(e.Left, " AND ", e.Right),
        Or e => Both(e.Left, " OR ", e.Right),
        Not e => Said("NOT (") && Write(e.Operand) && Said(")"),
        IsNull { Operand: ColumnRef { Column: { Column: { } column, LevelsUp: 0 } } } e => Said($"{names.Column(column)} IS {(e.Negated ? "NOT " : "")}NULL"),
        BinaryOp { Operator: { Schema: null or "pg_catalog", Symbol: "=" or "<>" or "<" or "<=" or ">" or ">=" } op } e =>
            Integer(e.Left) && Said($" {op.Symbol} ") && Integer(e.Right),
        Between { Symmetric: false } e => Integer(e.Operand) && Said(e.Negated ? " NOT BETWEEN " : " BETWEEN ") && Integer(e.Low) && Said(" AND ") && Integer(e.High),
        InList { Items.IsEmpty: false } e => Integer(e.Operand) && Said(e.Negated ? " NOT IN (" : " IN (") && Integers(e.Items) && Said(")"),
        _ => false,
    };

    private bool Both(Expr left, string word, Expr right) => Said("(") && Write(left) && Said(word) && Write(right) && Said(")");

    private bool Integers(System.Collections.Immutable.ImmutableArray<Expr> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Said(", ");
            if (!Integer(items[i])) return false;
        }

        return true;
    }

    /// <summary>A column, constant or parameter of an integer type; wider types of the same value count.</summary>
    private bool Integer(Expr value)
    {
        if (Width(value.Type.Oid) is not { } width) return false;
        switch (value)
        {
            case ColumnRef { Column: { Column: { } column, LevelsUp: 0 } }:
                return Said(names.Column(column));
            case NumberLiteral number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var constant) && constant != long.MinValue:
                return Said(constant < 0 ? string.Create(CultureInfo.InvariantCulture, $"({constant})") : constant.ToString(CultureInfo.InvariantCulture));
            case Parameter parameter:
                Inputs.Add(new Input(InputKind.Parameter, parameter.Number, parameter.Type));
                return Said("?");
            case Cast cast when Width(cast.Operand.Type.Oid) <= width:
                return Integer(cast.Operand);
            default:
                return false;
        }
    }

    private static int? Width(uint type) => type switch { Oids.Int2 => 2, Oids.Int4 => 4, Oids.Int8 => 8, _ => null };

    private bool Said(string text)
    {
        _text.Append(text);
        return true;
    }
}
