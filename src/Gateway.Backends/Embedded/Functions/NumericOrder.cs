namespace Gateway.Backends.Embedded.Functions;

/// <summary>Compares numerics by value in their text form, without parsing them: the collation pg_numeric.</summary>
/// <remarks>-Infinity, numbers, Infinity, NaN; the scale does not matter (1.0 = 1.00).</remarks>
internal static class NumericOrder
{
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftRank, rightRank) = (Rank(left), Rank(right));
        if (leftRank != rightRank) return leftRank.CompareTo(rightRank);
        return leftRank switch
        {
            1 => -Magnitude(left[1..], right[1..]),
            3 => Magnitude(left, right),
            _ => 0,
        };
    }

    private static int Rank(ReadOnlySpan<byte> number)
    {
        if (number.IsEmpty) return 2;
        if (number[0] == 'N') return 5;
        if (number[0] == 'I') return 4;
        if (number[0] == '-') return number.Length > 1 && number[1] == 'I' ? 0 : IsZero(number[1..]) ? 2 : 1;
        return IsZero(number) ? 2 : 3;
    }

    private static bool IsZero(ReadOnlySpan<byte> digits) => digits.IndexOfAnyExcept((byte)'0', (byte)'.') < 0;

    private static int Magnitude(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftWhole, leftFraction) = Split(left);
        var (rightWhole, rightFraction) = Split(right);
        if (leftWhole.Length != rightWhole.Length) return leftWhole.Length < rightWhole.Length ? -1 : 1;
        var order = leftWhole.SequenceCompareTo(rightWhole);
        return order != 0 ? order : leftFraction.SequenceCompareTo(rightFraction);
    }

    private static Parts Split(ReadOnlySpan<byte> number)
    {
        var point = number.IndexOf((byte)'.');
        return point < 0
            ? new(number.TrimStart((byte)'0'), default)
            : new(number[..point].TrimStart((byte)'0'), number[(point + 1)..].TrimEnd((byte)'0'));
    }

    private readonly ref struct Parts(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        private readonly ReadOnlySpan<byte> _whole = whole;
        private readonly ReadOnlySpan<byte> _fraction = fraction;

        public void Deconstruct(out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction)
        {
            whole = _whole;
            fraction = _fraction;
        }
    }
}
