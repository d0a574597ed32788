namespace IrisSimulator.Engine;

/// <summary>One place where an error of the server is made.</summary>
internal static class Fail
{
    public static IrisError With(int code, string message) => new(code, message);

    /// <summary>Something the server can do and this simulator cannot: never to be taken for the server's own answer.</summary>
    public static NotSupportedException NotSimulated(string what) => new($"The simulator does not play {what}.");
}
