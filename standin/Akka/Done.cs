namespace Akka;

/// <summary>The result of an operation that yields nothing but its completion.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
