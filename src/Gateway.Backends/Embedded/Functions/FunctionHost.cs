using Gateway.Catalog;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What the functions of one connection share.</summary>
internal sealed class FunctionHost(Func<ISessionContext?> session, ErrorSlot errors, OidNames names)
{
    private const int MaxScratch = 64 * 1024;

    private readonly ByteWriter _scratch = new();

    public ISessionContext? Session => session();

    public ErrorSlot Errors { get; } = errors;

    public OidNames Names { get; } = names;

    /// <summary>Null where expressions are computed without one.</summary>
    public EmbeddedConnection? Connection { get; set; }

    public EmbeddedDatabase? Database => Connection?.Database;

    public Random? Random { get; set; }

    /// <summary>Empty, for the result of the function that runs now: no function calls another.</summary>
    public ByteWriter Scratch
    {
        get
        {
            _scratch.Clear();
            return _scratch;
        }
    }

    public void DropLargeScratch()
    {
        if (_scratch.Capacity > MaxScratch) _scratch.Dispose();
    }
}
