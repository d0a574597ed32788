using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>Names of types, the spellings of the SQL standard brought to PostgreSQL's own names.</summary>
internal sealed partial class Grammar
{
    private TypeName Type()
    {
        var start = Here;
        var set = Accept(Keyword.Setof);
        var type = SimpleType();
        var dimensions = Dimensions();
        return set || dimensions > 0 ? type with { Position = start, SetOf = set, ArrayDimensions = dimensions } : type;
    }

    /// <summary>[] or [3], any number of them, or ARRAY and ARRAY[3].</summary>
    private int Dimensions()
    {
        if (Accept(Keyword.Array))
        {
            if (Accept(TokenKind.OpenBracket))
            {
                Integer();
                Expect(TokenKind.CloseBracket);
            }

            return 1;
        }

        var dimensions = 0;
        while (_kind == TokenKind.OpenBracket)
        {
            Advance();
            if (_kind != TokenKind.CloseBracket) Integer();
            Expect(TokenKind.CloseBracket);
            dimensions++;
        }

        return dimensions;
    }

    private TypeName SimpleType()
    {
        var start = Here;
        switch (_word)
        {
            case Keyword.Int or Keyword.Integer: return Word("int4");
            case Keyword.Smallint: return Word("int2");
            case Keyword.Bigint: return Word("int8");
            case Keyword.Real: return Word("float4");
            case Keyword.Boolean: return Word("bool");
            case Keyword.Double when PeekWord() == Keyword.Precision:
                Advance();
                return Word("float8");
            case Keyword.Float:
                Advance();
                return Made(FloatOf());
            case Keyword.Decimal or Keyword.Dec or Keyword.Numeric:
                Advance();
                return Made("numeric", Modifiers());
            case Keyword.Bit:
                Advance();
                var varying = Accept(Keyword.Varying);
                var length = Modifiers();
                return Made(varying ? "varbit" : "bit", varying || !length.IsEmpty ? length : One());
            case Keyword.National:
                Advance();
                if (_word is not (Keyword.Char or Keyword.Character)) throw Unexpected();
                return CharacterType(start);
            case Keyword.Char or Keyword.Character or Keyword.Nchar:
                return CharacterType(start);
            case Keyword.Varchar:
                Advance();
                return Made("varchar", CharacterLength());
            case Keyword.Time or Keyword.Timestamp:
                return DateTimeType();
            case Keyword.Interval:
                Advance();
                var precision = CharacterLength();
                var fields = precision.IsEmpty ? IntervalFields(ref precision) : null;
                return Made("interval", precision) with { IntervalFields = fields };
        }

        if (!IsFunctionName) throw Unexpected();
        var name = new ListBuilder<string>();
        name.Add(TakeName());
        while (Accept(TokenKind.Dot)) name.Add(Label());
        if (IsElementType(1) && _kind == TokenKind.OpenParen && name is { Count: 1 } && name[0] == "vector") return Made("vector", VectorModifiers());
        var modifiers = ImmutableArray<Expr>.Empty;
        if (Accept(TokenKind.OpenParen))
        {
            modifiers = ExpressionList();
            Expect(TokenKind.CloseParen);
        }

        return new TypeName(new QualifiedName(name.ToImmutable()) { Position = start }, modifiers) { Position = start };

        TypeName Word(string canonical)
        {
            Advance();
            return Made(canonical);
        }

        TypeName Made(string canonical, ImmutableArray<Expr> modifiers = default) =>
            new(new QualifiedName([canonical]) { Position = start }, modifiers.IsDefault ? [] : modifiers) { Position = start };
    }

    private static ImmutableArray<Expr> One() => [new NumberLiteral("1")];

    private ImmutableArray<Expr> Modifiers()
    {
        if (!Accept(TokenKind.OpenParen)) return [];
        var modifiers = ExpressionList();
        Expect(TokenKind.CloseParen);
        return modifiers;
    }

    private ImmutableArray<Expr> CharacterLength()
    {
        if (!Accept(TokenKind.OpenParen)) return [];
        var at = Here;
        var length = Integer();
        Expect(TokenKind.CloseParen);
        return [new NumberLiteral(length.ToString(CultureInfo.InvariantCulture)) { Position = at }];
    }

    /// <summary>float(1) to float(24) are float4, up to float(53) float8.</summary>
    private string FloatOf()
    {
        if (!Accept(TokenKind.OpenParen)) return "float8";
        var at = Here;
        var bits = Integer();
        Expect(TokenKind.CloseParen);
        return bits switch
        {
            < 1 => throw new PgException("22023", "precision for type float must be at least 1 bit") { Position = at + 1 },
            <= 24 => "float4",
            <= 53 => "float8",
            _ => throw new PgException("22023", "precision for type float must be less than 54 bits") { Position = at + 1 },
        };
    }

    private TypeName CharacterType(int start)
    {
        Advance();
        var varying = Accept(Keyword.Varying);
        var length = CharacterLength();
        return new TypeName(
            new QualifiedName([varying ? "varchar" : "bpchar"]) { Position = start },
            varying || !length.IsEmpty ? length : One()) { Position = start };
    }

    private TypeName DateTimeType()
    {
        var start = Here;
        var name = _word == Keyword.Time ? "time" : "timestamp";
        Advance();
        var precision = CharacterLength();
        if (Accept(Keyword.With, Keyword.Time)) name += "tz";
        else if (!Accept(Keyword.Without, Keyword.Time)) return Done();
        Expect(Keyword.Zone);
        return Done();

        TypeName Done() => new(new QualifiedName([name]) { Position = start }, precision) { Position = start };
    }

    /// <summary>YEAR TO MONTH, DAY, HOUR TO SECOND(3)…; a precision behind SECOND becomes the modifier.</summary>
    private string? IntervalFields(ref ImmutableArray<Expr> precision)
    {
        var first = _word;
        switch (first)
        {
            case Keyword.Year or Keyword.Month or Keyword.Day or Keyword.Hour or Keyword.Minute: break;
            case Keyword.Second:
                Advance();
                SecondPrecision(ref precision);
                return "second";
            default: return null;
        }

        Advance();
        if (first == Keyword.Month || _word != Keyword.To) return Keywords.Text(first);
        Advance();
        var last = _word;
        var fits = (first, last) switch
        {
            (Keyword.Year, Keyword.Month) => true,
            (Keyword.Day, Keyword.Hour or Keyword.Minute or Keyword.Second) => true,
            (Keyword.Hour, Keyword.Minute or Keyword.Second) => true,
            (Keyword.Minute, Keyword.Second) => true,
            _ => false,
        };
        if (!fits) throw Unexpected();
        Advance();
        if (last == Keyword.Second) SecondPrecision(ref precision);
        return $"{Keywords.Text(first)} to {Keywords.Text(last)}";
    }

    private void SecondPrecision(ref ImmutableArray<Expr> precision)
    {
        if (_kind == TokenKind.OpenParen) precision = CharacterLength();
    }
}
