using System.Globalization;
using System.Numerics;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>to_char of numbers and to_number: the template patterns of the manual's table 9.29.</summary>
internal static class NumberTemplates
{
    private static readonly string[] Patterns = ["EEEE", "FM", "MI", "PL", "SG", "PR", "RN", "TH", "L", "S", "D", "G", "V"];

    public static void AddTo(FunctionTable f)
    {
        f.Add("int4_to_char", 2, c => c.Return(Format(c.Int(0), c.Text(1))));
        f.Add("int8_to_char", 2, c => c.Return(Format(c.Int(0), c.Text(1))));
        f.Add("numeric_to_char", 2, c => c.Return(Format(Numerics.Get(c, 0), c.Text(1))));
        f.Add("float8_to_char", 2, c => c.Return(FormatFloat(c.Double(0), c.Text(1))));
        f.Add("float4_to_char", 2, c => c.Return(FormatFloat(c.Double(0), c.Text(1))));
        f.Add("numeric_to_number", 2, c => Numerics.Return(c, Parse(c.Text(0), c.Text(1))));
    }

    private sealed class Template
    {
        public List<(string Kind, string Text)> Items { get; } = [];

        public bool Fill { get; set; }

        /// <summary>Digits before the point, behind it, and behind V.</summary>
        public int Before { get; set; }

        public int After { get; set; }

        public int Shift { get; set; }

        public int FirstZero { get; set; } = int.MaxValue;

        public bool Has(string kind) => Items.Exists(item => item.Kind == kind);
    }

    private static Template Read(string format)
    {
        var template = new Template();
        var (point, shifted) = (false, false);
        for (var i = 0; i < format.Length;)
        {
            if (format[i] is '9' or '0')
            {
                if (format[i] == '0' && !point) template.FirstZero = Math.Min(template.FirstZero, template.Before);
                if (shifted) template.Shift++;
                if (point) template.After++;
                else template.Before++;
                template.Items.Add((format[i].ToString(), ""));
                i++;
            }
            else if (format[i] == '.' || format[i] == ',')
            {
                Point(format[i++] == '.');
            }
            else if (format[i] == '"')
            {
                var end = format.IndexOf('"', i + 1);
                if (end < 0) end = format.Length;
                template.Items.Add(("literal", format[(i + 1)..end]));
                i = Math.Min(end + 1, format.Length);
            }
            else if (Patterns.FirstOrDefault(p => string.Compare(format, i, p, 0, p.Length, StringComparison.OrdinalIgnoreCase) == 0) is { } pattern)
            {
                var written = format.Substring(i, pattern.Length);
                i += pattern.Length;
                if (pattern == "FM") template.Fill = true;
                else if (pattern is "D" or "G") Point(pattern == "D");
                else if (pattern == "V") shifted = true;
                else template.Items.Add((pattern, written));
            }
            else
            {
                template.Items.Add(("literal", format[i++].ToString()));
            }
        }

        if (template.Has("EEEE") && (template.Has("S") || template.Has("MI") || template.Has("PL") || template.Has("SG") || template.Has("PR") || template.Has("RN")))
            throw PgException.Syntax("\"EEEE\" is incompatible with other formats");
        return template;

        void Point(bool isPoint)
        {
            if (isPoint && point) throw PgException.Syntax("multiple decimal points");
            if (isPoint) point = true;
            template.Items.Add((isPoint ? "." : ",", ""));
        }
    }

    private static string FormatFloat(double value, string format)
    {
        var template = Read(format);
        if (double.IsNaN(value) || double.IsInfinity(value)) return Special(value.ToString(CultureInfo.InvariantCulture), template);
        if (template.Has("EEEE")) return Write(PgNumeric.Parse(value.ToString("E15", CultureInfo.InvariantCulture)), template);
        if (template.Shift > 0) value *= Math.Pow(10, template.Shift);
        var digits = Math.Min(template.After, 15);
        var text = Math.Abs(value) < 1e15 ? Math.Round(value, digits, MidpointRounding.ToEven).ToString("F" + digits, CultureInfo.InvariantCulture)
            : value.ToString("F0", CultureInfo.InvariantCulture);
        return Write(PgNumeric.Parse(text), template, shifted: true);
    }

    private static string Format(PgNumeric value, string format)
    {
        var template = Read(format);
        return value.IsFinite ? Write(value, template) : Special(value.ToString(), template);
    }

    private static string Special(string name, Template template) => throw PgException.Unsupported(
        $"to_char of {name}{(template.Fill ? " with FM" : "")} is not supported by the embedded engine");

