using Gateway.Sql.Dialects;
using Gateway.Types;

namespace Gateway.Backends;

/// <summary>Many rows on their way into one table. Used by one thread at a time; everything blocks.</summary>
/// <remarks>
/// It runs in a transaction that its caller has begun and rolls back after an error: nothing here is undone by itself.
/// </remarks>
public interface IBulkInsert : IDisposable
{
    /// <summary>Rows of the current <see cref="Write"/> that have gone in: after an error, how many stand before the one it is about.</summary>
    int Done { get; }

    /// <summary>
    /// After an error, what stands behind the line's number in its context: <c>: </c> for the line itself, <c>, column c: "x"</c>, nothing;
    /// null where only the kind of the error tells. The error is about no row at all when <see cref="Done"/> is negative or says that all
    /// are in: a server that ends behind the last row, say.
    /// </summary>
    string? Place => null;

    /// <summary>Puts rows in.</summary>
    /// <param name="values">Row after row, each with a value for every parameter of the plan. Not kept.</param>
    /// <param name="rows">How many rows that is.</param>
    /// <exception cref="PgException">A row is refused. After it, only <see cref="IDisposable.Dispose"/> may be called.</exception>
    void Write(ValueList values, int rows);

    /// <summary>All rows are there: checks what is checked at the end of a statement.</summary>
    /// <returns>The rows that went in, without those the plan left out.</returns>
    long Complete();
}

/// <summary>Runs the plan of an INSERT once for every row: what any backend can do.</summary>
public sealed class RowByRowInsert(IBackendConnection connection, Plan plan, int width) : IBulkInsert
{
    private readonly ValueList _row = new();
    private long _inserted;

    public int Done { get; private set; }

    public void Write(ValueList values, int rows)
    {
        for (Done = 0; Done < rows; Done++)
        {
            _row.Clear();
            for (var i = 0; i < width; i++) _row.AddFrom(values, (Done * width) + i);
            using var execution = connection.Execute(plan, _row);
            while (execution.Read())
            {
            }

            _inserted += execution.RowsAffected;
        }
    }

    public long Complete() => _inserted;

    public void Dispose() => _row.Dispose();
}
