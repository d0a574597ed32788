using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Dates and times. A timestamptz is kept in UTC, so its fields are IRIS's to compute only where the session is in UTC.</summary>
public sealed partial class IrisWriter
{
    private bool IsLocal(Expr e) => e.Type.Oid is Oids.Timestamp or Oids.Date || (e.Type.Oid == Oids.TimestampTz && options.SessionIsUtc);

    /// <summary>date_trunc(field, moment).</summary>
    private bool Truncated(FunctionCall call, Need need)
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
    private bool Extracted(FunctionCall call, Need need)
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
    private bool Formatted(FunctionCall call, Need need)
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

    private bool AddDays(Expr date, Expr days, string sign) =>
        Write("CAST(DATEADD('day', ") && Write(sign) && (sign.Length == 0 ? Value(days, Need.None) : Operand(days)) && Write(", ")
        && Value(date, Need.None) && Write(") AS DATE)");

    /// <summary>Months, then days, then the time, as PostgreSQL adds them; both end a month at its last day.</summary>
    private bool AddInterval(Expr moment, Expr interval, int sign)
    {
        if (interval is not Cast { Operand: StringLiteral { Type.Oid: Oids.Unknown or 0 } literal, Type: { Oid: Oids.Interval, Typmod: -1 } })
            return Refuse("an interval that is no constant is added here");
        if (!IsPlainInterval(literal.Value)) return Refuse("this interval is added here");
        var value = PgInterval.Parse(Encoding.UTF8.GetBytes(literal.Value), FormatSettings.Default);
        var seconds = value.Microseconds / 1_000_000;
        if (value.Microseconds % 1_000_000 != 0 || Math.Abs(seconds) > int.MaxValue) return Refuse("fractions of seconds are added here");
        if (moment.Type.Oid == Oids.TimestampTz && !options.SessionIsUtc && (value.Months | value.Days) != 0)
            return Refuse("days are added in the session's time zone");
        if (seconds != 0) _sql.Append(CultureInfo.InvariantCulture, $"DATEADD('second', {sign * seconds}, ");
        if (value.Days != 0) _sql.Append(CultureInfo.InvariantCulture, $"DATEADD('day', {sign * value.Days}, ");
        if (value.Months != 0) _sql.Append(CultureInfo.InvariantCulture, $"DATEADD('month', {sign * value.Months}, ");
        var isDate = moment.Type.Oid == Oids.Date;
        if (isDate) Write("CAST(");
        if (!Value(moment, Need.None)) return false;
        if (isDate) Write(" AS TIMESTAMP)");
        if (value.Months != 0) Write(')');
        if (value.Days != 0) Write(')');
        if (seconds != 0) Write(')');
        return true;
    }

    // '1 day', '-3 mons 2 hours': what no IntervalStyle reads differently and no error can come of.
    private static bool IsPlainInterval(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 || words.Length % 2 != 0) return false;
        for (var i = 0; i < words.Length; i += 2)
        {
            if (!int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) || Math.Abs(n) > 1_000_000) return false;
            var unit = words[i + 1].ToLowerInvariant();
            if (unit is not ("year" or "years" or "month" or "months" or "mon" or "mons" or "week" or "weeks" or "day" or "days"
                or "hour" or "hours" or "minute" or "minutes" or "min" or "mins" or "second" or "seconds" or "sec" or "secs")) return false;
        }

        return true;
    }
}
