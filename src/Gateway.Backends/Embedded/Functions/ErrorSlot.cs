using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// Where an error raised inside a function waits until the statement that called it has failed: SQLite itself carries
/// only a message. One per connection.
/// </summary>
public sealed class ErrorSlot
{
    private PgException? _error;

    // The first error is the cause; SQLite may call further functions while it unwinds.
    public void Set(PgException error) => _error ??= error;

    /// <summary>The error of the statement that has just failed, or null when it was SQLite's own.</summary>
    public PgException? Take()
    {
        var error = _error;
        _error = null;
        return error;
    }
}
