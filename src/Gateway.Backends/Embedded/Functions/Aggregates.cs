using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>The aggregates that SQLite has not, or not with PostgreSQL's result types. All of them work over windows too.</summary>
internal static class Aggregates
{
    public static void AddTo(FunctionTable f)
    {
        f.Aggregate("sum_int8", 1, () => new NumericSums(c => c.Int(0), (sums, c) => Numerics.Return(c, sums.Sum)));
        f.Aggregate("sum_numeric", 1, () => new NumericSums(c => Numerics.Get(c, 0), (sums, c) => Numerics.Return(c, sums.Sum)));
        f.Aggregate("avg_numeric", 1, () => new NumericSums(Either, (sums, c) => Numerics.Return(c, sums.Sum / sums.Count)));
        foreach (var (name, sample, root) in (ReadOnlySpan<(string, bool, bool)>)
            [("var_pop", false, false), ("var_samp", true, false), ("stddev_pop", false, true), ("stddev_samp", true, true)])
        {
            f.Aggregate($"{name}_numeric", 1, () => new NumericSums(Either, (sums, c) => sums.Variance(c, sample, root)));
            f.Aggregate($"{name}_float8", 1, () => new FloatSums(1, (sums, c) =>
            {
                var divisor = sample ? sums.Count - 1 : sums.Count;
                if (divisor > 0) c.Return(root ? Math.Sqrt(sums.SquaresX / divisor) : sums.SquaresX / divisor);
            }));
        }

        f.Aggregate("sum_float8", 1, () => new FloatSums(1, (sums, c) => { if (sums.Count > 0) c.Return(sums.SumX); }));
        f.Aggregate("sum_float4", 1, () => new SingleSum());
        f.Aggregate("avg_float8", 1, () => new FloatSums(1, (sums, c) => { if (sums.Count > 0) c.Return(sums.SumX / sums.Count); }));

        // Two arguments: Y, X.
        Regression("regr_count", (s, c) => c.Return((long)s.Count), atLeast: 0);
        Regression("regr_sxx", (s, c) => c.Return(s.SquaresX));
        Regression("regr_syy", (s, c) => c.Return(s.SquaresY));
        Regression("regr_sxy", (s, c) => c.Return(s.ProductsXY));
        Regression("regr_avgx", (s, c) => c.Return(s.SumX / s.Count));
        Regression("regr_avgy", (s, c) => c.Return(s.SumY / s.Count));
        Regression("regr_slope", (s, c) => { if (s.SquaresX != 0) c.Return(s.ProductsXY / s.SquaresX); });
        Regression("regr_intercept", (s, c) => { if (s.SquaresX != 0) c.Return((s.SumY - (s.SumX * s.ProductsXY / s.SquaresX)) / s.Count); });
        Regression("regr_r2", (s, c) =>
        {
            if (s.SquaresX != 0) c.Return(s.SquaresY == 0 ? 1 : s.ProductsXY * s.ProductsXY / (s.SquaresX * s.SquaresY));
        });
        Regression("corr", (s, c) => { if (s.SquaresX != 0 && s.SquaresY != 0) c.Return(s.ProductsXY / Math.Sqrt(s.SquaresX * s.SquaresY)); });
        Regression("covar_pop", (s, c) => c.Return(s.ProductsXY / s.Count));
        Regression("covar_samp", (s, c) => c.Return(s.ProductsXY / (s.Count - 1)), atLeast: 2);

        f.Aggregate("sum_interval", 1, () => new IntervalSums(average: false));
        f.Aggregate("avg_interval", 1, () => new IntervalSums(average: true));
        f.Aggregate("min_of", 2, () => new Extreme(-1));
        f.Aggregate("max_of", 2, () => new Extreme(1));

        f.Aggregate("bit_and", 1, () => new Bits((a, b) => a & b));
        f.Aggregate("bit_or", 1, () => new Bits((a, b) => a | b));
        f.Aggregate("bit_xor", 1, () => new Bits((a, b) => a ^ b));

        f.Aggregate("string_agg", 2, () => new Strings(bytes: false, distinct: false), strict: false);
        f.Aggregate("string_agg_bytea", 2, () => new Strings(bytes: true, distinct: false), strict: false);
        f.Aggregate("string_agg_distinct", 2, () => new Strings(bytes: false, distinct: true), strict: false);
        f.Aggregate("string_agg_bytea_distinct", 2, () => new Strings(bytes: true, distinct: true), strict: false);
        f.Aggregate("array_agg", 2, () => new Collected(ReturnArray), strict: false);
        f.Aggregate("array_agg_array", 2, () => new Collected(Arrays.ReturnStacked), strict: false);
        f.Aggregate("array_agg_array_distinct", 2, () => new Collected(Arrays.ReturnStacked, distinct: true), strict: false);
        f.Aggregate("array_agg_distinct", 2, () => new Collected(ReturnArray, distinct: true), strict: false);

        f.Aggregate("single", 1, () => new Single(), strict: false);
        f.Aggregate("percentile_cont", 2, () => new Percentile(Percentile.Kind.Continuous));
        f.Aggregate("percentile_cont_interval", 2, () => new Percentile(Percentile.Kind.Interval));
        f.Aggregate("percentile_disc", 2, () => new Percentile(Percentile.Kind.Discrete));
        f.Aggregate("mode", 1, () => new Percentile(Percentile.Kind.Mode));

        void Regression(string name, Action<FloatSums, Call> result, int atLeast = 1) =>
            f.Aggregate(name, 2, () => new FloatSums(2, (sums, c) => { if (sums.Count >= atLeast) result(sums, c); }));
    }

