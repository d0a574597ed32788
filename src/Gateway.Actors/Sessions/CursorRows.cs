using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>
/// The rows of a cursor of DECLARE, in both directions: those that were passed are kept in memory, in carrier form, and
/// all of them once the cursor outlives its transaction.
/// </summary>
/// <param name="scroll">SCROLL, NO SCROLL, or neither: then rows are kept as long as they are few.</param>
internal sealed class CursorRows(IExecution source, ImmutableArray<Carrier> carriers, bool? scroll) : IExecution
{
    // PostgreSQL would spill to disk. Here an honest limit, per cursor.
    private const int MaxBytes = 64 * 1024 * 1024;

    // A cursor that nobody asked to scroll may be read through a table of any size.
    private const int MaxUnasked = 1024 * 1024;

    private readonly ImmutableArray<Carrier> _carriers = carriers;
    private readonly ValueList _rows = new();
    private IExecution? _source = source;
    private bool _forwardOnly = scroll == false;
    private bool _atSource;
    private long _first;
    private long _kept;

    public long RowsAffected => 0;

    /// <summary>Before the first row, or was moved there.</summary>
    public bool AtStart { get; private set; } = true;

    /// <summary>Behind the last row.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The number of the current row, from 1; that of the last row behind it.</summary>
    public long Position { get; private set; }

    /// <summary>Which way <see cref="Read"/> goes.</summary>
    public bool Backward { get; set; }

    /// <exception cref="PgException">55000 when the cursor goes forward only, 54000 when there is too much to keep.</exception>
    public bool Read() => Backward ? Previous() : Next();

    public void Rewind()
    {
        if (AtStart && !AtEnd) return;
        RequireScroll();
        (AtStart, AtEnd, Position) = (true, false, 0);
    }

    public void RequireScroll()
    {
        if (_forwardOnly)
            throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "cursor can only scan forward")
            {
                Hint = "Declare it with SCROLL option to enable backward scan.",
            };
    }

    /// <summary>Reads what is left, so that the cursor outlives its transaction.</summary>
    /// <exception cref="PgException">54000 when that is too much.</exception>
    public void Hold()
    {
        if (_source is null) return;
        if (_forwardOnly) (_first, _atSource) = (Position, false);
        while (_source.Read()) Keep(MaxBytes);
        Drain();
    }

    public bool IsNull(int column) => _atSource ? _source!.IsNull(column) : _rows.IsNull(At(column));

    public long GetInt64(int column) => _atSource ? _source!.GetInt64(column) : _rows.GetInt64(At(column));

    public double GetFloat64(int column) => _atSource ? _source!.GetFloat64(column) : _rows.GetFloat64(At(column));

    public ReadOnlySpan<byte> GetSpan(int column) => _atSource ? _source!.GetSpan(column) : _rows.GetSpan(At(column));

    public void Dispose()
    {
        Drain();
        _rows.Dispose();
    }

    private bool Next()
    {
        if (AtEnd) return false;
        if (Position - _first < _kept)
        {
            _atSource = false;
        }
        else if (_source is null || !_source.Read())
        {
            Drain();
            AtEnd = true;
            return false;
        }
        else if (_forwardOnly)
        {
            _atSource = true;
        }
        else
        {
            _atSource = !Keep(scroll == true ? MaxBytes : MaxUnasked);
        }

        AtStart = false;
        Position++;
        return true;
    }

    private bool Previous()
    {
        RequireScroll();
        if (AtStart) return false;
        var target = AtEnd ? Position : Position - 1;
        AtEnd = false;
        Position = Math.Max(0, target);
        AtStart = Position == 0;
        return !AtStart;
    }

    private bool Keep(int limit)
    {
        for (var i = 0; i < _carriers.Length; i++) _rows.AddFrom(_source!.IsNull(i), _carriers[i], _source, i);
        _kept++;
        if (_rows.ByteLength <= limit) return true;
        if (limit == MaxBytes)
            throw new PgException(SqlStates.ProgramLimitExceeded, $"cursor: more than {MaxBytes / (1024 * 1024)} MB of rows to keep");
        _rows.Dispose();
        _rows.Clear();
        _kept = 0;
        _forwardOnly = true;
        return false;
    }

    private void Drain()
    {
        var source = _source;
        _source = null;
        _atSource = false;
        source?.Dispose();
    }

    private int At(int column) => (int)((Position - 1 - _first) * _carriers.Length) + column;
}
