using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What the functions of one connection share.</summary>
internal sealed class FunctionHost(Func<ISessionContext?> session, ErrorSlot errors, IOidNames names)
{
    public ISessionContext? Session => session();

    public ErrorSlot Errors { get; } = errors;

    public IOidNames Names { get; } = names;

    public Random? Random { get; set; }
}