    private static string Write(PgNumeric value, Template template, bool shifted = false)
    {
        if (template.Has("RN")) return Roman(value, template);
        if (template.Has("EEEE")) return Exponent(value, template);
        if (template.Shift > 0 && !shifted) value *= PgNumeric.Create(BigInteger.Pow(10, template.Shift), 0);
        value = value.Round(template.After);
        var negative = value.Sign < 0;
        var text = value.Abs().ToString();
        var dot = text.IndexOf('.');
        var whole = (dot < 0 ? text : text[..dot]).TrimStart('0');
        var fraction = dot < 0 ? "" : text[(dot + 1)..];

        // PostgreSQL writes 0.5 with its zero, for which .99 has no place.
        var overflow = whole.Length > template.Before || (template.Before == 0 && template.After > 0);

        // FM drops the zeros at the end of the fraction, but for those a 0 in the template demands.
        var keep = template.After;
        if (template.Fill)
        {
            var behind = template.Items.SkipWhile(item => item.Kind != ".").Where(item => item.Kind is "9" or "0").ToList();
            while (keep > 0 && behind[keep - 1].Kind == "9" && fraction[keep - 1] == '0') keep--;
        }

        var hasPoint = template.Has(".");
        var zeroShown = whole.Length == 0 && (template.After == 0 || (template.Fill && keep == 0));

        // A sign of its own place (MI, SG, S at the end) leaves no column for one before the digits.
        var signItem = template.Items.FindIndex(item => item.Kind == "S");
        var signLeads = signItem >= 0 && template.Items.FindIndex(item => item.Kind is "9" or "0" or ".") > signItem;
        var bracketed = template.Has("PR");
        string? pending = template.Has("MI") || template.Has("SG") || (signItem >= 0 && !signLeads) ? null
            : bracketed ? negative ? "<" : template.Fill ? "" : " "
            : signLeads ? negative ? "-" : "+"
            : negative ? "-" : template.Fill ? "" : " ";

        var output = new StringBuilder();
        var (position, behindPoint, started) = (0, 0, false);
        var inFraction = false;
        foreach (var (kind, written) in template.Items)
        {
            switch (kind)
            {
                case "9" or "0" when inFraction:
                    if (behindPoint < keep) output.Append(overflow ? '#' : fraction[behindPoint]);
                    behindPoint++;
                    break;
                case "9" or "0":
                    var index = position - (template.Before - whole.Length);
                    if (overflow) Start('#');
                    else if (index >= 0) Start(whole[index]);
                    else if (position >= template.FirstZero || (zeroShown && position == template.Before - 1)) Start('0');
                    else if (!template.Fill) output.Append(' ');
                    position++;
                    break;
                case ".":
                    inFraction = true;
                    Start('.');
                    break;
                case ",":
                    if (started) output.Append(',');
                    else if (!template.Fill) output.Append(' ');
                    break;
                case "S" when !signLeads:
                case "SG":
                    output.Append(negative ? '-' : '+');
                    break;
                case "MI":
                    if (negative) output.Append('-');
                    else if (!template.Fill) output.Append(' ');
                    break;
                case "PL":
                    if (!negative) output.Append('+');
                    else if (!template.Fill) output.Append(' ');
                    break;
                case "PR":
                    if (negative) output.Append('>');
                    else if (!template.Fill) output.Append(' ');
                    break;
                case "TH":
                    if (!negative && !hasPoint) output.Append(DateTemplates.Ordinal(whole.Length == 0 ? "0" : whole, written[0] == 'T'));
                    break;
                case "L":
                    if (!template.Fill) output.Append(' ');
                    break;
                case "literal":
                    output.Append(written);
                    break;
            }
        }

        return output.ToString();

        void Start(char ch)
        {
            if (pending is not null) output.Append(pending);
            pending = null;
            started = true;
            output.Append(ch);
        }
    }

    private static string Exponent(PgNumeric value, Template template)
    {
        var exponent = 0;
        var mantissa = value.Abs();
        if (!mantissa.IsZero)
        {
            var text = mantissa.ToString();
            var digits = text.Replace(".", "").TrimStart('0');
            var dot = text.IndexOf('.') is >= 0 and var at ? at : text.Length;
            var first = text.AsSpan().IndexOfAnyInRange('1', '9');
            exponent = first < dot ? dot - first - 1 : dot - first;
            mantissa = PgNumeric.Create(BigInteger.Parse(digits, CultureInfo.InvariantCulture), digits.Length - 1).Round(template.After);
            if (mantissa >= 10L)
            {
                exponent++;
                mantissa = (mantissa / 10L).Round(template.After);
            }
        }

        var sign = value.Sign < 0 ? "-" : template.Fill ? "" : " ";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa.Round(template.After)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string Roman(PgNumeric value, Template template)
    {
        var number = value.Round(0).ToInt64();
        var text = number is < 1 or > 3999 ? "###############" : DateTemplates.Roman(number);
        if (template.Items.First(item => item.Kind == "RN").Text[0] == 'r') text = text.ToLowerInvariant();
        return template.Fill ? text : text.PadLeft(15);
    }

    /// <summary>Reads what the template has digits for; anything else is skipped place by place.</summary>
    private static PgNumeric Parse(string text, string format)
    {
        var template = Read(format);
        if (template.Has("EEEE")) throw PgException.Unsupported("\"EEEE\" not supported for input");
        if (template.Has("RN")) throw PgException.Unsupported("\"RN\" not supported for input");
        var digits = new StringBuilder();
        var negative = false;
        var (before, after, inFraction) = (0, 0, false);
        foreach (var ch in text)
        {
            if (ch is '-' or '<') negative = true;
            else if (char.IsAsciiDigit(ch))
            {
                if (inFraction ? after++ >= template.After : before++ >= template.Before) continue;
                digits.Append(ch);
            }
            else if (ch == '.' && !inFraction && template.Has("."))
            {
                inFraction = true;
                digits.Append('.');
            }
        }

        var number = digits.ToString().TrimEnd('.');
        if (number.Length == 0) throw PgException.InvalidText("numeric", Encoding.UTF8.GetBytes(text.Trim()));
        var value = PgNumeric.Parse((negative ? "-" : "") + number);
        return template.Shift > 0 ? value / PgNumeric.Create(BigInteger.Pow(10, template.Shift), 0) : value;
    }
}
