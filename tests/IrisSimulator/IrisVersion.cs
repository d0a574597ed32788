namespace IrisSimulator;

/// <summary>A release of the server, such as 2024.3. Ordered.</summary>
public readonly record struct IrisVersion(int Major, int Minor) : IComparable<IrisVersion>
{
    public static readonly IrisVersion V2023_1 = new(2023, 1);
    public static readonly IrisVersion V2024_1 = new(2024, 1);
    public static readonly IrisVersion V2024_3 = new(2024, 3);
    public static readonly IrisVersion V2025_1 = new(2025, 1);
    public static readonly IrisVersion V2025_2 = new(2025, 2);

    /// <summary>Reads "2025.1"; anything after the second number is ignored ("2025.1.0.223").</summary>
    public static IrisVersion Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor)
            ? new(major, minor)
            : throw new FormatException($"'{text}' is no version");
    }

    public int CompareTo(IrisVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));
    public static bool operator <(IrisVersion a, IrisVersion b) => a.CompareTo(b) < 0;
    public static bool operator >(IrisVersion a, IrisVersion b) => a.CompareTo(b) > 0;
    public static bool operator <=(IrisVersion a, IrisVersion b) => a.CompareTo(b) <= 0;
    public static bool operator >=(IrisVersion a, IrisVersion b) => a.CompareTo(b) >= 0;

    public override string ToString() => $"{Major}.{Minor}";
}
