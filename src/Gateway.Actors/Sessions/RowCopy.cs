using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

internal static class RowCopy
{
    /// <summary>Appends one value of a row, in its carrier.</summary>
    public static void AddFrom(this ValueList values, bool isNull, Carrier carrier, IExecution row, int column)
    {
        if (isNull) values.AddNull(carrier);
        else if (carrier == Carrier.Int64) values.Add(row.GetInt64(column));
        else if (carrier == Carrier.Float64) values.Add(row.GetFloat64(column));
        else values.Add(carrier, row.GetSpan(column));
    }
}
