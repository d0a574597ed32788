using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Function calls and aggregates.</summary>
public sealed partial class IrisWriter
{
    private bool Call(FunctionCall call, Need need)
    {
        if (call.Resolved is not { } function) return Refuse($"{call.Name} is computed here");
        if (call.Over is not null) return Windowed(call, need);
        if (function.Kind == 'a') return Aggregate(call);
        if (function.Schema == IrisFunctions.OwnSchema)
            return IrisFunctions.Own.TryGetValue(Key(function.Name.ToLowerInvariant(), call), out var own)
                ? Template(own, call)
                : Refuse($"{call.Name} is not known");
        switch (function.Source)
        {
            case "timestamp_trunc" or "timestamptz_trunc":
                return Truncated(call);
            case "extract_timestamp" or "extract_timestamptz" or "extract_date" or "timestamp_part" or "timestamptz_part":
                return Extracted(call);
            case "date_part" when call.Arguments.Length == 2 && call.Arguments[1].Value.Type.Oid == Oids.Date:
                return Extracted(call);
            case "timestamp_to_char" or "timestamptz_to_char":
                return Formatted(call);
            case "text_concat":
                return Concat(call);
            case "text_starts_with":
                return TruthValue(call);
            case "int2mod" or "int4mod" or "int8mod":
                return Value(new BinaryOp(call.Arguments[0].Value, new OperatorName("%"), call.Arguments[1].Value)
                {
                    Type = call.Type,
                    Resolved = new Analysis.OperatorInfo(0, "%", call.Type.Oid, call.Type.Oid, call.Type.Oid, function.Source),
                }, need);
        }

        if (!IrisFunctions.Templates.TryGetValue(Key(function.Source, call), out var entry)) return Refuse($"{function.Name}() is computed here");
        for (var i = 0; i < entry.Arguments.Length; i++)
            if (!Fits(entry.Arguments[i], call.Arguments[i].Value))
                return Refuse($"{function.Name}() with these arguments is computed here");
        if (entry.Arguments is [Argument.Exact, ..] && !IsExactNumber(call)) return Refuse($"{function.Name}() over numbers of this length is computed here");
        return Template(entry.Template, call);
    }

    private static string Key(string name, FunctionCall call) => string.Create(CultureInfo.InvariantCulture, $"{name}/{call.Arguments.Length}");

    private bool Fits(Argument wanted, Expr value) => wanted switch
    {
        Argument.Positive => IntegerLiteral(value) is >= 1,
        Argument.Scale => IntegerLiteral(value) is >= 0 and <= IrisTypes.MaxDigits,
        Argument.Characters => TextLiteral(value) is { Length: > 0 },
        Argument.Character => TextLiteral(value) is { Length: 1 },
        Argument.Exact => DigitsOf(value) is { } digits && digits.Total <= IrisTypes.MaxDigits,
        _ => true,
    };

    /// <summary>A template with the call's arguments. An argument that stands twice is written twice, its inputs too.</summary>
    private bool Template(string template, FunctionCall call, int offset = 0)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{' || i + 2 >= template.Length || !char.IsAsciiDigit(template[i + 1]) || template[i + 2] != '}')
            {
                Write(template[i]);
                continue;
            }

