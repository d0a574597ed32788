namespace Gateway.Sql.Dialects.Iris;

/// <summary>How long an exact number can be: what decides whether IRIS computes it without loss, and how it is read.</summary>
/// <param name="Integer">Digits before the point.</param>
/// <param name="Scale">Digits behind it.</param>
/// <param name="IsFixed">PostgreSQL shows exactly <paramref name="Scale"/> digits behind the point.</param>
internal readonly record struct Digits(int Integer, int Scale, bool IsFixed)
{
    public int Total => Integer + Scale;

    public static Digits? Widest(Digits? a, Digits? b) => a is { } x && b is { } y
        ? new Digits(Math.Max(x.Integer, y.Integer), Math.Max(x.Scale, y.Scale), x.IsFixed && y.IsFixed && x.Scale == y.Scale)
        : null;

    public static Digits? Sum(Digits? a, Digits? b) => a is { } x && b is { } y
        ? new Digits(Math.Max(x.Integer, y.Integer) + 1, Math.Max(x.Scale, y.Scale), x.IsFixed && y.IsFixed)
        : null;

    public static Digits? Product(Digits? a, Digits? b) => a is { } x && b is { } y
        ? new Digits(x.Integer + y.Integer, x.Scale + y.Scale, x.IsFixed && y.IsFixed)
        : null;

    /// <summary>The most an integer type holds.</summary>
    public static Digits OfInteger(uint type) => new(type switch { Types.Oids.Int2 => 5, Types.Oids.Int4 => 10, _ => 19 }, 0, true);

    /// <summary>The digits that are sure not to overflow an integer type.</summary>
    public static int Safe(uint type) => type switch { Types.Oids.Int2 => 4, Types.Oids.Int4 => 9, _ => IrisTypes.MaxDigits };
}
