namespace Gateway.Actors.Buffers;

/// <summary>How much a session may hold between its client and its backend, in bytes.</summary>
/// <param name="Node">What all sessions of the node share.</param>
/// <param name="CopyIn">Data of a COPY FROM STDIN that has been read from the client and has not reached the backend.</param>
/// <param name="Output">A result is pushed to its client when it has gathered this much.</param>
public sealed record BufferLimits(BufferBudget Node, int CopyIn, int Output)
{
    public const int DefaultNode = 256 * 1024 * 1024;
    public const int DefaultCopyIn = 1024 * 1024;
    public const int DefaultOutput = 32 * 1024;

    public static BufferLimits Default => new(new BufferBudget(DefaultNode), DefaultCopyIn, DefaultOutput);
}
