using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Dates and times. A timestamptz is kept in UTC, so its fields are IRIS's to compute only where the session is in UTC.</summary>
public sealed partial class IrisWriter
{
    private bool IsLocal(Expr e) => e.Type.Oid is Oids.Timestamp or Oids.Date || (e.Type.Oid == Oids.TimestampTz && options.SessionIsUtc);

    /// <summary>date_trunc(field, moment).</summary>
    private bool Truncated(FunctionCall call)
    {
        if (TextLiteral(call.Arguments[0].Value)?.ToLowerInvariant() is not { } field) return Refuse("date_trunc by a field that is not a constant");
        var moment = call.Arguments[1].Value;
        if (!IsLocal(moment)) return Refuse("date_trunc in the session's time zone");
        var forms = options.HasDateTrunc ? IrisDates.NativeTruncations : IrisDates.Truncations;
        return forms.TryGetValue(field, out var template)
            ? Template(template, call, offset: 1)
            : Refuse($"date_trunc to {field} is computed here");
    }

    /// <summary>extract(field from moment), date_part(field, moment).</summary>
    private bool Extracted(FunctionCall call)
    {
        if (TextLiteral(call.Arguments[0].Value)?.ToLowerInvariant() is not { } field) return Refuse("extract of a field that is not a constant");
        var moment = call.Arguments[1].Value;
        var isDouble = call.Type.Oid == Oids.Float8;
        if (!IsLocal(moment)) return Refuse("a field of a moment in the session's time zone");
        if (!IrisDates.Fields.TryGetValue(field, out var template) || (moment.Type.Oid == Oids.Date && !IrisDates.DateFields.Contains(field)))
            return Refuse($"extract of {field} is computed here");
        if (isDouble) Write("CAST(");
        return Template(template, call, offset: 1) && (!isDouble || Write(" AS DOUBLE)"));
    }

    /// <summary>to_char(moment, format) with elements that are the same in both.</summary>
    private bool Formatted(FunctionCall call)
    {
        if (!IsLocal(call.Arguments[0].Value)) return Refuse("to_char in the session's time zone");
        if (TextLiteral(call.Arguments[1].Value) is not { Length: > 0 } format || !IsCommonFormat(format)) return Refuse("to_char with this format is computed here");
        return Write("TO_CHAR(") && Value(call.Arguments[0].Value, Need.None) && Write(", '") && Write(format) && Write("')");
    }

    private static bool IsCommonFormat(string format)
    {
        for (var i = 0; i < format.Length;)
        {
            if (format[i] is '-' or '/' or ':' or ' ')
            {
                i++;
                continue;
            }

            var length = 0;
            foreach (var element in IrisDates.Elements)
                if (string.CompareOrdinal(format, i, element, 0, element.Length) == 0) length = Math.Max(length, element.Length);
            if (length == 0) return false;
            i += length;
        }

        return true;
    }
}
