using IrisSimulator.Engine.Types;

namespace IrisSimulator.Engine.Functions;

/// <summary>What a function wants of an argument; the translation converts to it by the rules of its context.</summary>
internal enum Want
{
    /// <summary>string</summary>
    Text,
    /// <summary>decimal</summary>
    Number,
    /// <summary>long</summary>
    Whole,
    /// <summary>double</summary>
    Double,
    /// <summary>long, microseconds since 1970</summary>
    Moment,
    /// <summary>the stored value as it is</summary>
    Raw,
    /// <summary>a stream is accepted; string or byte[]</summary>
    Stream,
}

/// <summary>One scalar function of the server.</summary>
/// <param name="Wants">One per argument; the last repeats.</param>
/// <param name="Result">The type of the result from the types of the arguments.</param>
/// <param name="Body">Gets the arguments as <see cref="Want"/> says; answers with decimal, long, double, string, byte[] or null.</param>
internal sealed record FunctionRule(string Name, int Least, int Most, Want[] Wants, Func<IrisType[], IrisType> Result,
    Func<object?[], object?> Body)
{
    /// <summary>Called with NULLs too; otherwise one NULL makes the result NULL.</summary>
    public bool SeesNull { get; init; }

    public Want WantOf(int argument) => Wants[Math.Min(argument, Wants.Length - 1)];
}
