using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Several percentiles of one set: value, array of fractions, and for percentile_disc the OID of the value's type.</summary>
internal sealed class OrderedSets(bool continuous) : Accumulator
{
    private readonly List<Datum> _rows = [];
    private PgArray? _fractions;
    private uint _type = Oids.Float8;

    public static void AddTo(FunctionTable f)
    {
        f.Aggregate("percentile_cont_several", 2, () => new OrderedSets(continuous: true));
        f.Aggregate("percentile_disc_several", 3, () => new OrderedSets(continuous: false));
    }

    public override void Step(Call c)
    {
        if (!continuous) _type = c.Oid(2);
        _fractions ??= PgArray.Argument(c, 1);
        _rows.Add(continuous ? Datum.Of(c.Double(0)) : Datum.Argument(c, 0, _type));
    }

    public override void Inverse(Call c) => throw new NotSupportedException();

    public override void Result(Call c)
    {
        if (_fractions is null) return;
        var results = new byte[]?[_fractions.Items.Length];
        for (var i = 0; i < results.Length; i++)
        {
            if (_fractions.Items[i] is null) continue;
            var fraction = _fractions[i].Float;
            if (fraction is not (>= 0 and <= 1))
                throw new PgException(SqlStates.NumericValueOutOfRange, FormattableString.Invariant($"percentile value {fraction} is not between 0 and 1"));
            results[i] = PgArray.Binary(_type, continuous ? Between(fraction) : _rows[Math.Max((int)Math.Ceiling(fraction * _rows.Count), 1) - 1]);
        }

        new PgArray(_type, _fractions.Lengths, _fractions.Lowers, results).Return(c);
    }

    private Datum Between(double fraction)
    {
        var at = fraction * (_rows.Count - 1);
        var (low, high) = (_rows[(int)Math.Floor(at)].Float, _rows[(int)Math.Ceiling(at)].Float);
        return Datum.Of(low == high ? low : low + ((at - Math.Floor(at)) * (high - low)));
    }
}
