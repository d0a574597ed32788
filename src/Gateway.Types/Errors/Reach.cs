namespace Gateway.Types;

/// <summary>How far the damage of an error reaches.</summary>
public enum Reach
{
    /// <summary>The statement failed; the connection goes on.</summary>
    Statement,

    /// <summary>The connection cannot go on (severity FATAL).</summary>
    Connection,
}
