using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;
using TypeNames = Gateway.Types.TypeNames;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>Constants, conversions and calls.</summary>
public sealed partial class Deparser
{
    /// <summary>A literal that was given a type: one constant to PostgreSQL.</summary>
    private static bool IsConstant(Cast cast) =>
        cast.Operand is NullLiteral or StringLiteral && (cast.Operand.Type.Oid is 0 or Oids.Unknown)
        || cast.Operand is NullLiteral && cast.Operand.Type.Oid == cast.Type.Oid
        || cast is { Operand: BitLiteral } && cast.Type == cast.Operand.Type;

    private void Constant(Expr literal, TypeRef type)
    {
        var oid = type.Oid is 0 or Oids.Unknown ? literal is StringLiteral ? Oids.Text : 0 : type.Oid;
        switch (literal)
        {
            case NullLiteral:
                _text.Append("NULL");
                if (oid != 0) _text.Append("::").Append(TypeText(new TypeRef(oid, type.Typmod)));
                return;
            case BooleanLiteral value:
                _text.Append(value.Value ? "true" : "false");
                return;
            case NumberLiteral number when oid == Oids.Numeric:
                Constant(new StringLiteral(number.Text), type);
                return;
            case NumberLiteral number when !number.Text.StartsWith('-') && oid is 0 or Oids.Int4:
                _text.Append(number.Text);
                return;
            case NumberLiteral number:
                Quoted(number.Text, new TypeRef(oid == 0 ? Oids.Int4 : oid));
                return;
            case BitLiteral bits:
                Literal(bits.Hex ? string.Concat(bits.Digits.Select(digit => Convert.ToInt32(digit.ToString(), 16).ToString("b4", null))) : bits.Digits);
                _text.Append("::\"bit\"");
                return;
            case StringLiteral text:
                var canonical = Canonical(oid, text.Value);

                // Numbers need no quotes, wherever their text reads back as the same type.
                if (oid is Oids.Int4 && !canonical.StartsWith('-') || oid is Oids.Numeric && canonical.AsSpan().IndexOfAnyExcept("0123456789.") < 0 && canonical.Contains('.')) _text.Append(canonical);
                else if (oid == Oids.Bool) _text.Append(canonical is "t" ? "true" : "false");
                else Quoted(canonical, new TypeRef(oid, type.Typmod));
                return;
        }
    }

    private void Quoted(string text, TypeRef type)
    {
        Literal(text);
        _text.Append("::").Append(TypeText(type));
    }

    /// <summary>Never with E: backslashes are what they are.</summary>
    private void Literal(string text) => _text.Append('\'').Append(text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');

    /// <summary>The text as the type prints it.</summary>
    private static string Canonical(uint type, string text)
    {
        if (PgTypes.Find(type) is null or { Carrier: Carrier.Text } && type is not (Oids.Jsonb or Oids.Numeric)) return text;
        if (type is Oids.RegClass or Oids.RegProc or Oids.RegType or Oids.RegProcedure or Oids.RegOper or Oids.RegOperator or Oids.RegNamespace or Oids.RegRole) return text;
        try
        {
            using var carrier = new ByteWriter();
            using var output = new ByteWriter();
            var utf8 = Encoding.UTF8.GetBytes(text);
            var settings = FormatSettings.Default;
            switch (Codecs.Get(type))
            {
                case Int64Codec codec: codec.EncodeText(codec.DecodeText(utf8, settings), settings, output); break;
                case Float64Codec codec: codec.EncodeText(codec.DecodeText(utf8, settings), settings, output); break;
                case SpanCodec codec:
                    codec.DecodeText(utf8, settings, carrier);
                    codec.EncodeText(carrier.WrittenSpan, settings, output);
                    break;
            }

            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        catch (PgException)
        {
            return text;
        }
    }

    private static string TypeText(TypeRef type) => TypeNames.Format(type.Oid, type.Typmod);

    private static TypeRef TargetOf(Cast cast) => cast.Type.IsKnown ? cast.Type : Analysis.TypeNames.Resolve(cast.Target);

    private void Cast(Cast e)
    {
        var type = e.Domain != 0 ? new TypeRef(e.Domain) : TargetOf(e);
        if (e.Domain == 0 && IsConstant(e) && (type.Typmod < 0 || e.Kind != CastKind.Explicit))
        {
            Constant(e.Operand, new TypeRef(type.Oid));
            return;
        }

        // A length is a conversion of its own around the constant, which shows the type without it.
        if (e.Domain == 0 && IsConstant(e) && e.Operand is StringLiteral text)
        {
            Literal(Canonical(type.Oid, text.Value));
        }
        else if (e is { Domain: 0, Kind: not CastKind.Explicit, Operand: Cast inner } && inner.Type.Oid == type.Oid && IsConstant(inner))
        {
            Constant(inner.Operand, new TypeRef(type.Oid));
            return;
        }
        else
        {
            if (!pretty) _text.Append('(');
            Operand(e.Operand, Node.Cast, false, e);
            if (!pretty) _text.Append(')');
        }

        _text.Append("::").Append(TypeText(type));
    }

    private void Function(FunctionCall e)
    {
        if (e.Arguments.Any(argument => argument.IsDefault)) e = e with { Arguments = [.. e.Arguments.Where(argument => !argument.IsDefault)] };
        if (!(e.SpecialSyntax && Special(e))) Ordinary(e);
        if (e.Filter is { } filter)
        {
            _text.Append(" FILTER (WHERE ");
            Write(filter, false);
            _text.Append(')');
        }

        if (e.Over is { } over) Over(over);
    }

    private void Ordinary(FunctionCall e)
    {
        var schema = e.Resolved?.Schema ?? e.Name.Schema;
        if (schema is not (null or "pg_catalog" or "public")) _text.Append(Identifiers.Quote(schema)).Append('.');
        _text.Append(Identifiers.Quote(e.Resolved?.Name ?? e.Name.Last)).Append('(');
        if (e.Star) _text.Append('*');
        if (e.Distinct) _text.Append("DISTINCT ");
        List(e.Arguments, argument =>
        {
            if (argument.Variadic) _text.Append("VARIADIC ");
            if ((argument.Name ?? argument.WrittenName) is { } name) _text.Append(Identifiers.Quote(name)).Append(" => ");
            Write(argument.Value, true);
        });
        if (!e.OrderBy.IsDefaultOrEmpty)
        {
            _text.Append(" ORDER BY ");
            List(e.OrderBy, Sorted);
        }

        _text.Append(')');
        if (e.WithinGroup.IsDefaultOrEmpty) return;
        _text.Append(" WITHIN GROUP (ORDER BY ");
        List(e.WithinGroup, Sorted);
        _text.Append(')');
    }

    /// <summary>The syntaxes PostgreSQL prints as they were written: all but SUBSTRING with a regular expression.</summary>
    private bool Special(FunctionCall e)
    {
        if (e is { Name.Last: "substring", Arguments: [_, var pattern] } && SpecialForms.IsPattern(pattern.Value)) return false;
        if (SpecialForms.Of(e) is not { } parts) return false;
        var infix = e.Name.Last is "timezone" or "is_normalized";
        foreach (var (words, argument) in parts)
        {
            _text.Append(words);
            if (argument is null) continue;
            if (infix) Operand(argument, Node.Cast, false);
            else Write(argument, false);
        }

        return true;
    }
}
