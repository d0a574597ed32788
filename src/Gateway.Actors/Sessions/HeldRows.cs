using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Sql.Analysis;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The rows of a cursor WITH HOLD after its transaction: kept in memory, in carrier form.</summary>
internal sealed class HeldRows : IExecution
{
    // PostgreSQL would spill to disk. Here an honest limit, per cursor.
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly ValueList _values = new();
    private readonly int _columns;
    private int _row = -1;

    private HeldRows(int columns) => _columns = columns;

    public long RowsAffected => 0;

    public static HeldRows Of(IExecution source, ImmutableArray<OutputColumn> columns)
    {
        var held = new HeldRows(columns.Length);
        var carriers = columns.Select(column => PgTypes.Find(column.Type.Oid)?.Carrier ?? Carrier.Text).ToArray();
        while (source.Read())
        {
            for (var i = 0; i < carriers.Length; i++) held._values.AddFrom(source.IsNull(i), carriers[i], source, i);
            if (held._values.ByteLength > MaxBytes)
                throw new PgException(SqlStates.ProgramLimitExceeded, $"cursor WITH HOLD: more than {MaxBytes / (1024 * 1024)} MB of rows to hold");
        }

        return held;
    }

    public bool Read() => (++_row + 1) * _columns <= _values.Count && _columns > 0;

    public bool IsNull(int column) => _values.IsNull(At(column));

    public long GetInt64(int column) => _values.GetInt64(At(column));

    public double GetFloat64(int column) => _values.GetFloat64(At(column));

    public ReadOnlySpan<byte> GetSpan(int column) => _values.GetSpan(At(column));

    public void Dispose() => _values.Dispose();

    private int At(int column) => (_row * _columns) + column;
}
