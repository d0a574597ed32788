using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Functions;

/// <summary>All rules by name, and the one call through which SQLite reaches them.</summary>
internal static class FunctionTable
{
    private static readonly FunctionRule[] Rules =
        [.. NumericFunctions.All(), .. TextFunctions.All(), .. DateFunctions.All(), .. OtherFunctions.All()];

    private static readonly Dictionary<string, int> Index = Rules.Select((rule, i) => (rule.Name, i)).ToDictionary(p => p.Name, p => p.i);

    public static FunctionRule? Find(string name) => Index.TryGetValue(name, out var i) ? Rules[i] : null;
    public static int IndexOf(FunctionRule rule) => Index[rule.Name];

    /// <summary>Rule number, number of the result's type, arguments.</summary>
    public static object? Call(object?[] values)
    {
        var rule = Rules[(long)values[0]!];
        var arguments = new object?[values.Length - 2];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Decode(values[i + 2], rule.WantOf(i));
            if (arguments[i] is null && !rule.SeesNull) return null;
        }
        try
        {
            return Encode(rule.Body(arguments), TypeTable.At((long)values[1]!));
        }
        catch (OverflowException)
        {
            throw Fail.With(-400, "<MAXNUMBER>");
        }
    }

    private static object? Decode(object? value, Want want) => (want, value) switch
    {
        (_, null) => null,
        (Want.Number, string number) => Numbers.Parse(number),
        (Want.Number, long number) => (decimal)number,
        (Want.Number, double number) => Numbers.FromDouble(number),
        (Want.Whole, string number) => Numbers.Whole64(Numbers.Parse(number)),
        (Want.Whole, double number) => Numbers.Whole64(Numbers.FromDouble(number)),
        (Want.Double, string number) => (double)Numbers.Parse(number),
        (Want.Double, long number) => (double)number,
        _ => value,
    };

    private static object? Encode(object? value, IrisType type) => value switch
    {
        null => null,
        decimal number when type.Kind == IrisKind.Numeric => Numbers.Store(Numbers.Fit(number)),
        decimal number when type.Kind == IrisKind.Double => (double)number,
        decimal number => Numbers.Whole64(number),
        long number when type.Kind == IrisKind.Numeric => Numbers.Store(number),
        int number => (long)number,
        double number when type.Kind == IrisKind.Numeric => Numbers.Store(Numbers.FromDouble(number)),
        _ => value,
    };
}