    // Integers and numerics share these aggregates; the carrier tells them apart.
    private static PgNumeric Either(Call c) => c.Kind(0) == Native.Integer ? c.Int(0) : Numerics.Get(c, 0);

    private static void ReturnArray(Call c, IReadOnlyList<Datum> values, uint type)
    {
        if (values.Count > 0) PgArray.Vector(type, [.. values.Select(value => PgArray.Binary(type, value))]).Return(c);
    }

    private sealed class NumericSums(Func<Call, PgNumeric> argument, Action<NumericSums, Call> result) : Accumulator
    {
        private PgNumeric _sum;
        private PgNumeric _squares;
        private int _notANumber;
        private int _infinite;
        private int _minusInfinite;

        // The result prints with the largest scale among the rows still inside the frame.
        private readonly SortedDictionary<int, int> _scales = [];

        public long Count { get; private set; }

        public PgNumeric Sum => _notANumber > 0 || (_infinite > 0 && _minusInfinite > 0) ? PgNumeric.NaN
            : _infinite > 0 ? PgNumeric.PositiveInfinity
            : _minusInfinite > 0 ? PgNumeric.NegativeInfinity
            : _sum.Round(_scales.Count == 0 ? 0 : _scales.Keys.Last());

        public override void Step(Call c) => Count_(argument(c), 1);

        public override void Inverse(Call c) => Count_(argument(c), -1);

        public override void Result(Call c)
        {
            if (Count > 0) result(this, c);
        }

        public void Variance(Call c, bool sample, bool root)
        {
            if (sample && Count < 2) return;
            if (!Sum.IsFinite)
            {
                Numerics.Return(c, PgNumeric.NaN);
                return;
            }

            var (sum, count) = (Sum, (PgNumeric)Count);
            var numerator = (count * _squares) - (sum * sum);
            var variance = numerator.Sign <= 0 ? PgNumeric.Zero : numerator / (count * (sample ? Count - 1 : Count));
            Numerics.Return(c, root && numerator.Sign > 0 ? variance.Sqrt(variance.Scale) : variance);
        }

        private void Count_(PgNumeric value, int by)
        {
            Count += by;
            if (!value.IsFinite)
            {
                if (value.IsNaN) _notANumber += by;
                else if (value > PgNumeric.Zero) _infinite += by;
                else _minusInfinite += by;
                return;
            }

            _sum = by > 0 ? _sum + value : _sum - value;
            var square = value * value;
            _squares = by > 0 ? _squares + square : _squares - square;
            var left = _scales.GetValueOrDefault(value.Scale) + by;
            if (left == 0) _scales.Remove(value.Scale);
            else _scales[value.Scale] = left;
        }
    }

    /// <summary>Sums, and sums of squared deviations by Youngs and Cramer's update, over X or over Y and X.</summary>
    private sealed class FloatSums(int arguments, Action<FloatSums, Call> result) : Accumulator
    {
        private readonly Queue<(double Y, double X)> _rows = new();
        private bool _stale;

        public int Count { get; private set; }

        public double SumX { get; private set; }

        public double SumY { get; private set; }

        public double SquaresX { get; private set; }

        public double SquaresY { get; private set; }

        public double ProductsXY { get; private set; }

