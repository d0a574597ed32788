using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Literals that mean the same in IRIS as new values of a column.</summary>
internal static class Literals
{
    public static string? Of(Expr value, TypeRef column) => (value, column.Oid) switch
    {
        (NullLiteral, _) => "NULL",
        (BooleanLiteral literal, Oids.Bool) => literal.Value ? "1" : "0",
        (NumberLiteral { Type.Oid: Oids.Int2 or Oids.Int4 or Oids.Int8 } number, Oids.Int2 or Oids.Int4 or Oids.Int8) => Integer(number.Text, column.Oid),
        (UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral number } minus, Oids.Int2 or Oids.Int4 or Oids.Int8) when minus.Type.Oid == column.Oid => Integer("-" + number.Text, column.Oid),
        (Cast { Operand: NumberLiteral { Type.Oid: Oids.Int4 or Oids.Int8 } number, Kind: not CastKind.Explicit }, Oids.Int2 or Oids.Int8) => Integer(number.Text, column.Oid),
        (StringLiteral literal, Oids.Text) when !literal.Value.Any(char.IsControl) => $"'{literal.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => null,
    };

    private static string? Integer(string text, uint type)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
        var fits = type switch
        {
            Oids.Int2 => value is >= short.MinValue and <= short.MaxValue,
            Oids.Int4 => value is >= int.MinValue and <= int.MaxValue,
            _ => true,
        };
        return fits ? value.ToString(CultureInfo.InvariantCulture) : null;
    }
}
