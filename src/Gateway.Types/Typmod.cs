namespace Gateway.Types;

/// <summary>What a type modifier does to a value: varchar(10), numeric(8,2), timestamp(3)… A typmod below 0 does nothing.</summary>
public static class Typmod
{
    private static readonly long[] Units = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>The typmod of numeric(precision, scale); scale may be -1000 to 1000.</summary>
    public static int Numeric(int precision, int scale) => ((precision << 16) | (scale & 0x7FF)) + 4;

    /// <summary>The typmod of varchar(length) and char(length), in characters.</summary>
    public static int Length(int length) => length + 4;

    public static int Precision(int numericTypmod) => ((numericTypmod - 4) >> 16) & 0xFFFF;

    public static int Scale(int numericTypmod) => (((numericTypmod - 4) & 0x7FF) ^ 0x400) - 0x400;

    /// <summary>Rounds a time or timestamp to the typmod's digits, half away from the epoch.</summary>
    public static long ApplyTime(long microseconds, int typmod)
    {
        if (typmod is < 0 or > 5 || microseconds is long.MaxValue or long.MinValue) return microseconds;
        var unit = Units[typmod];
        var half = unit / 2;
        return microseconds >= 0 ? (microseconds + half) / unit * unit : -((-microseconds + half) / unit * unit);
    }

    /// <summary>Drops the fields that the typmod leaves out, and rounds the seconds.</summary>
    public static PgInterval ApplyInterval(PgInterval value, int typmod)
    {
        if (typmod < 0) return value;
        var fields = (typmod >> 16) & 0x7FFF;
        var precision = typmod & 0xFFFF;
        var (months, days, time) = value;
        if (fields != 0x7FFF)
        {
            // Only what is smaller than the smallest field goes: interval hour keeps months and days.
            if ((fields & (1 << 12)) == 0)
            {
                if ((fields & (1 << 11)) != 0) time -= time % Calendar.MicrosecondsPerMinute;
                else if ((fields & (1 << 10)) != 0) time -= time % Calendar.MicrosecondsPerHour;
                else time = 0;
                if ((fields & ((1 << 11) | (1 << 10) | (1 << 3))) == 0) days = 0;
                if (fields == 1 << 2) months -= months % 12;
            }
        }

        return new PgInterval(months, days, precision < 6 ? ApplyTime(time, precision) : time);
    }

    /// <summary>Rounds to the scale, half away from zero, and checks the precision.</summary>
    /// <exception cref="PgException">22003 <c>numeric field overflow</c> with PostgreSQL's detail.</exception>
    public static PgNumeric ApplyNumeric(PgNumeric value, int typmod)
    {
        if (typmod < 4 || value.IsNaN) return value;
        var (precision, scale) = (Precision(typmod), Scale(typmod));
        if (value.IsInfinity) throw NumericOverflow($"A field with precision {precision}, scale {scale} cannot hold an infinite value.");
        var rounded = value.Round(scale);
        if (rounded.IntegerDigits() <= precision - scale) return rounded;
        var limit = precision - scale == 0 ? "1" : $"10^{precision - scale}";
        throw NumericOverflow($"A field with precision {precision}, scale {scale} must round to an absolute value less than {limit}.");
    }

    /// <summary>Appends a text cut to varchar(n): blanks beyond go silently, anything else is an error.</summary>
    /// <exception cref="PgException">22001, unless <paramref name="isExplicit"/> (a cast), which cuts.</exception>
    public static void ApplyVarChar(ReadOnlySpan<byte> text, int typmod, bool isExplicit, ByteWriter output)
    {
        var limit = typmod - 4;
        if (typmod < 4 || text.Length <= limit)
        {
            output.Bytes(text);
            return;
        }

        output.Bytes(text[..Cut(text, limit, isExplicit, "character varying", out _)]);
    }

    /// <summary>Appends a text cut or padded with blanks to char(n).</summary>
    /// <exception cref="PgException">22001, unless <paramref name="isExplicit"/> (a cast), which cuts.</exception>
    public static void ApplyBpChar(ReadOnlySpan<byte> text, int typmod, bool isExplicit, ByteWriter output)
    {
        if (typmod < 4)
        {
            output.Bytes(text);
            return;
        }

        var limit = typmod - 4;
        output.Bytes(text[..Cut(text, limit, isExplicit, "character", out var characters)]);
        for (; characters < limit; characters++) output.Byte((byte)' ');
    }

    /// <summary>Appends a bit string held to bit(n) (<paramref name="varying"/> false) or bit varying(n).</summary>
    /// <exception cref="PgException">22026 or 22001, unless <paramref name="isExplicit"/>, which cuts, and pads with zeros on the right.</exception>
    public static void ApplyBit(ReadOnlySpan<byte> digits, int typmod, bool varying, bool isExplicit, ByteWriter output)
    {
        if (typmod < 0 || digits.Length == typmod || (varying && digits.Length < typmod))
        {
            output.Bytes(digits);
            return;
        }

        if (!isExplicit)
            throw varying
                ? new PgException(SqlStates.StringDataRightTruncation, $"bit string too long for type bit varying({typmod})")
                : new PgException("22026", $"bit string length {digits.Length} does not match type bit({typmod})");
        output.Bytes(digits[..Math.Min(digits.Length, typmod)]);
        for (var i = digits.Length; i < typmod; i++) output.Byte((byte)'0');
    }

    /// <summary>vector(n), halfvec(n) and sparsevec(n) want n dimensions, in casts too; nothing is cut or padded.</summary>
    /// <exception cref="PgException">22000 <c>expected N dimensions, not M</c>.</exception>
    public static void CheckVector(uint type, ReadOnlySpan<byte> value, int typmod)
    {
        var dimensions = type == Oids.Sparsevec ? SparseVectorCodec.Dimensions(value) : EmbeddingCodec.Dimensions(value);
        if (typmod >= 0 && dimensions != typmod) throw EmbeddingCodec.Unexpected(typmod, dimensions);
    }

    private static PgException NumericOverflow(string detail) =>
        new(SqlStates.NumericValueOutOfRange, "numeric field overflow") { Detail = detail };

    private static int Cut(ReadOnlySpan<byte> text, int limit, bool isExplicit, string type, out int characters)
    {
        characters = 0;
        var end = 0;
        for (; end < text.Length; end++)
        {
            if ((text[end] & 0xC0) == 0x80) continue;
            if (characters == limit) break;
            characters++;
        }

        if (end < text.Length && !isExplicit && text[end..].IndexOfAnyExcept((byte)' ') >= 0)
            throw new PgException(SqlStates.StringDataRightTruncation, $"value too long for type {type}({limit})");
        return end;
    }
}
