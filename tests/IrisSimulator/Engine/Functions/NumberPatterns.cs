using System.Globalization;
using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Functions;

/// <summary>TO_CHAR of a number: 9, 0, point, comma, $, S and MI.</summary>
internal static class NumberPatterns
{
    public static string Format(decimal value, string pattern)
    {
        var point = pattern.IndexOf('.');
        var scale = point < 0 ? 0 : pattern[point..].Count(c => c is '9' or '0');
        var rounded = Numbers.Round(value, scale);
        var text = Math.Abs(rounded).ToString("F" + scale, CultureInfo.InvariantCulture);
        var whole = scale == 0 ? text : text[..text.IndexOf('.')];
        var shape = point < 0 ? pattern : pattern[..point];
        var digits = shape.Count(c => c is '9' or '0');
        if (whole.TrimStart('0').Length > digits) return new string('#', pattern.Length + 1);
        whole = whole.TrimStart('0');
        var result = "";
        var next = whole.Length - 1;
        for (var i = shape.Length - 1; i >= 0; i--)
            switch (shape[i])
            {
                case '9':
                    var zero = next == -1 && whole.Length == 0 && scale == 0 && result.Trim().Length == 0;
                    result = (next >= 0 ? whole[next] : zero ? '0' : ' ') + result;
                    next--;
                    break;
                case '0': result = (next >= 0 ? whole[next--] : '0') + result; break;
                case ',': result = (next >= 0 || shape[..i].Contains('0') ? ',' : ' ') + result; break;
                case '$': result = "$" + result; break;
            }
        var body = result.TrimStart(' ');
        var sign = rounded < 0 ? "-" : pattern.StartsWith('S') ? "+" : " ";
        return new string(' ', result.Length - body.Length) + sign + body + (scale == 0 ? "" : text[text.IndexOf('.')..]);
    }
}
