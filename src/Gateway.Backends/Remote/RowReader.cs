using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>Rows that are pulled one by one, values in their carriers.</summary>
internal abstract class RowReader : IDisposable
{
    public abstract bool Read();

    public abstract bool IsNull(int column);

    public abstract Carrier CarrierOf(int column);

    public abstract long GetInt64(int column);

    public abstract double GetFloat64(int column);

    /// <summary>Text or bytes; valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> GetSpan(int column);

    public void CopyTo(ValueList row, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            var carrier = CarrierOf(i);
            if (IsNull(i)) row.AddNull(carrier);
            else if (carrier == Carrier.Int64) row.Add(GetInt64(i));
            else if (carrier == Carrier.Float64) row.Add(GetFloat64(i));
            else row.Add(carrier, GetSpan(i));
        }
    }

    public virtual void Dispose()
    {
    }
}

/// <summary>Rows that are made one at a time in a list.</summary>
internal abstract class ListReader : RowReader
{
    protected ValueList Row { get; } = new();

    public override bool IsNull(int column) => Row.IsNull(column);

    public override Carrier CarrierOf(int column) => Row.CarrierOf(column);

    public override long GetInt64(int column) => Row.GetInt64(column);

    public override double GetFloat64(int column) => Row.GetFloat64(column);

    public override ReadOnlySpan<byte> GetSpan(int column) => Row.GetSpan(column);

    public override void Dispose() => Row.Dispose();
}
