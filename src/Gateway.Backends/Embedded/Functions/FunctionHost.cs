namespace Gateway.Backends.Embedded.Functions;

/// <summary>What the functions of one connection share.</summary>
internal sealed class FunctionHost(Func<ISessionContext?> session, ErrorSlot errors)
{
    public ISessionContext? Session => session();

    public ErrorSlot Errors { get; } = errors;

    public Random? Random { get; set; }
}
