namespace Gateway.Types;

/// <summary>The order of numbers in an ambiguous date.</summary>
internal enum DateOrder
{
    Mdy,
    Dmy,
    Ymd,
}

/// <summary>The two halves of the DateStyle setting.</summary>
internal static class DateStyles
{
    /// <summary>I ISO, S SQL, P Postgres, G German.</summary>
    public static char Style(this FormatSettings settings) =>
        settings.DateStyle.Length == 0 ? 'I' : char.ToUpperInvariant(settings.DateStyle[0]) is var c and ('S' or 'P' or 'G') ? c : 'I';

    public static DateOrder Order(this FormatSettings settings)
    {
        var style = settings.DateStyle;
        return style.EndsWith("DMY", StringComparison.OrdinalIgnoreCase) ? DateOrder.Dmy
            : style.EndsWith("YMD", StringComparison.OrdinalIgnoreCase) ? DateOrder.Ymd
            : DateOrder.Mdy;
    }
}
