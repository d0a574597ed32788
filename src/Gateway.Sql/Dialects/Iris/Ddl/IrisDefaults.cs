using System.Globalization;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>Which defaults a column has in IRIS itself; the gateway supplies all others.</summary>
public static class IrisDefaults
{
    /// <summary>What stands after DEFAULT, or null. Literals only: IRIS takes now() when the statement runs and in local time.</summary>
    /// <remarks>
    /// None for NOT NULL columns: IRIS would put the default in place of an explicit NULL, which must fail. None for text that may be
    /// longer than its column: it must fail when it is used.
    /// </remarks>
    public static string? Clause(ColumnInfo column) =>
        column.NotNull || column.Generated is not null || IsNumbered(column) || column.Default is not { } text
            ? null
            : Literal(Parser.ParseExpression(text), column.Type);

    /// <summary>Serial or identity: IRIS gives the numbers.</summary>
    public static bool IsNumbered(ColumnInfo column) =>
        column.Identity != '\0' || (column.Sequence is not null && column.Default?.StartsWith("nextval(", StringComparison.Ordinal) == true);

    private static string? Literal(Expr value, TypeRef type)
    {
        while (value is Cast { Operand: var inner } cast && IsString(type.Oid) && inner is StringLiteral && cast.Target.Modifiers.IsEmpty) value = inner;
        return (value, type.Oid) switch
        {
            (NumberLiteral number, Oids.Int2 or Oids.Int4 or Oids.Int8) => Integer(number.Text, "", type.Oid),
            (UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral number }, Oids.Int2 or Oids.Int4 or Oids.Int8) => Integer(number.Text, "-", type.Oid),
            (BooleanLiteral literal, Oids.Bool) => literal.Value ? "1" : "0",
            (StringLiteral literal, Oids.Text) => Quoted(literal.Value),
            (StringLiteral literal, Oids.VarChar) when type.Typmod < 0 || literal.Value.Length <= type.Typmod - 4 => Quoted(literal.Value),
            _ => null,
        };
    }

    private static string? Integer(string digits, string sign, uint type)
    {
        if (!long.TryParse(sign + digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
        var fits = type switch
        {
            Oids.Int2 => value is >= short.MinValue and <= short.MaxValue,
            Oids.Int4 => value is >= int.MinValue and <= int.MaxValue,
            _ => true,
        };
        return fits ? value.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static bool IsString(uint type) => type is Oids.Text or Oids.VarChar;

    // Control characters have no literal in IRIS that is sure to survive.
    private static string? Quoted(string text) => text.Any(char.IsControl) ? null : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