        public override void Step(Call c)
        {
            var row = arguments == 1 ? (0, c.Double(0)) : (c.Double(0), c.Double(1));
            _rows.Enqueue(row);
            if (!_stale) Add(row);
        }

        // Subtracting would leave rounding errors behind: the frame is added up anew.
        public override void Inverse(Call c)
        {
            _rows.Dequeue();
            _stale = true;
        }

        public override void Result(Call c)
        {
            if (_stale)
            {
                (Count, SumX, SumY, SquaresX, SquaresY, ProductsXY, _stale) = (0, 0, 0, 0, 0, 0, false);
                foreach (var row in _rows) Add(row);
            }

            result(this, c);
        }

        private void Add((double Y, double X) row)
        {
            var (n, x, y) = (++Count, row.X, row.Y);
            SumX += x;
            SumY += y;
            if (n > 1)
            {
                var (dx, dy) = ((x * n) - SumX, (y * n) - SumY);
                var scale = 1.0 / ((double)n * (n - 1));
                SquaresX += dx * dx * scale;
                SquaresY += dy * dy * scale;
                ProductsXY += dx * dy * scale;
            }
            else if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                SquaresX = SquaresY = ProductsXY = double.NaN;
            }

            if (double.IsInfinity(SumX) && _rows.All(r => double.IsFinite(r.X))) throw Floats.Overflow();
        }
    }

    /// <summary>float4 adds up as float4, rounding at every step.</summary>
    private sealed class SingleSum : Accumulator
    {
        private readonly Queue<float> _rows = new();

        public override void Step(Call c) => _rows.Enqueue((float)c.Double(0));

        public override void Inverse(Call c) => _rows.Dequeue();

        public override void Result(Call c)
        {
            if (_rows.Count > 0) c.Return((double)_rows.Aggregate((sum, row) => sum + row));
        }
    }

    private sealed class IntervalSums(bool average) : Accumulator
    {
        private PgInterval _sum;
        private long _count;

        public override void Step(Call c)
        {
            _sum += c.Interval(0);
            _count++;
        }

        public override void Inverse(Call c)
        {
            _sum -= c.Interval(0);
            _count--;
        }

        public override void Result(Call c)
        {
            if (_count > 0) c.Return(average ? _sum / _count : _sum);
        }
    }

    /// <summary>The smallest or the largest: value, OID of its type.</summary>
    private sealed class Extreme(int sign) : Accumulator
    {
        private readonly Queue<Datum> _rows = new();
        private uint _type;

        public override void Step(Call c)
        {
            _type = c.Oid(1);
            _rows.Enqueue(Datum.Argument(c, 0, _type));
        }

        public override void Inverse(Call c) => _rows.Dequeue();

        public override void Result(Call c)
        {
            if (_rows.Count == 0) return;
            var best = _rows.Peek();
            foreach (var row in _rows)
                if (Datum.Compare(_type, row, best) * sign > 0) best = row;
            best.Return(c);
        }
    }

    private sealed class Bits(Func<long, long, long> combine) : Accumulator
    {
        private readonly Queue<long> _rows = new();

        public override void Step(Call c) => _rows.Enqueue(c.Int(0));

        public override void Inverse(Call c) => _rows.Dequeue();

        public override void Result(Call c)
        {
            if (_rows.Count > 0) c.Return(_rows.Aggregate(combine));
        }
    }

    private sealed class Strings(bool bytes, bool distinct) : Accumulator
    {
        private readonly Queue<(byte[] Separator, byte[] Value)> _rows = new();
        private readonly HashSet<string> _seen = [];

        public override void Step(Call c)
        {
            if (c.IsNull(0)) return;
            var value = c.Bytes(0).ToArray();
            if (distinct && !_seen.Add(Convert.ToBase64String(value))) return;
            _rows.Enqueue((c.IsNull(1) ? [] : c.Bytes(1).ToArray(), value));
        }

        public override void Inverse(Call c)
        {
            if (!c.IsNull(0)) _rows.Dequeue();
        }

        public override void Result(Call c)
        {
            if (_rows.Count == 0) return;
            using var output = new ByteWriter();
            var first = true;
            foreach (var (separator, value) in _rows)
            {
                if (!first) output.Bytes(separator);
                first = false;
                output.Bytes(value);
            }

            if (bytes) c.ReturnBlob(output.WrittenSpan);
            else c.ReturnText(output.WrittenSpan);
        }
    }

    /// <summary>The value of a scalar subquery.</summary>
    private sealed class Single : Accumulator
    {
        private nint _value;
        private int _count;

        public override void Step(Call c)
        {
            if (++_count > 1) throw new PgException("21000", "more than one row returned by a subquery used as an expression");
            _value = Native.sqlite3_value_dup(c.Raw(0));
        }

        public override void Inverse(Call c) => throw new NotSupportedException();

        public override void Result(Call c)
        {
            if (_value != 0) c.ReturnRaw(_value);
        }

        public override void Release()
        {
            if (_value != 0) Native.sqlite3_value_free(_value);
            _value = 0;
        }
    }

    /// <summary>Ordered-set aggregates; the rows arrive sorted.</summary>
    private sealed class Percentile(Percentile.Kind kind) : Accumulator
    {
        private readonly List<nint> _rows = [];
        private readonly List<byte[]> _data = [];
        private readonly List<double> _numbers = [];
        private double? _fraction;

        public enum Kind
        {
            Continuous,
            Interval,
            Discrete,
            Mode,
        }

        public override void Step(Call c)
        {
            if (c.Count > 1)
            {
                _fraction ??= c.Double(1);
                if (_fraction is not (>= 0 and <= 1))
                    throw new PgException(SqlStates.NumericValueOutOfRange, FormattableString.Invariant($"percentile value {_fraction} is not between 0 and 1"));
            }

            if (kind == Kind.Continuous) _numbers.Add(c.Double(0));
            else if (kind == Kind.Interval) _data.Add(c.Bytes(0).ToArray());
            else
            {
                _rows.Add(Native.sqlite3_value_dup(c.Raw(0)));
                if (kind == Kind.Mode) _data.Add(c.Bytes(0).ToArray());
            }
        }

        public override void Inverse(Call c) => throw new NotSupportedException();

        public override void Result(Call c)
        {
            var count = _numbers.Count + (kind == Kind.Interval ? _data.Count : _rows.Count);
            if (count == 0) return;
            var at = _fraction.GetValueOrDefault() * (count - 1);
            var (low, high) = ((int)Math.Floor(at), (int)Math.Ceiling(at));
            switch (kind)
            {
                case Kind.Continuous:
                    c.Return(low == high ? _numbers[low] : _numbers[low] + ((at - low) * (_numbers[high] - _numbers[low])));
                    break;
                case Kind.Interval:
                    var (from, to) = (PgInterval.Read(_data[low]), PgInterval.Read(_data[high]));
                    c.Return(low == high ? from : from + ((to - from) * (at - low)));
                    break;
                case Kind.Discrete:
                    c.ReturnRaw(_rows[Math.Max((int)Math.Ceiling(_fraction.GetValueOrDefault() * count), 1) - 1]);
                    break;
                default:
                    var (best, length, run) = (0, 1, 1);
                    for (var i = 1; i < _data.Count; i++)
                    {
                        run = _data[i].AsSpan().SequenceEqual(_data[i - 1]) ? run + 1 : 1;
                        if (run > length) (best, length) = (i, run);
                    }

                    c.ReturnRaw(_rows[best]);
                    break;
            }
        }

        public override void Release()
        {
            foreach (var row in _rows) Native.sqlite3_value_free(row);
            _rows.Clear();
        }
    }
}

/// <summary>All values of a group in order: value, OID of its type.</summary>
internal sealed class Collected(Action<Call, IReadOnlyList<Datum>, uint> result, bool distinct = false) : Accumulator
{
    private readonly List<Datum> _values = [];
    private readonly HashSet<string> _seen = [];
    private int _taken;
    private uint _type;

    public override void Step(Call c)
    {
        _type = c.Oid(1);
        var value = Datum.Argument(c, 0, _type);
        if (distinct && !_seen.Add(Key(value))) return;
        _values.Add(value);
    }

    public override void Inverse(Call c) => _taken++;

    /// <summary>The same for values that are equal, however they are written.</summary>
    private string Key(Datum value)
    {
        if (value.IsNull) return "";
        using var key = new ByteWriter();
        SortKey.Write(_type, value, key);
        return "=" + Encoding.Latin1.GetString(key.WrittenSpan);
    }

    public override void Result(Call c)
    {
        // No row at all is NULL, not an empty collection.
        if (_values.Count > _taken) result(c, _taken == 0 ? _values : _values[_taken..], _type);
    }
}