            if (!Value(call.Arguments[template[i + 1] - '0' + offset].Value, Need.None)) return false;
            i += 2;
        }

        return true;
    }

    /// <summary>concat() passes over NULLs.</summary>
    private bool Concat(FunctionCall call)
    {
        Write('(');
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            if (argument.Variadic) return Refuse("concat of an array is computed here");

            // It takes its arguments as they are shown, with the blanks that a char(n) is kept without.
            if (argument.Value.Type.Oid == Oids.BpChar) return Refuse("concat of char(n) is computed here");
            if (i > 0) Write(" || ");
            var neverNull = NeverNull(argument.Value);
            if (!neverNull) Write("COALESCE(");
            if (!TextOf(argument.Value)) return false;
            if (!neverNull) Write(", '')");
        }

        return Write(')');
    }

    /// <summary>Digits of a call's result, where its arguments say more than its type.</summary>
    private Digits? OfCall(FunctionCall call)
    {
        if (call.Resolved is not { } function || call.Arguments.IsEmpty) return null;
        var argument = call.Arguments[0].Value;
        switch (function.Source)
        {
            case "numeric_abs" or "int2abs" or "int4abs" or "int8abs":
                return DigitsOf(argument);
            case "numeric_sign":
                return new Digits(1, 0, true);
            case "numeric_ceil" or "numeric_floor" or "round" or "trunc" when IsNumber(call.Type.Oid):
                return DigitsOf(argument) is { } whole ? new Digits(whole.Integer + 1, 0, true) : null;
            case "numeric_round" or "numeric_trunc" when IntegerLiteral(call.Arguments[1].Value) is { } scale:
                return DigitsOf(argument) is { } number ? new Digits(number.Integer + 1, scale, true) : null;
            case "extract_timestamp" or "extract_timestamptz" or "extract_date":
                return new Digits(4, 0, true);
        }

        if (function.Kind != 'a') return null;
        return function.Name switch
        {
            "count" => new Digits(IrisTypes.MaxDigits, 0, true),
            "min" or "max" => DigitsOf(argument),
            "sum" when DigitsOf(argument) is { } summand => summand with { Integer = summand.Integer + RowDigits },
            _ => null,
        };
    }

    // A sum over this many digits' worth of rows, all of them the largest of their type, is still exact.
    private const int RowDigits = 6;

    private bool Aggregate(FunctionCall call)
    {
        var function = call.Resolved!;
        if (!call.OrderBy.IsEmpty && function.Name is not ("count" or "sum" or "min" or "max")) return Refuse($"{function.Name}() in an order is computed here");
        switch (function.Name)
        {
            case "count" when call.Star:
                return call.Filter is { } filter
                    ? Write("COUNT(CASE WHEN ") && Conjunction(filter) && Write(" THEN 1 END)")
                    : Write("COUNT(*)");
            case "count":
                return Count(call);
            case "sum":
                return Sum(call);
            case "min" or "max":
                return Extreme(call);
            case "bool_and" or "bool_or" or "every":
                return Write(IrisFunctions.Aggregates[function.Name]) && Write('(') && Filtered(call, call.Arguments[0].Value, Plain) && Write(')');
            default:
                return Refuse($"{function.Name}() is computed here");
        }
    }

    private bool Count(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        if (call.Distinct && !IrisTypes.Comparable(StorageOf(argument))) return Refuse($"count(DISTINCT {TypeNames.Format(argument.Type.Oid)}) is computed here");
        return Write(call.Distinct ? "COUNT(DISTINCT " : "COUNT(") && Filtered(call, argument, call.Distinct ? Exactly : Whatever) && Write(')');
    }

    // Whether it is there is all that counts, so text kept for another type will do.
    private static bool Whatever(IrisWriter writer, Expr e) => writer.Value(e, Need.Scale);

    private static bool Plain(IrisWriter writer, Expr e) => writer.Value(e, Need.Type);

    private static bool Exactly(IrisWriter writer, Expr e) => writer.ExactText(e);

    private static bool Big(IrisWriter writer, Expr e) => writer.Write("CAST(") && writer.Value(e, Need.None) && writer.Write(" AS BIGINT)");

    private static bool Ordered(IrisWriter writer, Expr e) => writer.TextKey(e);

    /// <summary>An aggregate's argument; rows that FILTER leaves out come as NULL.</summary>
    private bool Filtered(FunctionCall call, Expr argument, Func<IrisWriter, Expr, bool> write)
    {
        if (call.Filter is null) return write(this, argument);
        return Write("CASE WHEN ") && Conjunction(call.Filter) && Write(" THEN ") && write(this, argument) && Write(" END");
    }

    private bool Sum(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        var distinct = call.Distinct ? "DISTINCT " : "";
        switch (argument.Type.Oid)
        {
            case Oids.Int2 or Oids.Int4:
                return Write("SUM(") && Write(distinct) && Filtered(call, argument, Big) && Write(')');
            case Oids.Float8:
                return Write("SUM(") && Write(distinct) && Filtered(call, argument, Plain) && Write(')');
            case Oids.Numeric or Oids.Int8 when DigitsOf(argument) is { } digits && digits.Total + RowDigits <= IrisTypes.MaxDigits:
                return Write("SUM(") && Write(distinct) && Filtered(call, argument, Plain) && Write(')');
            default:
                return Refuse($"the sum of such numbers ({TypeNames.Format(argument.Type.Oid)}) may have more digits than IRIS computes with");
        }
    }

    private bool Extreme(FunctionCall call)
    {
        var argument = call.Arguments[0].Value;
        var name = IrisFunctions.Aggregates[call.Resolved!.Name];
        var storage = StorageOf(argument);
        if (!IrisTypes.Comparable(storage)) return Refuse($"{name} over {TypeNames.Format(argument.Type.Oid)} is computed here");
        if (storage is not (Storage.Text or Storage.BlankStripped)) return Write(name) && Write('(') && Filtered(call, argument, Plain) && Write(')');

        // The largest key without its mark; a key of the mark alone is the empty text.
        return Write("CASE WHEN CHAR_LENGTH(") && Key() && Write(") = 1 THEN '' ELSE SUBSTRING(") && Key() && Write(", 2) END");

        bool Key() => Write(name) && Write('(') && Filtered(call, argument, Ordered) && Write(')');
    }
}
