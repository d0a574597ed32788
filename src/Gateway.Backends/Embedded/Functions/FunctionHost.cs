using Gateway.Catalog;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What the functions of one connection share.</summary>
internal sealed class FunctionHost(Func<ISessionContext?> session, ErrorSlot errors, OidNames names)
{
    public ISessionContext? Session => session();

    public ErrorSlot Errors { get; } = errors;

    public OidNames Names { get; } = names;

    public Random? Random { get; set; }
}
